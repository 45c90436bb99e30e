import { expect, it } from "vitest";
import { renderQualityPage } from "../../src/study/html/quality-page.ts";
import { renderStudyPage } from "../../src/study/html/study-page.ts";
import type { Row } from "../../src/study/tables.ts";

it("has pages also of a hundred and fifty thousand nights, which a browser opens", () => {
  const rows = Array.from(
    { length: 150_000 },
    (_, i): Row => ({
      ...{ participant_id: `sub-${i}`, session_id: "ses-01", status: "done", recording_id: `id-${i}` },
      ...{ frame_rate: 10 + (i % 7), brightness: i % 200, observable_share: (i % 100) / 100 },
      per_hour_kicking: (i % 1009) / 10,
    }),
  );
  const counts = { done: rows.length, partial: 0, failed: 0, skipped: 0 };
  const page = renderStudyPage({ rows, counts, version: "0", optionsDigest: "0" });
  expect(page).toContain("Study of 150000 nights");
  expect(page.length).toBeLessThan(1_000_000);
  expect(renderQualityPage(rows, "0").length).toBeLessThan(1_000_000);
}, 60_000);
