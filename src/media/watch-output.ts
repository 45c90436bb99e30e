import { DecoderError } from "../errors.ts";
import type { FfmpegRun } from "./ffmpeg.ts";

/** Seconds without a byte after which ffmpeg is taken to hang. */
const STALL_SECONDS = 120;

/** ffmpeg's exit code after it caught a signal (Ctrl-C, `kill`) and closed its output in good order. */
const SIGNALLED = 255;

/**
 * Gives what ffmpeg writes, and ends it when it writes nothing for too long. Time that the consumer takes
 * does not count.
 *
 * @param path the file it reads, for the error.
 * @throws DecoderError `decoder-stalled`; ffmpeg is gone by then.
 */
export async function* watchOutput(
  run: FfmpegRun,
  path: string,
  seconds: number = STALL_SECONDS,
): AsyncGenerator<Uint8Array> {
  const chunks = run.stdout[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let hasStalled = false;
  const inTime = async <T>(waited: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      hasStalled = true;
      void run.stop();
    }, seconds * 1000);
    try {
      return await waited;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    for (;;) {
      const next = await inTime(chunks.next());
      if (next.done) break;
      yield next.value;
    }
    // A process may close its output and still not end.
    await inTime(run.ended);
  } catch (error) {
    // Ended by us, its pipe breaks in ways of its own.
    if (!hasStalled) throw error;
  }
  if (!hasStalled) return;
  throw new DecoderError(
    "decoder-stalled",
    `ffmpeg gave nothing of ${path} for ${seconds} seconds and was ended`,
    "Check that the disk or network drive it lies on answers; copy the file to this computer and try again.",
  );
}

/** Whether ffmpeg was ended by someone else: killed outright, or asked to stop before it was through. */
export function wasEndedFromOutside(code: number | null): boolean {
  return code === null || code === SIGNALLED;
}
