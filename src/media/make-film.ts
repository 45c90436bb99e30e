import { DecoderError } from "../errors.ts";
import { type Ffmpeg, startFfmpeg } from "./ffmpeg.ts";

export interface MakeFilmOptions {
  /** What ffmpeg reads from its standard input. */
  readonly input?: NonNullable<Parameters<typeof startFfmpeg>[2]>["input"];
  readonly signal?: AbortSignal | undefined;
  /** What has failed when it fails, such as "the clip could not be cut". */
  readonly failure: string;
}

/**
 * Lets ffmpeg write a film, to its end.
 *
 * @param words arguments, the path it writes to included.
 * @throws DecoderError with ffmpeg's last line when it fails; the signal's reason when aborted.
 */
export async function makeFilm(
  ffmpeg: Ffmpeg,
  words: readonly string[],
  { input, signal, failure }: MakeFilmOptions,
): Promise<void> {
  const run = startFfmpeg(ffmpeg, [...words], { ...(input ? { input } : {}), mayWrite: true });
  const onAbort = () => void run.stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  run.stdout.resume();
  const { code, messages } = await run.ended;
  signal?.removeEventListener("abort", onAbort);
  signal?.throwIfAborted();
  if (code === 0) return;
  const why = messages.trim().split("\n").at(-1) ?? "";
  throw new DecoderError("decoder-failed", `${failure}: ${why}`, "Check the recording.");
}
