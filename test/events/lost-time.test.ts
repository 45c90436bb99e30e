import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markLostTime } from "../../src/events/lost-time.ts";
import { type EventKind, NOTHING_MORE, type UnnumberedEvent } from "../../src/events/movement-event.ts";

const LOST = [{ onset: 100, duration: 10 }];

function event(kind: EventKind, onset: number, duration: number): UnnumberedEvent {
  return {
    ...NOTHING_MORE,
    ...{ onset, duration, kind, detail: undefined, limb: "body", confidence: 0.9 },
    evidence: {
      rule: kind,
      because: "Something moved.",
      measures: [],
      witnesses: { flow: "moved", pose: "moved", agree: true },
      nearest: undefined,
      features: { duration },
    },
  };
}

describe("an event beside lost time", () => {
  it.each([
    ["ends before it", 90, 9.6, 0.4],
    ["ends with it", 90, 10, 0],
    ["begins after it", 110.7, 8, 0.7],
    ["begins within it", 105, 20, 0],
    ["begins just before it and goes on after it", 99.5, 30, 0.5],
  ])("says how far from it, and keeps its kind: %s", (_, onset, duration, distance) => {
    const marked = markLostTime(event("kicking", onset, duration), LOST);
    expect(marked.kind).toBe("kicking");
    expect(marked.evidence.features["lostTimeDistance"]).toBeCloseTo(distance, 6);
    expect(marked.evidence.because).toMatch(/^Something moved\. .*time that was lost/);
    expect(marked).toMatchObject({ onset, duration, confidence: 0.9 });
  });

  it.each([
    ["before", 80, 18.9],
    ["after", 111.1, 3],
    ["around, with more than a second on either side", 90, 30],
  ])("is left alone further off: %s", (_, onset, duration) => {
    const far = event("startle", onset, duration);
    expect(markLostTime(far, LOST)).toBe(far);
    expect(markLostTime(far, [])).toBe(far);
  });

  it.each(["caregiver", "large-movement", "startle"] as const)(
    "is indeterminate when the jump of the picture explains it: %s",
    (kind) => {
      const marked = markLostTime(event(kind, 110.1, 1.2), LOST);
      expect(marked).toMatchObject({ kind: "indeterminate", onset: 110.1, duration: 1.2, confidence: 0.5 });
      expect(marked.evidence).toMatchObject({ rule: "indeterminate", nearest: { kind } });
      expect(marked.evidence.because).toMatch(/picture jumps here, 0\.1 s from time that was lost/);
      // What ended as it began was seen; what goes on is no jump.
      expect(markLostTime(event(kind, 95, 4.5), LOST).kind).toBe(kind);
      expect(markLostTime(event(kind, 110.1, 12), LOST).kind).toBe(kind);
    },
  );

  it("does not hang on when the recording began", () => {
    const whole = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 80, max: 130 }),
        fc.integer({ min: 1, max: 30 }),
        whole,
        (onset, duration, shift) => {
          const here = markLostTime(event("startle", onset, duration), LOST);
          const there = markLostTime(event("startle", onset + shift, duration), [
            { onset: 100 + shift, duration: 10 },
          ]);
          expect(there).toEqual({ ...here, onset: onset + shift });
        },
      ),
    );
  });
});
