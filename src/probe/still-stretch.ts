import type { FrameReader } from "../frames/frame-reader.ts";
import type { Recording, RecordingFile } from "../recording/recording.ts";
import { endOf, type Interval } from "../signal/intervals.ts";

/**
 * A stretch of a recording as a recording of its own, from 0 on: for looking at it with the stages of an analysis.
 *
 * @returns undefined when no single file shows all of it.
 */
export function stretchAsRecording(recording: Recording, stretch: Interval): Recording | undefined {
  const file = recording.files.find(
    (one) => one.onset <= stretch.onset && one.onset + one.duration >= endOf(stretch),
  );
  if (!file) return undefined;
  const offset = stretch.onset - file.onset;
  const isIn = (time: number) => time >= offset && time < offset + stretch.duration;
  const kept = Array.from(file.frames.time.keys()).filter((i) => isIn(file.frames.time[i]!));
  const frames = {
    time: Float64Array.from(kept, (i) => file.frames.time[i]! - offset),
    key: Uint8Array.from(kept, (i) => file.frames.key[i]!),
    bytes: Uint32Array.from(kept, (i) => file.frames.bytes[i]!),
  };
  const part: RecordingFile = { ...file, onset: 0, duration: stretch.duration, frames };
  return { ...recording, files: [part], duration: stretch.duration };
}

/** Reads a stretch of a recording with times from its start, and lets each frame be changed. */
export function readStretch(
  reader: FrameReader,
  stretch: Interval,
  change: (data: Uint8Array, width: number, height: number, time: number) => void = () => {},
): FrameReader {
  return {
    ...reader,
    async *read(range = {}, signal) {
      const from = stretch.onset + (range.from ?? 0);
      const to = Math.min(endOf(stretch), stretch.onset + (range.to ?? Infinity));
      for await (const frame of reader.read({ from, to }, signal)) {
        const time = frame.time - stretch.onset;
        change(frame.data, frame.width, frame.height, time);
        yield { ...frame, time };
      }
    },
  };
}

/** A film of a stretch that was encoded anew, frames evenly spaced, as that stretch: frame by frame at its own times. */
export function readEncoded(reader: FrameReader, times: Float64Array, frameRate: number): FrameReader {
  const indexFrom = (time: number) => {
    const at = times.findIndex((value) => value >= time - 1e-6);
    return at === -1 ? times.length : at;
  };
  // Half a frame early: where a frame lies hangs on the last digit.
  const moment = (index: number) => (index - 0.5) / frameRate;
  return {
    ...reader,
    async *read(range = {}, signal) {
      const first = indexFrom(range.from ?? 0);
      const last = range.to === undefined ? times.length : indexFrom(range.to);
      for await (const frame of reader.read({ from: moment(first), to: moment(last) }, signal)) {
        const time = times[Math.round(frame.time * frameRate)];
        if (time !== undefined) yield { ...frame, time };
      }
    },
  };
}

/** The stretch as a recording of the one file it was encoded into. */
export function encodedRecording(part: Recording, path: string, keyFrameEvery: number): Recording {
  const file = part.files[0]!;
  const { skipped: _, isClockJoined: __, joinStep: ___, ...plain } = file;
  const key = file.frames.key.map((_value, i) => (i % keyFrameEvery === 0 ? 1 : 0));
  return {
    ...part,
    files: [
      {
        ...{ ...plain, path, onset: 0, firstTimestamp: 0, container: "mov", codec: "h264" },
        ...{ rotation: 0, interlaced: false, audio: undefined, frames: { ...file.frames, key } },
      },
    ],
  };
}

/** A short recording is looked at in stretches that begin this share of their length apart: few of it are still. */
const STEP = 0.25;

/** Evenly spaced stretches of a recording to look at, in an order that spreads them; those of a short one overlap. */
export function spreadStretches(duration: number, length: number, most: number): Interval[] {
  const room = duration - length;
  if (room < 0) return [];
  const count = Math.max(1, Math.min(most, Math.floor(room / (STEP * length))));
  const places = Array.from({ length: count }, (_, i) => ({
    onset: (room * (i + 0.5)) / count,
    duration: length,
  }));
  // Every other one first: a probe that has enough early has still seen the whole night.
  return [...places.filter((_, i) => i % 2 === 0), ...places.filter((_, i) => i % 2 === 1)];
}
