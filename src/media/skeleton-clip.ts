import { Readable } from "node:stream";
import type { Recording } from "../recording/recording.ts";
import type { Interval } from "../signal/intervals.ts";
import { type DrawnLine, drawLines } from "./draw-lines.ts";
import { type Ffmpeg, INPUT_GUARD } from "./ffmpeg.ts";
import { makeFilm } from "./make-film.ts";

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
  const { width, height } = drawnSize(recording.size);
  await encode(
    ffmpeg,
    [
      ...INPUT_GUARD,
      ...["-ss", String(start - file.onset + (file.skipped ?? 0)), "-t", String(length), "-i", file.path],
      ...drawnInput(width, height),
      "-filter_complex",
      `[0:v]scale=${width}:${height},setsar=1[film];[film][1:v]overlay=eof_action=pass,format=yuv420p[out]`,
      ...["-map", "[out]", ...OUTPUT, path],
    ],
    draw({ onset: start, duration: length }, skeletonAt, width, height),
    signal,
  );
}

/**
 * Draws a skeleton alone, on black: nothing of the film goes into it.
 *
 * @param size of the recording's picture, px: only its shape matters.
 * @param path ends in `.mp4`.
 * @throws as {@link writeSkeletonClip}.
 */
export async function writeBareSkeleton(
  ffmpeg: Ffmpeg,
  size: { readonly width: number; readonly height: number },
  event: Interval,
  skeletonAt: SkeletonAt,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const { width, height } = drawnSize(size);
  const shown = { onset: event.onset - CONTEXT, duration: event.duration + 2 * CONTEXT };
  const words = [...drawnInput(width, height), "-vf", "format=yuv420p", ...OUTPUT, path];
  await encode(ffmpeg, words, draw(shown, skeletonAt, width, height), signal);
}

const OUTPUT = [
  ...["-an", "-c:v", "libx264", "-crf", "23", "-preset", "veryfast", "-map_metadata", "-1"],
  ...["-movflags", "+faststart", "-y"],
];

function drawnSize(size: { readonly width: number; readonly height: number }) {
  const scale = Math.min(1, MOST_HEIGHT / size.height);
  const even = (value: number) => Math.max(2, 2 * Math.round((value * scale) / 2));
  return { width: even(size.width), height: even(size.height) };
}

function drawnInput(width: number, height: number): string[] {
  return [
    ...["-protocol_whitelist", "pipe", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", `${width}x${height}`],
    ...["-r", String(DRAWN_HZ), "-i", "pipe:0"],
  ];
}

function* draw(shown: Interval, skeletonAt: SkeletonAt, width: number, height: number) {
  for (let i = 0; i < Math.ceil(shown.duration * DRAWN_HZ); i++) {
    const picture = new Uint8Array(width * height * 4);
    const lines = skeletonAt(shown.onset + i / DRAWN_HZ).map((line) => toPixels(line, width, height));
    drawLines(picture, width, height, lines);
    yield picture;
  }
}

function encode(
  ffmpeg: Ffmpeg,
  words: readonly string[],
  pictures: Iterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const input = Readable.from(pictures);
  return makeFilm(ffmpeg, words, { input, signal, failure: "the clip could not be cut" });
}

function toPixels({ from, to, part }: SkeletonLine, width: number, height: number): DrawnLine {
  const radius = Math.max(1, height / (part === "rest" ? 400 : 220));
  const at = ([x, y]: readonly [number, number]) => [x * width, y * height] as const;
  return { from: at(from), to: at(to), radius, colour: COLOURS[part] };
}
