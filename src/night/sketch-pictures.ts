import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import type { Ffmpeg } from "../media/ffmpeg.ts";
import type { Recording } from "../recording/recording.ts";
import type { Sketcher } from "../survey/sketch.ts";
import { workInLanes } from "./lanes.ts";

/** Pictures looked at in a night, at most, and the seconds that may take: a sketch must not cost the survey. */
const MOST_PICTURES = 48;
const MOST_SECONDS = 6;
const HEIGHT = 48;

/**
 * Looks at key frames spread over the recording, to tell the light of the night before all of it is read.
 * What cannot be read is left out: the survey will say why.
 */
export async function sketchPictures(
  ffmpeg: Ffmpeg,
  recording: Recording,
  sketcher: Sketcher,
  parallel: number,
  signal?: AbortSignal,
): Promise<void> {
  const reader = createFfmpegReader(ffmpeg, recording, { height: HEIGHT, skipLoopFilter: true });
  const times = chooseKeyFrames(recording);
  const started = performance.now();
  await workInLanes(times.length, parallel, signal, async (i, ownSignal) => {
    if (performance.now() - started > MOST_SECONDS * 1000) return;
    const time = times[i]!;
    try {
      for await (const { data } of reader.read({ from: time, to: time + 1 }, ownSignal)) {
        let sum = 0;
        for (const level of data) sum += level;
        sketcher.addPicture(time, sum / data.length);
        break;
      }
    } catch {
      ownSignal.throwIfAborted();
    }
  });
}

/** Key frames about evenly spread over the recording, of files that can be entered anywhere. */
function chooseKeyFrames(recording: Recording): number[] {
  const step = recording.duration / MOST_PICTURES;
  const chosen: number[] = [];
  let next = step / 2;
  for (const { onset, frames, isClockJoined } of recording.files) {
    if (isClockJoined) continue;
    for (let i = 0; i < frames.time.length; i++) {
      const time = onset + frames.time[i]!;
      if (!frames.key[i] || time < next) continue;
      chosen.push(time);
      next = (Math.floor(time / step) + 1.5) * step;
    }
  }
  return chosen;
}
