import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { coachCamera } from "../../src/night/coach.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
const options = { pose: { model: "movenet-lightning" as const } };

/** The first seconds of a rendered clip. */
async function beginning(clip: string, ...words: readonly string[]): Promise<string> {
  const path = join(folder.path, `${clip}.mp4`);
  const from = fileURLToPath(new URL(`../../fixtures/clips/${clip}.mp4`, import.meta.url));
  await runFfmpeg("-i", from, "-t", "8", "-c:v", "libx264", "-crf", "20", ...words, path);
  return path;
}

describe("coachCamera", () => {
  it("finds nothing but the length to say of a camera above the cot", async () => {
    const coaching = await coachCamera([await beginning("tremor-5hz-both-25fps")], { options });
    expect(coaching).toMatchObject({ view: "from above", picture: { width: 640, height: 360 } });
    expect(coaching.frameRate).toBeCloseTo(25, 1);
    expect(coaching.legPx).toBeGreaterThan(60);
    expect(coaching.legPx).toBeLessThan(110);
    expect(coaching.floor.highestHz).toBeCloseTo(10, 1);
    expect(coaching.floor.smallestShanks).toBeLessThan(0.05);
    expect(coaching.advice).toEqual(["The clip is short; a minute tells more."]);
  });

  it("wants more pictures of a slow camera, and says what it cannot show", async () => {
    const coaching = await coachCamera([await beginning("tremor-8hz-at-10fps")], { options });
    expect(coaching.floor.highestHz).toBeCloseTo(4, 1);
    expect(coaching.advice[0]).toMatch(/25 or 30 pictures a second/);
    expect(coaching.kinds.find(({ what }) => what.startsWith("Fast"))).toMatchObject({ judged: "no" });
  });

  it("says that nobody is there, in a picture of nobody", async () => {
    const path = join(folder.path, "empty.mp4");
    await runFfmpeg("-f", "lavfi", "-i", "color=0x202020:s=320x180:r=25:d=4", "-pix_fmt", "yuv420p", path);
    const coaching = await coachCamera([path], { options });
    expect(coaching).toMatchObject({ trunkPx: NaN, view: "not known" });
    expect(coaching.advice.join(" ")).toMatch(/not found.*dark/);
  });
});

describe("kickline coach", () => {
  it("refuses what is no video, with advice", async () => {
    const run = await runCli(["coach", join(folder.path, "missing.mp4")]);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain("kickline: ");
  });
});
