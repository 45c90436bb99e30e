import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import { LIMBS, type NoiseFloor, type SpanMovement } from "../../src/movement/movement.ts";
import { resolvabilitySchema, tidyResolvability } from "../../src/report/resolvability-schema.ts";
import { describeResolvability } from "../../src/resolvability/describe-resolvability.ts";

interface Night {
  readonly hours?: number;
  /** Frames a second of every ten minutes. */
  readonly rate?: (onset: number) => number;
  readonly pictureRate?: number;
  /** px of the flow picture; 0: never seen. */
  readonly trunk?: number;
  /** Trunk lengths. */
  readonly shank?: number;
  /** px of the flow picture a second. */
  readonly noise?: number;
  readonly scale?: number;
  readonly legsSeen?: number;
  /** Hours in which something moved. */
  readonly moved?: readonly number[];
}

function cardOf(night: Night = {}) {
  const { hours = 2, rate = () => 25, trunk = 60, shank = 0.45, noise = 1.2 } = night;
  const spans = (night.moved ?? [0, 1]).map((hour) => ({
    ...{ onset: hour * 3600 + 60, duration: 30, trunkLengthPx: trunk === 0 ? NaN : trunk },
    legCoverage: night.legsSeen ?? 0.9,
    posture: { leftShank: [shank, shank, NaN], rightShank: [shank] },
  })) as unknown as SpanMovement[];
  const speed = noise / (trunk || 60);
  const activity = Object.fromEntries(LIMBS.map((limb) => [limb, speed])) as NoiseFloor["activity"];
  const stretches = Array.from({ length: hours * 6 }, (_, i) => {
    const frameRate = rate(i * 600);
    return { onset: i * 600, duration: 600, frames: frameRate * 600, frameRate, unevenShare: 0 };
  });
  return describeResolvability(
    {
      duration: hours * 3600,
      clock: { stretches, frameRate: rate(0) },
      repeats: { pictureRate: night.pictureRate },
      spans,
      floor: { activity, seconds: 60 },
      floorOf: (some) => ({ activity, seconds: 4 * some.length }),
      pictureScale: night.scale ?? 1,
    },
    EVENT_DEFAULTS,
  );
}

const judged = (card: ReturnType<typeof cardOf>, start: string) =>
  card.kinds.find(({ what }) => what.startsWith(start))!;

describe("what a recording can show", () => {
  it("shows rhythms up to 0.4 of the frame rate, whatever that is", () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 60, noNaN: true }), (rate) => {
        for (const hour of cardOf({ rate: () => rate }).hours) {
          expect(hour.highestHz).toBeCloseTo(0.4 * rate, 9);
          expect(hour.exposure).toBeCloseTo(1 / rate, 12);
          // sinc(0.4): the same share is left at the edge of the band of every frame rate.
          expect(hour.blurKept).toBeCloseTo(0.7568, 4);
        }
      }),
    );
  });

  it("takes the slowest ten minutes of an hour, and of two frame rates the real one", () => {
    const card = cardOf({ rate: (onset) => (onset === 4200 ? 10 : 25) });
    expect(card.hours.map(({ highestHz }) => highestHz)).toEqual([10, 4]);
    expect(cardOf({ pictureRate: 12.5 }).hours[0]!.highestHz).toBeCloseTo(5, 9);
  });

  it("needs larger swings at lower frame rates, never smaller ones", () => {
    const rates = [8, 10, 12.5, 15, 20, 25, 30, 60];
    const smallest = rates.map((rate) => cardOf({ rate: () => rate }).hours[0]!.smallestPx);
    expect(smallest).toEqual([...smallest].sort((a, b) => b - a));
  });

  it("needs the same part of the shank in the same picture stored larger", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 8, noNaN: true }), (scale) => {
        const [one, other] = [cardOf().hours[0]!, cardOf({ scale }).hours[0]!];
        expect(other.smallestPx).toBeCloseTo(scale * one.smallestPx, 9);
        expect(other.shankPx).toBeCloseTo(scale * one.shankPx, 9);
        expect(other.noisePx).toBeCloseTo(scale * one.noisePx, 9);
        expect(other.smallestShanks).toBeCloseTo(one.smallestShanks, 12);
      }),
    );
  });

  it("needs a smaller part of the shank from a camera that is nearer", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 4, noNaN: true }), (nearer) => {
        const [far, near] = [cardOf().hours[0]!, cardOf({ trunk: 60 * nearer }).hours[0]!];
        expect(near.smallestPx).toBeCloseTo(far.smallestPx, 9);
        expect(near.smallestShanks).toBeCloseTo(far.smallestShanks / nearer, 9);
      }),
    );
  });

  it("tells the noise that decides: the encoder's 0.3 px in a quiet picture, its own in a noisy one", () => {
    const sinc = Math.sin(Math.PI * 0.2) / (Math.PI * 0.2);
    expect(cardOf({ noise: 0.1 }).hours[0]!.smallestPx).toBeCloseTo(0.3 / sinc, 9);
    expect(cardOf({ noise: 60 }).hours[0]!.smallestPx).toBeCloseTo((1.5 * 60) / (2 * Math.PI * 5) / sinc, 9);
  });

  it("judges everything in a good recording", () => {
    const card = cardOf({ rate: () => 30, trunk: 120 });
    expect(card.kinds.filter((kind) => kind.judged !== "yes")).toEqual([]);
    expect(card.kinds.every(({ reason, hours }) => reason === undefined && hours.length === 0)).toBe(true);
  });

  it("says what too few pictures hide: fast tremor first, then whatever is sudden", () => {
    const slow = cardOf({ rate: () => 12 });
    expect(judged(slow, "Fast")).toMatchObject({ judged: "no", hours: [0, 1] });
    expect(judged(slow, "Fast").reason).toContain("4.8");
    expect(judged(slow, "Slower")).toMatchObject({ judged: "partly" });
    expect(judged(slow, "Jerk")).toMatchObject({ judged: "yes" });
    expect(judged(cardOf({ rate: () => 8 }), "Jerk")).toMatchObject({ judged: "no" });
    expect(judged(cardOf({ rate: () => 20 }), "Fast")).toMatchObject({ judged: "partly" });
  });

  it("says what small legs hide: fine tremor", () => {
    const small = judged(cardOf({ trunk: 12 }), "Fine");
    expect(small).toMatchObject({ judged: "no" });
    expect(small.reason).toMatch(/0\.27 px here; only 0\.32 px/);
    expect(judged(cardOf(), "Fine").judged).toBe("yes");
  });

  it("names the hours when it is some of them only", () => {
    const card = cardOf({ hours: 4, rate: (onset) => (onset < 3600 ? 30 : 15) });
    expect(judged(card, "Fast")).toMatchObject({ judged: "partly", hours: [1, 2, 3] });
  });

  it("takes the whole recording's figures for hours in which nothing moved", () => {
    const card = cardOf({ hours: 3, moved: [1] });
    expect(card.hours.map(({ noiseSeconds }) => noiseSeconds)).toEqual([0, 4, 0]);
    expect(card.hours[0]!.shankPx).toBeCloseTo(27, 9);
    expect(card.hours[0]!.legsSeen).toBeNaN();
    expect(judged(card, "Which leg").judged).toBe("yes");
  });

  it("judges no leg that was not seen, and no size where no infant was found", () => {
    expect(judged(cardOf({ legsSeen: 0.1 }), "Which leg")).toMatchObject({ judged: "no" });
    const empty = cardOf({ trunk: 0 });
    expect(judged(empty, "Fine").reason).toContain("not found");
    expect(judged(empty, "Which leg").judged).toBe("no");
    expect(judged(empty, "Fast")).toMatchObject({ judged: "partly" });
  });

  it("stays plain JSON, with null for what is not known", () => {
    for (const night of [{}, { trunk: 0 }, { moved: [] }, { rate: () => NaN }, { hours: 1 }]) {
      const tidy = tidyResolvability(cardOf(night));
      expect(resolvabilitySchema.parse(JSON.parse(JSON.stringify(tidy)))).toEqual(tidy);
    }
    expect(judged(cardOf({ rate: () => NaN }), "Jerk")).toMatchObject({
      judged: "no",
      reason: "Nothing was filmed.",
    });
  });
});
