import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { type Coaching, coachCamera } from "../../index.ts";

/** `kickline coach CLIP [--json]` */
export function addCoach(program: Command): void {
  program
    .command("coach")
    .description("look at a minute of video and say what to change about the camera before a night is filmed")
    .argument("<clip...>", "a minute of video of the infant in the cot; of a longer one, the first minute")
    .option("--json", "print as JSON")
    .action(async (files: string[], flags: { readonly json?: boolean }) => {
      const coaching = await coachCamera(files, { parallel: availableParallelism() });
      const text = flags.json ? JSON.stringify(coaching, null, 2) : tellCoaching(coaching).join("\n");
      process.stdout.write(`${text}\n`);
    });
}

function tellCoaching(coaching: Coaching): string[] {
  const { frameRate, newPictureRate, statedFrameRate, picture, trunkPx, legPx, view, floor } = coaching;
  const stated = Number.isNaN(statedFrameRate) ? "" : `, the file states ${round(statedFrameRate)}`;
  const repeated = newPictureRate < 0.95 * frameRate ? `, only ${round(newPictureRate)} of them new` : "";
  const size = Number.isNaN(trunkPx)
    ? "the infant was not found"
    : `leg about ${round(legPx)} px, shoulders to hips ${round(trunkPx)} px, of ${picture.width}x${picture.height}`;
  const swing = Number.isNaN(floor.smallestShanks)
    ? `${round(floor.smallestPx)} px`
    : `${round(floor.smallestPx)} px (${round(100 * floor.smallestShanks)} % of the shank)`;
  const lost = coaching.kinds.filter(({ judged }) => judged !== "yes");
  return [
    `looked at  ${round(coaching.seconds)} s`,
    `pictures   ${round(frameRate)} a second${stated}${repeated}`,
    `size       ${size}`,
    `view       ${view === "not known" ? "not known" : `${view}, roughly`}`,
    `light      brightness ${round(coaching.brightness)} of 255, noise ${round(coaching.noise)}`,
    `can show   rhythms up to ${round(floor.highestHz)} a second; swings from ${swing} at ${round(floor.atHz)} a second`,
    "",
    ...(lost.length === 0
      ? ["Every kind of movement could be judged."]
      : ["Could not be judged, or in part only:"]),
    ...lost.map(({ what, reason }) => `  ${what}: ${reason}`),
    "",
    ...(coaching.advice.length === 0 ? ["Nothing to change."] : ["What to change:"]),
    ...coaching.advice.map((line, i) => `  ${i + 1}. ${line}`),
  ];
}

/** Three digits that count. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
