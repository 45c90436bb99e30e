import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReviewedEvent } from "../../src/agreement/review-state.ts";
import { clamped, eventsIn, SHORTEST_VIEW, zoomed } from "../../web/src/review/timeline-model.ts";

const NIGHT = 43_200;
const view = fc
  .tuple(
    fc.double({ min: 0, max: NIGHT, noNaN: true }),
    fc.double({ min: SHORTEST_VIEW, max: NIGHT, noNaN: true }),
  )
  .map(([from, width]) => clamped(from, width, NIGHT));

describe("the view of a timeline", () => {
  it("never leaves the night, and never gets thinner than a few frames", () => {
    fc.assert(
      fc.property(
        view,
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (now, factor, share) => {
          const next = zoomed(now, factor, now.from + share * (now.to - now.from), NIGHT);
          expect(next.from).toBeGreaterThanOrEqual(0);
          expect(next.to).toBeLessThanOrEqual(NIGHT + 1e-6);
          expect(next.to - next.from).toBeGreaterThanOrEqual(SHORTEST_VIEW - 1e-9);
        },
      ),
    );
  });

  it("keeps the moment under the pointer in its place", () => {
    const next = zoomed({ from: 1000, to: 2000 }, 0.5, 1250, NIGHT);
    expect(next).toEqual({ from: 1125, to: 1625 });
  });

  it("holds exactly the events that reach into it", () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(events, fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 300 }), (places, from, width) => {
        const all = places
          .sort(([a], [b]) => a - b)
          .map(([onset, duration], i) => ({ key: String(i), onset, duration }) as ReviewedEvent);
        const longest = Math.max(0, ...all.map(({ duration }) => duration));
        const seen = eventsIn(all, longest, { from, to: from + width });
        expect(seen).toEqual(
          all.filter((one) => one.onset < from + width && one.onset + one.duration >= from),
        );
      }),
    );
  });
});
