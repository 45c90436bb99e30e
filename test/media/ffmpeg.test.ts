import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const script = (path: string, words: string) => {
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' '${words}'\n`);
  chmodSync(path, 0o755);
  return path;
};
/** A made-up ffmpeg that says it has this version. */
const pretend = (version: string) =>
  script(join(makeTestFolder(), "ffmpeg"), `ffmpeg version ${version} Copyright (c) the FFmpeg developers`);

describe("findFfmpeg", () => {
  it("takes the named one first, then the first on the path, then the npm package's", async () => {
    const [named, onPath] = [pretend("7.1"), pretend("6.0")];
    const path = `/nowhere::${join(onPath, "..")}:/usr/bin`;
    expect(await findFfmpeg({ KICKLINE_FFMPEG: named, PATH: path })).toMatchObject({
      ...{ path: named, version: "7.1", source: "environment" },
    });
    expect(await findFfmpeg({ KICKLINE_FFMPEG: "", PATH: path })).toMatchObject({
      ...{ path: onPath, version: "6.0", source: "path" },
    });
    expect((await findFfmpeg({ PATH: "/nowhere" })).source).toBe("bundled");
    expect((await findFfmpeg({})).source).toBe("bundled");
  });

  it("passes over what only looks like one", async () => {
    const folder = makeTestFolder();
    mkdirSync(join(folder, "a/ffmpeg"), { recursive: true });
    mkdirSync(join(folder, "b"));
    writeFileSync(join(folder, "b/ffmpeg"), "no x bit");
    const real = pretend("5.1.9-0+deb12u1");
    const path = [join(folder, "a"), join(folder, "b"), join(real, "..")].join(":");
    expect(await findFfmpeg({ PATH: path })).toMatchObject({ path: real, version: "5.1.9-0+deb12u1" });
    script(join(folder, "b/ffmpeg"), "I am something else");
    expect((await findFfmpeg({ PATH: join(folder, "b") })).source).toBe("bundled");
  });

  it("does not silently replace a named one that does not run", async () => {
    for (const named of ["/nowhere/ffmpeg", "/bin/true", makeTestFolder()]) {
      await expect(findFfmpeg({ KICKLINE_FFMPEG: named, PATH: process.env["PATH"] })).rejects.toMatchObject({
        code: "decoder-missing",
        message: `KICKLINE_FFMPEG points to ${named}, which does not run as ffmpeg`,
      });
    }
  });

  it.each([
    ["5.1.9-0+deb12u1", "-fps_mode"],
    ["n7.1-3-gabc", "-fps_mode"],
    ["8.0", "-fps_mode"],
    ["N-110072-gdeadbee", "-fps_mode"],
    ["5.0.3", "-vsync"],
    ["4.4.2-0ubuntu0.22.04.1", "-vsync"],
    ["n4.3", "-vsync"],
    ["N-92722-gf22fcd4483-static", "-vsync"],
  ])("asks version %s to pass every frame through by %s", async (version, word) => {
    const { passthrough } = await findFfmpeg({ KICKLINE_FFMPEG: pretend(version) });
    expect(passthrough).toEqual([word, "passthrough"]);
  });

  it("follows links", async () => {
    const real = pretend("6.1");
    const folder = makeTestFolder();
    symlinkSync(real, join(folder, "ffmpeg"));
    expect(await findFfmpeg({ PATH: folder })).toMatchObject({
      path: join(folder, "ffmpeg"),
      source: "path",
    });
  });
});
