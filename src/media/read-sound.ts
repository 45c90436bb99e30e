import type { RecordingFile } from "../recording/recording.ts";
import { type Ffmpeg, INPUT_GUARD, startFfmpeg } from "./ffmpeg.ts";
import { readNut } from "./nut.ts";
import { allowedSeconds, watchOutput } from "./watch-output.ts";

/** Seconds read before what is wanted: the decoder's and the resampler's run-in. */
const RUN_IN = 0.5;
/** The same where a seek lands anywhere. */
const STREAM_RUN_IN = 4;
const LANDS_ANYWHERE = /^(mpegts|mpeg)$/;
/** Sound may begin before the picture, and NUT knows no time below zero: all times are moved by this, s. */
const MOVED = 100;
/** More samples than so many times those the file's length allows (and a minute) are no sound. */
const MOST_SAMPLES_FACTOR = 2;

/** A piece of sound, one channel. */
export interface SoundPiece {
  /** Of its first sample: seconds from the recording's start, on the clock of the pictures. */
  readonly time: number;
  readonly samples: Int16Array;
}

export interface ReadSoundOptions {
  /** Samples a second to decode to. */
  readonly sampleRate: number;
  /** Seconds of the recording, half open; pieces may reach a little over both ends. */
  readonly from: number;
  readonly to: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the sound of one file of a recording through ffmpeg, as guarded as its pictures: one child process, one
 * channel, 16 bits, each piece with its own presentation timestamp, laid on the recording's clock as the pictures
 * are. A file without sound gives nothing; so does one whose own clock jumps back, where a time has no one place.
 *
 * What cannot be decoded is passed over: sound is context, and its damage is no reason to end an analysis.
 *
 * @throws DecoderError when ffmpeg hangs; the signal's reason when aborted.
 */
export async function* readSound(
  ffmpeg: Ffmpeg,
  file: RecordingFile,
  { sampleRate, from, to, signal }: ReadSoundOptions,
): AsyncGenerator<SoundPiece> {
  if (!file.audio || file.isClockJoined) return;
  signal?.throwIfAborted();
  const begin = file.onset - (file.skipped ?? 0);
  const runIn = LANDS_ANYWHERE.test(file.container) ? STREAM_RUN_IN : RUN_IN;
  const seek = Math.max(0, Math.max(from, file.onset) - begin - runIn);
  const end = Math.min(to, file.onset + file.duration);
  const run = startFfmpeg(ffmpeg, argumentsFor(file, sampleRate, seek));
  const onAbort = () => void run.stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  const most = MOST_SAMPLES_FACTOR * sampleRate * (file.duration + (file.skipped ?? 0) + 60);
  let count = 0;
  try {
    const output = watchOutput(run, file.path, undefined, allowedSeconds(end - begin));
    for await (const { seconds, data } of readNut(output)) {
      signal?.throwIfAborted();
      const time = begin + seconds - MOVED;
      count += data.length / 2;
      if (time >= end || count > most) break;
      if (time + data.length / 2 / sampleRate <= from) continue;
      yield { time, samples: new Int16Array(data.buffer, data.byteOffset, data.length >> 1) };
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await run.stop();
  }
}

function argumentsFor(file: RecordingFile, sampleRate: number, seek: number): string[] {
  const moved = `asetpts=PTS+round((${MOVED}-(${file.firstTimestamp}))/TB)`;
  return [
    ...[...INPUT_GUARD, "-v", "error", "-threads", "1", "-filter_threads", "1"],
    ...(seek > 0 ? ["-ss", seek.toFixed(6)] : []),
    ...["-copyts", "-i", `file:${file.path}`, "-map", "0:a:0", "-vn", "-sn", "-dn"],
    ...["-af", `aformat=sample_fmts=s16:sample_rates=${sampleRate}:channel_layouts=mono,${moved}`],
    ...["-c:a", "pcm_s16le", "-f", "nut", "pipe:1"],
  ];
}
