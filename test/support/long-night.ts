import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runFfmpeg } from "./make-video.ts";

const CLIP = fileURLToPath(new URL("../../fixtures/clips/tremor-7hz-right-foot-30fps.mp4", import.meta.url));

/** Forty seconds in which a foot trembles four times: long enough to be shared out in parts of ten. */
export async function makeLongNight(path: string): Promise<void> {
  const list = `${path}.txt`;
  const piece = join(path, "..", "ten-seconds.mp4");
  const encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "30", "-an"];
  await runFfmpeg("-ss", "1", "-i", CLIP, "-t", "10", ...encode, piece);
  writeFileSync(list, `file '${piece}'\n`.repeat(4));
  await runFfmpeg("-f", "concat", "-safe", "0", "-i", list, "-c", "copy", path);
}

/** Options under which such a night has several pieces of each kind, and is measured quickly. */
export const PIECES = {
  survey: { segment: 5, longestSpan: 10, preRoll: 0.5, postRoll: 0.5 },
  pose: { model: "movenet-lightning", rateHz: 1 },
} as const;

export const SMALL_PARTS = { surveySeconds: 10, movingSeconds: 5 };
