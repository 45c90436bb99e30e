import { describe, expect, it } from "vitest";
import type { SpanMovement } from "../../src/movement/movement.ts";
import type { Recording, RecordingFile } from "../../src/recording/recording.ts";
import { findCovered, findDark } from "../../src/report/hidden-time.ts";
import type { Survey } from "../../src/survey/survey.ts";

function fileAt(onset: number, time: readonly number[]): RecordingFile {
  return {
    ...{ onset, duration: time.at(-1)! + 0.1 },
    frames: { time: Float64Array.from(time) },
  } as unknown as RecordingFile;
}

const steady = (from: number, to: number) =>
  Array.from({ length: (to - from) * 10 }, (_, i) => from + i / 10);

describe("findDark", () => {
  const files = [fileAt(0, [...steady(0, 10), ...steady(30, 60)]), fileAt(100, steady(0, 20))];
  const seen = files.flatMap(({ onset, frames }) => [...frames.time].map((time) => time + onset));
  const dark = (lost: (time: number) => boolean, frozen: Survey["repeats"]["frozen"] = []) => {
    const time = Float64Array.from(seen.filter((one) => !lost(one)));
    const survey = { frames: { time }, repeats: { frozen } } as unknown as Survey;
    return findDark({ files } as unknown as Recording, survey).map(({ onset, duration }) => [
      Number(onset.toFixed(3)),
      Number(duration.toFixed(3)),
    ]);
  };

  it("finds pauses within a file and between files", () => {
    expect(dark(() => false)).toEqual([
      [9.9, 20.1],
      [60, 40],
    ]);
  });

  it("joins what cannot be decoded and what froze with them, in order", () => {
    expect(dark((time) => time >= 55 && time < 60, [{ onset: 105, duration: 4 }])).toEqual([
      [9.9, 20.1],
      [55, 45],
      [105, 4],
    ]);
  });
});

describe("findCovered", () => {
  it("finds spans that moved with the legs out of view", () => {
    const span = (onset: number, legCoverage: number) =>
      ({ onset, duration: 10, legCoverage }) as SpanMovement;
    expect(findCovered([span(0, 0.9), span(10, 0.1), span(20, 0.29), span(50, 0)])).toEqual([
      { onset: 10, duration: 20 },
      { onset: 50, duration: 10 },
    ]);
  });
});
