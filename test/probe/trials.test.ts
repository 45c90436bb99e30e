import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEncoded, readStretch, spreadStretches } from "../../src/probe/still-stretch.ts";
import { type MeasuredTrial, smallestReliable, summarizeTrials } from "../../src/probe/summarize-trials.ts";
import { judgeTrial, makeTrials, PAINTED, type SeenEvent, STRETCH_SECONDS } from "../../src/probe/trials.ts";

const TREMOR = { kind: "tremor-like", sizePx: 1, frequencyHz: 6 } as const;
const seen = (event: Partial<SeenEvent>): SeenEvent => ({ ...PAINTED, kind: "tremor-like", ...event });

describe("judging a trial", () => {
  it("finds the movement that was painted", () => {
    expect(judgeTrial(TREMOR, [seen({ frequencyHz: 6.1 })])).toMatchObject({
      isFound: true,
      seenAs: "tremor-like",
      frequencyErrorHz: expect.closeTo(0.1, 6),
    });
  });

  it("does not take another frequency, another kind, or another time for it", () => {
    expect(judgeTrial(TREMOR, [seen({ frequencyHz: 4 })]).isFound).toBe(false);
    expect(judgeTrial(TREMOR, [seen({ kind: "kicking", frequencyHz: 6 })])).toMatchObject({
      ...{ isFound: false, seenAs: "kicking" },
    });
    expect(judgeTrial(TREMOR, [seen({ onset: 0, duration: 4, frequencyHz: 6 })])).toMatchObject({
      ...{ isFound: false, seenAs: "nothing" },
    });
    expect(judgeTrial(TREMOR, [])).toMatchObject({ isFound: false, seenAs: "nothing" });
  });
});

describe("the plan of trials", () => {
  it("asks of a film no rhythm faster than it can show", () => {
    fc.assert(
      fc.property(fc.double({ min: 5, max: 60, noNaN: true }), (frameRate) => {
        for (const trial of makeTrials(frameRate, 0.4, 100))
          if (trial.kind === "tremor-like") expect(trial.frequencyHz).toBeLessThanOrEqual(0.4 * frameRate);
      }),
    );
  });
});

describe("what the trials say together", () => {
  const measured = (sizePx: number, isFound: boolean, isEncoded = false): MeasuredTrial => ({
    trial: { kind: "tremor-like", sizePx, frequencyHz: 6 },
    ...{
      isFound,
      isEncoded,
      seenAs: isFound ? "tremor-like" : "nothing",
      frequencyErrorHz: isFound ? 0.01 : NaN,
    },
    ...{ shankPx: 50, size: sizePx },
  });

  it("counts by size and way, whatever the order", () => {
    const trials = [measured(1, true), measured(2, true), measured(1, false), measured(1, false, true)];
    const rows = summarizeTrials(trials);
    expect(rows).toEqual(summarizeTrials([...trials].reverse()));
    expect(rows.map(({ isEncoded, sizePx, found, trials: of }) => [isEncoded, sizePx, found, of])).toEqual([
      [true, 1, 0, 1],
      [false, 1, 1, 2],
      [false, 2, 1, 1],
    ]);
    expect(rows[1]).toMatchObject({ sizeShanks: 1 / 50, seenAs: { "tremor-like": 1, nothing: 1 } });
  });

  it("names the smallest swing from which on all are found, and none where the largest fails", () => {
    const rows = (...found: readonly boolean[]) =>
      summarizeTrials(found.map((isFound, i) => measured(2 ** i, isFound)));
    const smallest = (...found: readonly boolean[]) => smallestReliable(rows(...found), false)[0]!.sizePx;
    expect(smallest(true, true, true)).toBe(1);
    expect(smallest(false, true, true)).toBe(2);
    expect(smallest(true, false, true)).toBe(4);
    expect(smallest(true, true, false)).toBeNaN();
  });
});

describe("still stretches", () => {
  it("lie within the recording and are spread over it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 40_000, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (duration, most) => {
          const stretches = spreadStretches(duration, STRETCH_SECONDS, most);
          expect(stretches.length).toBeLessThanOrEqual(most);
          expect(stretches.length > 0).toBe(duration >= STRETCH_SECONDS);
          for (const { onset } of stretches) {
            expect(onset).toBeGreaterThanOrEqual(0);
            expect(onset + STRETCH_SECONDS).toBeLessThanOrEqual(duration + 1e-6);
          }
        },
      ),
    );
  });

  const times = Float64Array.from({ length: 40 }, (_, i) => i * 0.05 + (i % 3) * 0.004);
  const frames = (at: readonly number[]) => ({
    ...{ width: 1, height: 1 },
    async *read({ from = 0, to = Infinity } = {}) {
      for (const time of at)
        if (time >= from && time < to)
          yield { ...{ time, width: 1, height: 1, isKey: false }, data: new Uint8Array(1) };
    },
  });
  const read = async (
    reader: { read(range?: object): AsyncIterable<{ readonly time: number }> },
    range = {},
  ) => {
    const found: number[] = [];
    for await (const { time } of reader.read(range)) found.push(time);
    return found;
  };

  it("are read with times from their own start", async () => {
    const stretch = readStretch(frames(Array.from(times, (time) => time + 100)) as never, {
      onset: 100.5,
      duration: 1,
    });
    const found = await read(stretch);
    expect(found[0]).toBeCloseTo(Array.from(times).find((time) => time >= 0.5)! - 0.5, 9);
    expect(found.every((time) => time >= 0 && time < 1)).toBe(true);
  });

  it("keep their uneven times when they were encoded evenly", async () => {
    const even = frames(Array.from(times, (_, i) => i / 20));
    expect(await read(readEncoded(even as never, times, 20))).toEqual(Array.from(times));
    const part = await read(readEncoded(even as never, times, 20), { from: 0.3, to: 1.2 });
    expect(part).toEqual(Array.from(times).filter((time) => time >= 0.3 && time < 1.2));
  });
});
