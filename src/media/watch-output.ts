import { DecoderError } from "../errors.ts";
import type { FfmpegRun } from "./ffmpeg.ts";

/** Seconds without a byte after which ffmpeg is taken to hang. */
const STALL_SECONDS = 120;
/** How often that is looked at in this time. */
const LOOKS = 8;

/**
 * Seconds it may take in all: for its start, and for each second of film it reads. Thirty times slower than
 * real time is slower than any computer this runs on; a decoder that trickles for ever is ended at last.
 */
const START_SECONDS = 600;
const SECONDS_A_SECOND = 30;

/** The longest that ffmpeg may take to decode a stretch of so many seconds. */
export function allowedSeconds(stretch: number): number {
  return START_SECONDS + SECONDS_A_SECOND * Math.max(0, stretch);
}

/** ffmpeg's exit code after it caught a signal (Ctrl-C, `kill`) and closed its output in good order. */
const SIGNALLED = 255;

/**
 * Gives what ffmpeg writes, and ends it when it writes nothing for too long, or takes too long in all. Time
 * that the consumer takes does not count.
 *
 * @param path the file it reads, for the error.
 * @param seconds without a byte after which it is taken to hang.
 * @param most seconds it may take in all.
 * @throws DecoderError `decoder-stalled`; ffmpeg is gone by then.
 */
export async function* watchOutput(
  run: FfmpegRun,
  path: string,
  seconds: number = STALL_SECONDS,
  most: number = Infinity,
): AsyncGenerator<Uint8Array> {
  const chunks = run.stdout[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let waitsSince = NaN;
  let hasStalled = false;
  let spent = 0;
  // One timer for all chunks: a night has millions, and setting one for each would cost more than reading.
  const look = () => {
    const waits = (performance.now() - waitsSince) / 1000;
    if (!(waits >= seconds || spent + waits >= most)) return;
    hasStalled = true;
    void run.stop();
  };
  const timer = setInterval(look, (Math.min(seconds, most) * 1000) / LOOKS);
  const watch = async <T>(waited: Promise<T>): Promise<T> => {
    waitsSince = performance.now();
    try {
      return await waited;
    } finally {
      spent += (performance.now() - waitsSince) / 1000;
      waitsSince = NaN;
    }
  };
  try {
    for (;;) {
      const next = await watch(chunks.next());
      if (next.done) break;
      yield next.value;
    }
    // A process may close its output and still not end.
    await watch(run.ended);
  } catch (error) {
    // Ended by us, its pipe breaks in ways of its own.
    if (!hasStalled) throw error;
  } finally {
    clearInterval(timer);
  }
  if (!hasStalled) return;
  throw new DecoderError(
    "decoder-stalled",
    spent < most
      ? `ffmpeg gave nothing of ${path} for ${seconds} seconds and was ended`
      : `ffmpeg took more than ${Math.round(most)} seconds for a part of ${path} and was ended`,
    "Check that the disk or network drive it lies on answers; copy the file to this computer and try again.",
  );
}

/** Whether ffmpeg was ended by someone else: killed outright, or asked to stop before it was through. */
export function wasEndedFromOutside(code: number | null): boolean {
  return code === null || code === SIGNALLED;
}
