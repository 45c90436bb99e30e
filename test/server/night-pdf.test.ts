import { describe, expect, it } from "vitest";
import { historySchema } from "../../src/server/nights/diary-store.ts";
import { renderNightPdf } from "../../src/server/pdf/night-pdf.ts";
import { inventNight } from "../report/invented-night.ts";

const report = inventNight({ seed: 5, duration: 10 * 3600, events: 900, startedAt: "2026-11-22T21:00:00" });
const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type \/Page\b/g)?.length;
const render = (fill: string, title = "A night") => {
  const names = Object.keys(historySchema.shape);
  const history = Object.fromEntries(names.map((name) => [name, fill])) as ReturnType<
    typeof historySchema.parse
  >;
  const moments = report.events
    .slice(0, 5)
    .map(({ id, evidence }) => ({ id, when: "21:30:00", words: evidence.because }));
  return renderNightPdf({ report, title, history, moments, pictures: new Map() });
};

describe("the PDF of a night", () => {
  it("has two pages, whatever was filled in", async () => {
    for (const fill of [
      "",
      "word ".repeat(100),
      "W".repeat(500),
      "\n".repeat(300),
      "säugling µg/L ≥ 👶 مرحبا",
    ]) {
      expect(pagesOf(await render(fill))).toBe(2);
    }
    expect(pagesOf(await render("", "A title that goes on and on ".repeat(4)))).toBe(2);
  });
});
