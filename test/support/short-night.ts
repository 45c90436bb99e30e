import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runFfmpeg } from "./make-video.ts";

/** Nine seconds of a rendered clip in which the right foot trembles, and options that look at it quickly. */
export async function makeShortNight(folder: string): Promise<{ video: string; options: string }> {
  const clip = fileURLToPath(
    new URL("../../fixtures/clips/tremor-7hz-right-foot-30fps.mp4", import.meta.url),
  );
  const video = join(folder, "night_20261122-213000.mp4");
  await runFfmpeg("-ss", "3", "-i", clip, "-t", "9", "-c:v", "libx264", "-crf", "20", video);
  const options = join(folder, "options.json");
  writeFileSync(options, JSON.stringify({ pose: { model: "movenet-lightning", rateHz: 1 } }));
  return { video, options };
}
