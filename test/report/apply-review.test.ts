import { describe, expect, it } from "vitest";
import type { ReviewStep } from "../../src/agreement/review-action.ts";
import { replayReview } from "../../src/agreement/review-state.ts";
import { applyReview } from "../../src/report/apply-review.ts";
import { nightReportSchema } from "../../src/report/night-report.ts";
import { rankSimilar } from "../../src/report/similar-events.ts";
import { pickMoments } from "../../src/report/typical-moments.ts";
import { KIND_WORDS } from "../../src/report/wording.ts";
import { inventNight } from "./invented-night.ts";

const report = inventNight({ seed: 11, duration: 7200, events: 80, startedAt: "2026-11-22T21:00:00" });
const [first, second, third] = report.events as [
  (typeof report.events)[0],
  (typeof report.events)[0],
  (typeof report.events)[0],
];
const reviewed = (...steps: ReviewStep[]) => {
  const named = steps.map((step, i) => ({ id: `step-number-${i}`, step }));
  return applyReview(report, replayReview(report.events, named).events, "Dr A");
};
const countOf = (one: typeof report, kind: string) => one.summary.find((entry) => entry.kind === kind)!.count;

describe("a report as reviewed", () => {
  it("is the same without a step, but for the note that says so", () => {
    const { issues, summary, ...rest } = reviewed();
    const { issues: before, summary: counted, ...original } = report;
    expect(rest).toEqual(original);
    expect(issues.slice(0, -1)).toEqual(before);
    expect(issues.at(-1)).toMatchObject({
      code: "reviewed",
      message: expect.stringContaining("0 of 80 decided"),
    });
    expect(summary.map(({ count }) => count)).toEqual(counted.map(({ count }) => count));
  });

  it("is a report by the schema, whatever was done, and counts what is left", () => {
    const after = reviewed(
      { type: "reject", event: first.id },
      { type: "relabel", event: second.id, kind: "startle" },
      { type: "split", event: third.id, at: third.onset + third.duration / 2 },
      { type: "add", onset: 100.5, duration: 2, kind: "jerk", limb: "left leg" },
    );
    expect(nightReportSchema.safeParse(after).success).toBe(true);
    expect(after.events).toHaveLength(report.events.length + 1);
    expect(after.events.find(({ id }) => id === "step-number-3")).toMatchObject({
      ...{ kind: "jerk", wallTime: "2026-11-22T21:01:40", fileTime: 100.5 },
      evidence: { measures: [], because: expect.stringContaining("Marked by a reviewer") },
    });
    const onsets = after.events.map(({ onset }) => onset);
    expect(onsets).toEqual([...onsets].sort((a, b) => a - b));
    expect(countOf(after, "startle")).toBe(after.events.filter(({ kind }) => kind === "startle").length);
    expect(report.events).toHaveLength(80);
  });
});

describe("similar events", () => {
  it("leave the event itself out, and put its own copy first", () => {
    const copy = { ...first, id: "copy" };
    const ranked = rankSimilar([...report.events, copy], first);
    expect(ranked[0]!.id).toBe("copy");
    expect(ranked).toHaveLength(report.events.length);
    expect(rankSimilar([first], first)).toEqual([]);
  });
});

describe("typical moments", () => {
  it("are of the infant, of as many kinds as can be, in order of time", () => {
    const picked = pickMoments(report);
    expect(picked).toHaveLength(5);
    expect(picked.every(({ kind }) => KIND_WORDS[kind].isOfInfant && kind !== "indeterminate")).toBe(true);
    const kinds = new Set(
      report.events
        .map(({ kind }) => kind)
        .filter((kind) => KIND_WORDS[kind].isOfInfant && kind !== "indeterminate"),
    );
    expect(new Set(picked.map(({ kind }) => kind)).size).toBe(Math.min(5, kinds.size));
    expect(picked.map(({ onset }) => onset)).toEqual(picked.map(({ onset }) => onset).sort((a, b) => a - b));
    expect(pickMoments({ ...report, events: [] })).toEqual([]);
  });
});
