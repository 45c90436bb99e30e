import createCommand from "fluent-ffmpeg";
import { OutputError } from "../errors.ts";
import type { Recording } from "../recording/recording.ts";
import type { Interval } from "../signal/intervals.ts";
import { type Ffmpeg, INPUT_GUARD } from "./ffmpeg.ts";

/** Seconds of context before and after. */
const CONTEXT = 2;

/**
 * Cuts a short clip of an event that plays in any browser and mail program: MP4, H.264, no sound, no
 * metadata of the camera.
 *
 * A job of comfort, off the path of frames: the one use of fluent-ffmpeg (see docs/decisions).
 *
 * @param path where to write; must end in `.mp4`.
 * @throws OutputError when the disk is full or the folder gone; Error with ffmpeg's words when it fails; the signal's reason when aborted.
 */
export async function writeEventClip(
  ffmpeg: Ffmpeg,
  recording: Recording,
  event: Interval,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const file = recording.files.findLast((one) => one.onset <= event.onset + 1e-6) ?? recording.files[0]!;
  const from = Math.max(0, event.onset - file.onset + (file.skipped ?? 0) - CONTEXT);
  await new Promise<void>((resolve, reject) => {
    const command = createCommand(file.path);
    const onAbort = () => command.kill("SIGKILL");
    signal?.addEventListener("abort", onAbort, { once: true });
    const finish = (settle: () => void) => {
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    command
      .setFfmpegPath(ffmpeg.path)
      .inputOptions([...INPUT_GUARD])
      .seekInput(from)
      .duration(event.duration + 2 * CONTEXT)
      .noAudio()
      .videoCodec("libx264")
      .outputOptions([
        // H.264 in 4:2:0 has even sides only.
        "-vf",
        "pad=ceil(iw/2)*2:ceil(ih/2)*2",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        "23",
        "-preset",
        "veryfast",
        "-map_metadata",
        "-1",
        "-movflags",
        "+faststart",
      ])
      .on("end", () => finish(resolve))
      .on("error", (error: Error) =>
        finish(() => reject(signal?.aborted ? signal.reason : explain(error, path))),
      )
      .save(path);
  });
}

/** fluent-ffmpeg knows failures by their words only. */
function explain(cause: Error, path: string): Error {
  const why = /No space left on device|Disk quota exceeded/.test(cause.message)
    ? "the disk is full"
    : /No such file or directory|Read-only file system|Permission denied/.test(cause.message)
      ? "it cannot be written to"
      : undefined;
  if (why === undefined) return cause;
  const advice = "Free some space or make it writable, and give the same command again.";
  return new OutputError("output-unwritable", `${path}: ${why}`, advice, { cause });
}
