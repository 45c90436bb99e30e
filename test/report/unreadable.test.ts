import { describe, expect, it } from "vitest";
import type { Recording, RecordingFile } from "../../src/recording/recording.ts";
import { findUnreadable } from "../../src/report/unreadable.ts";

const RATE = 20;

function fileAt(onset: number, times: readonly number[]): RecordingFile {
  const time = Float64Array.from(times);
  const frames = { time, key: new Uint8Array(time.length), bytes: new Uint32Array(time.length) };
  return { onset, duration: times.at(-1)! + 1 / RATE, frames } as unknown as RecordingFile;
}

const steady = (seconds: number) => Array.from({ length: seconds * RATE }, (_, i) => i / RATE);
const recordingOf = (...files: RecordingFile[]) => ({ files }) as unknown as Recording;
/** All frames of the recording but those in the intervals. */
const seenWithout = ({ files }: Recording, ...lost: readonly (readonly [from: number, to: number])[]) =>
  Float64Array.from(
    files.flatMap(({ onset, frames }) => [...frames.time].map((time) => time + onset)),
  ).filter((time) => !lost.some(([from, to]) => time >= from - 1e-9 && time < to - 1e-9));
const rounded = (recording: Recording, seen: Float64Array) =>
  findUnreadable(recording, seen).map(({ onset, duration }) => [
    Number(onset.toFixed(6)),
    Number(duration.toFixed(6)),
  ]);

describe("findUnreadable", () => {
  const one = recordingOf(fileAt(0, steady(60)));

  it("finds nothing where every frame was seen, or but a moment was lost", () => {
    expect(rounded(one, seenWithout(one))).toEqual([]);
    expect(rounded(one, seenWithout(one, [3, 4]))).toEqual([]);
  });

  it.each([
    [0, 5],
    [20, 31.5],
    [58, 60],
    [0, 60],
  ])("finds what was lost from %d to %d", (from, to) => {
    expect(rounded(one, seenWithout(one, [from, to]))).toEqual([[from, to - from]]);
  });

  it("does not mind frames a little off their times", () => {
    const seen = seenWithout(one).map((time, i) => time + (i % 2 === 0 ? 0.012 : -0.012));
    expect(rounded(one, seen)).toEqual([]);
  });

  it("keeps pauses and files apart", () => {
    const paused = steady(60).map((time) => (time < 10 ? time : time + 100));
    const two = recordingOf(fileAt(0, paused), fileAt(200, steady(10)));
    expect(rounded(two, seenWithout(two))).toEqual([]);
    expect(rounded(two, seenWithout(two, [5, 115]))).toEqual([
      [5, 4.95],
      [110, 5],
    ]);
    expect(rounded(two, seenWithout(two, [155, 203]))).toEqual([
      [155, 5],
      [200, 3],
    ]);
  });
});
