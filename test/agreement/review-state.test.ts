import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReviewStep } from "../../src/agreement/review-action.ts";
import { type Detection, replayReview } from "../../src/agreement/review-state.ts";

const FOUND: Detection[] = [
  { id: "a", onset: 10, duration: 4, kind: "kicking", limb: "both legs" },
  { id: "b", onset: 20, duration: 2, kind: "jerk", limb: "left leg" },
  { id: "c", onset: 30, duration: 5, kind: "tremor-like", limb: "left leg" },
];
const steps = (...all: ReviewStep[]) => all.map((step, i) => ({ id: `step-${i}`, step }));
const review = (...all: ReviewStep[]) => replayReview(FOUND, steps(...all));
const event = (state: ReturnType<typeof review>, key: string) => state.events.find((one) => one.key === key);

const key = fc.constantFrom("a", "b", "c", "step-0", "step-1", "step-2", "nobody");
const anyStep: fc.Arbitrary<ReviewStep> = fc.oneof(
  key.map((event) => ({ type: "accept" as const, event })),
  key.map((event) => ({ type: "reject" as const, event })),
  key.map((event) => ({ type: "relabel" as const, event, kind: "startle" as const })),
  fc.tuple(key, fc.nat({ max: 50 })).map(([event, at]) => ({ type: "split" as const, event, at })),
  fc.tuple(key, key).map(([a, b]) => ({ type: "merge" as const, events: [a, b] })),
  fc
    .tuple(key, fc.nat({ max: 40 }), fc.integer({ min: 1, max: 9 }))
    .map(([event, onset, duration]) => ({ type: "move" as const, event, onset, duration })),
  key.map((event) => ({ type: "comment" as const, event, text: "seen" })),
  fc.constant({ type: "add" as const, onset: 40, duration: 1, kind: "jerk" as const, limb: "none" as const }),
  fc.nat({ max: 20 }).map((i) => ({ type: "undo" as const, step: `step-${i}` })),
);

describe("a review", () => {
  it("begins as the detections are", () => {
    const { events, standing, isFinished } = review();
    expect(events.map(({ key, decision, isChanged }) => [key, decision, isChanged])).toEqual([
      ["a", "open", false],
      ["b", "open", false],
      ["c", "open", false],
    ]);
    expect([standing, isFinished]).toEqual([[], false]);
  });

  it("accepts, rejects, relabels, moves, comments", () => {
    const state = review(
      { type: "accept", event: "a" },
      { type: "reject", event: "b" },
      { type: "relabel", event: "c", kind: "slow-rhythm", limb: "right leg" },
      { type: "move", event: "a", onset: 9, duration: 6 },
      { type: "comment", event: "b", text: "<b>only the cover</b>" },
    );
    expect(event(state, "a")).toMatchObject({ decision: "accepted", onset: 9, duration: 6, isChanged: true });
    expect(event(state, "b")).toMatchObject({ decision: "rejected", comments: ["<b>only the cover</b>"] });
    expect(event(state, "c")).toMatchObject({ kind: "slow-rhythm", limb: "right leg", decision: "accepted" });
  });

  it("splits in two that together are the one, and merges them back", () => {
    const split = review({ type: "split", event: "a", at: 11 });
    expect(event(split, "a")).toMatchObject({ onset: 10, duration: 1 });
    expect(event(split, "step-0")).toMatchObject({ onset: 11, duration: 3, kind: "kicking", from: ["a"] });
    const merged = review({ type: "split", event: "a", at: 11 }, { type: "merge", events: ["step-0", "a"] });
    expect(event(merged, "a")).toMatchObject({ onset: 10, duration: 4 });
    expect(merged.events).toHaveLength(3);
  });

  it("takes steps back, and takes that back too", () => {
    const reject = { type: "reject", event: "a" } as const;
    expect(event(review(reject, { type: "undo", step: "step-0" }), "a")?.decision).toBe("open");
    const again = review(reject, { type: "undo", step: "step-0" }, { type: "undo", step: "step-1" });
    expect(event(again, "a")?.decision).toBe("rejected");
  });

  it("never changes the detections it is given, and loses no time of an event but by moving it", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 20 }), (all) => {
        const before = JSON.stringify(FOUND);
        const { events } = review(...all);
        expect(JSON.stringify(FOUND)).toBe(before);
        expect(events.every(({ duration }) => duration > 0)).toBe(true);
        const from = new Set(events.flatMap((one) => one.from));
        expect(["a", "b", "c"].every((id) => from.has(id))).toBe(true);
      }),
    );
  });

  it("is as it was when the last step is taken back, whatever it was", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), anyStep, (all, last) => {
        fc.pre(last.type !== "undo");
        const undone = review(...all, last, { type: "undo", step: `step-${all.length}` });
        // A step that undoes this very one before it was made would be another matter: ids are never guessed.
        fc.pre(!all.some((one) => one.type === "undo" && one.step === `step-${all.length}`));
        expect(undone.events).toEqual(review(...all).events);
      }),
    );
  });
});
