import type { RecordingFile } from "../recording/recording.ts";
import { type Ffmpeg, INPUT_GUARD } from "./ffmpeg.ts";
import { makeFilm } from "./make-film.ts";

const MOST_HEIGHT = 720;

/** Whether browsers play a file as it is: H.264 in MP4, times of frames and all. */
export function isPlayable({ container, codec }: Pick<RecordingFile, "container" | "codec">): boolean {
  return codec === "h264" && /\b(mp4|mov)\b/.test(container);
}

/**
 * Writes a rendition of a recording's file that browsers play and seek in quickly: H.264 in MP4, a key frame a
 * second, every frame at its own time.
 *
 * @throws DecoderError when ffmpeg fails; the signal's reason when aborted.
 */
export async function writePlayable(
  ffmpeg: Ffmpeg,
  file: Pick<RecordingFile, "path">,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const words = [
    ...[...INPUT_GUARD, "-i", file.path, "-map", "0:v:0", "-map", "0:a:0?", ...ffmpeg.passthrough],
    ...["-vf", `scale=-2:'min(${MOST_HEIGHT},trunc(ih/2)*2)',format=yuv420p`],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-force_key_frames", "expr:gte(t,n_forced)"],
    ...["-c:a", "aac", "-b:a", "64k", "-map_metadata", "-1", "-movflags", "+faststart", "-y", path],
  ];
  await makeFilm(ffmpeg, words, { signal, failure: "no rendition could be made" });
}
