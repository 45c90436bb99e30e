import type { Ffmpeg } from "../media/ffmpeg.ts";
import { readSound } from "../media/read-sound.ts";
import type { Recording } from "../recording/recording.ts";
import { findStretches } from "../sound/find-stretches.ts";
import { Listener } from "../sound/listener.ts";
import { FRAME_SECONDS, SAMPLE_RATE, type Sound, type SoundFrames } from "../sound/sound.ts";
import type { SoundOptions } from "../sound/sound-options.ts";
import { type Journal, remember } from "./journal.ts";
import { workInLanes } from "./lanes.ts";

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
  const count = countSoundPieces(recording, options);
  if (count === 0) return undefined;
  const parts = new Array<SoundFrames>(count);
  await workInLanes(count, parallel, signal, async (i, ownSignal) => {
    parts[i] = await hearPiece(ffmpeg, recording, i, { options, journal, signal: ownSignal });
  });
  const frames = joinFrames(parts);
  if (frames.level.every((value) => Number.isNaN(value))) return undefined;
  return findStretches(frames, options);
}

/** Pieces in which the recording is listened to; none when it has no sound, or listening is switched off. */
export function countSoundPieces(recording: Recording, options: SoundOptions): number {
  const hasSound = recording.files.some((file) => file.audio !== undefined && !file.isClockJoined);
  if (!options.enabled || !hasSound) return 0;
  return Math.ceil(soundFrames(recording) / framesOfPiece(options));
}

/** Name of a piece of sound in the journal. */
export function soundName(i: number): string {
  return `sound-${String(i).padStart(5, "0")}`;
}

/** What was heard in one piece, from the journal or anew. */
export function hearPiece(
  ffmpeg: Ffmpeg,
  recording: Recording,
  i: number,
  { options, journal, signal }: Omit<ListenCall, "parallel">,
): Promise<SoundFrames> {
  const each = framesOfPiece(options);
  const [from, to] = [i * each, Math.min(soundFrames(recording), (i + 1) * each)];
  return remember(journal, soundName(i), () => hear(ffmpeg, recording, from, to, signal));
}

const soundFrames = ({ duration }: Recording) => Math.ceil(duration / FRAME_SECONDS - 1e-9);
const framesOfPiece = ({ segment }: SoundOptions) => Math.round(segment / FRAME_SECONDS);

async function hear(
  ffmpeg: Ffmpeg,
  recording: Recording,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
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
