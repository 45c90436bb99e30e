import { Readable } from "node:stream";
import { DecoderError } from "../errors.ts";
import type { Recording } from "../recording/recording.ts";
import type { Interval } from "../signal/intervals.ts";
import { type DrawnLine, drawLines } from "./draw-lines.ts";
import { type Ffmpeg, INPUT_GUARD, startFfmpeg } from "./ffmpeg.ts";

/** Lines to draw at a moment, in shares of the picture. */
export type SkeletonAt = (time: number) => readonly SkeletonLine[];

export interface SkeletonLine {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly part: "left leg" | "right leg" | "rest";
}

/** Seconds of context before and after. */
const CONTEXT = 2;
const MOST_HEIGHT = 540;
const DRAWN_HZ = 12.5;
/** Colours that people who mix up red and green tell apart, bright on gray night pictures. */
const COLOURS = {
  "left leg": [255, 176, 0],
  "right leg": [100, 181, 255],
  rest: [235, 235, 235],
} as const;

/**
 * Cuts a clip of an event with the skeleton drawn on, that plays in any browser: MP4, H.264, no sound, no
 * metadata of the camera.
 *
 * @param path ends in `.mp4`; the caller makes sure that it appears whole (written elsewhere, then moved).
 * @throws DecoderError when ffmpeg fails; the signal's reason when aborted.
 */
export async function writeSkeletonClip(
  ffmpeg: Ffmpeg,
  recording: Recording,
  event: Interval,
  skeletonAt: SkeletonAt,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const file = recording.files.findLast((one) => one.onset <= event.onset + 1e-6) ?? recording.files[0]!;
  const start = Math.max(file.onset, event.onset - CONTEXT);
  const length = Math.min(event.onset + event.duration + CONTEXT, file.onset + file.duration) - start;
  const scale = Math.min(1, MOST_HEIGHT / recording.size.height);
  const even = (value: number) => Math.max(2, 2 * Math.round((value * scale) / 2));
  const [width, height] = [even(recording.size.width), even(recording.size.height)];
  const pictures = function* () {
    for (let i = 0; i < Math.ceil(length * DRAWN_HZ); i++) {
      const picture = new Uint8Array(width * height * 4);
      const lines = skeletonAt(start + i / DRAWN_HZ).map((line) => toPixels(line, width, height));
      drawLines(picture, width, height, lines);
      yield picture;
    }
  };
  const run = startFfmpeg(
    ffmpeg,
    [
      ...INPUT_GUARD,
      ...["-ss", String(start - file.onset + (file.skipped ?? 0)), "-t", String(length), "-i", file.path],
      ...["-protocol_whitelist", "pipe", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", `${width}x${height}`],
      ...["-r", String(DRAWN_HZ), "-i", "pipe:0", "-filter_complex"],
      `[0:v]scale=${width}:${height},setsar=1[film];[film][1:v]overlay=eof_action=pass,format=yuv420p[out]`,
      ...["-map", "[out]", "-an", "-c:v", "libx264", "-crf", "23", "-preset", "veryfast"],
      ...["-map_metadata", "-1", "-movflags", "+faststart", "-y", path],
    ],
    { input: Readable.from(pictures()), mayWrite: true },
  );
  const onAbort = () => void run.stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  run.stdout.resume();
  const { code, messages } = await run.ended;
  signal?.removeEventListener("abort", onAbort);
  signal?.throwIfAborted();
  if (code !== 0) {
    const why = messages.trim().split("\n").at(-1) ?? "";
    throw new DecoderError("decoder-failed", `the clip could not be cut: ${why}`, "Check the recording.");
  }
}

function toPixels({ from, to, part }: SkeletonLine, width: number, height: number): DrawnLine {
  const radius = Math.max(1, height / (part === "rest" ? 400 : 220));
  const at = ([x, y]: readonly [number, number]) => [x * width, y * height] as const;
  return { from: at(from), to: at(to), radius, colour: COLOURS[part] };
}
