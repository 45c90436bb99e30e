import { type Journal, remember } from "./journal.ts";
import { workInLanes } from "./lanes.ts";
import type { Ffmpeg } from "./media/ffmpeg.ts";
import { readSound } from "./media/read-sound.ts";
import type { Recording } from "./recording/recording.ts";
import { findStretches } from "./sound/find-stretches.ts";
import { Listener } from "./sound/listener.ts";
import { FRAME_SECONDS, SAMPLE_RATE, type Sound, type SoundFrames } from "./sound/sound.ts";
import type { SoundOptions } from "./sound/sound-options.ts";

export interface ListenCall {
  readonly options: SoundOptions;
  /** Pieces listened to side by side: one decoder each. */
  readonly parallel: number;
  readonly journal: Journal;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Listens to a recording: what was heard in each tenth of a second, and what stands out of the room's own
 * sound. Finished segments are kept in the journal and not heard again. Nothing of the sound itself is kept.
 *
 * @returns undefined when it has no sound, or when listening is switched off.
 */
export async function listenTo(
  ffmpeg: Ffmpeg,
  recording: Recording,
  { options, parallel, journal, signal }: ListenCall,
): Promise<Sound | undefined> {
  const hasSound = recording.files.some((file) => file.audio !== undefined && !file.isClockJoined);
  if (!options.enabled || !hasSound) return undefined;
  const total = Math.ceil(recording.duration / FRAME_SECONDS - 1e-9);
  const each = Math.round(options.segment / FRAME_SECONDS);
  const count = Math.ceil(total / each);
  const parts = new Array<SoundFrames>(count);
  await workInLanes(count, parallel, signal, async (i, ownSignal) => {
    const [from, to] = [i * each, Math.min(total, (i + 1) * each)];
    parts[i] = await remember(journal, `sound-${String(i).padStart(5, "0")}`, () =>
      hear(ffmpeg, recording, from, to, ownSignal),
    );
  });
  const frames = joinFrames(parts);
  if (frames.level.every((value) => Number.isNaN(value))) return undefined;
  return findStretches(frames, options);
}

async function hear(
  ffmpeg: Ffmpeg,
  recording: Recording,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<SoundFrames> {
  const listener = new Listener(from, to);
  const range = { from: from * FRAME_SECONDS, to: to * FRAME_SECONDS };
  for (const file of recording.files) {
    if (file.onset + file.duration <= range.from || file.onset >= range.to) continue;
    for await (const { time, samples } of readSound(ffmpeg, file, {
      ...range,
      sampleRate: SAMPLE_RATE,
      signal,
    })) {
      listener.add(time, samples);
    }
  }
  return listener.finish();
}

/** Joins parts that follow each other. */
function joinFrames(parts: readonly SoundFrames[]): SoundFrames {
  const join = (read: (part: SoundFrames) => Float32Array) => {
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.level.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(read(part), at);
      at += part.level.length;
    }
    return joined;
  };
  return {
    first: parts[0]?.first ?? 0,
    bands: [
      join((p) => p.bands[0]),
      join((p) => p.bands[1]),
      join((p) => p.bands[2]),
      join((p) => p.bands[3]),
    ],
    level: join((part) => part.level),
    pitchHz: join((part) => part.pitchHz),
    clarity: join((part) => part.clarity),
  };
}
