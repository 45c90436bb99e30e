import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openOutFolder, readFolder } from "../../src/store/out-folder.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

describe("openOutFolder", () => {
  it("makes the folder, and takes all of it away when nothing came of it", async () => {
    const base = makeTestFolder();
    const folder = await openOutFolder(join(base, "a/b/c"));
    expect(readdirSync(join(base, "a/b/c")).length).toBe(1);
    await folder.close();
    expect(readdirSync(base)).toEqual([]);
  });

  it("leaves a folder that was there before, and what is in it", async () => {
    const base = makeTestFolder();
    writeFileSync(join(base, "mine"), "x");
    await (await openOutFolder(base)).close();
    expect(readdirSync(base)).toEqual(["mine"]);
  });

  it("leaves what somebody else put into it meanwhile", async () => {
    const base = makeTestFolder();
    const folder = await openOutFolder(join(base, "a/b"));
    writeFileSync(join(base, "a/theirs"), "x");
    await folder.close();
    expect(readdirSync(join(base, "a"))).toEqual(["theirs"]);
  });

  it("may be closed twice", async () => {
    const folder = await openOutFolder(join(makeTestFolder(), "a"));
    await folder.close();
    await folder.close();
  });

  it("shows results under their names only when all are written", async () => {
    const base = makeTestFolder();
    const folder = await openOutFolder(base);
    writeFileSync(join(base, "one.txt"), "old");
    const failing = { "one.txt": "new", "two/three.txt": 5 as unknown as string };
    await expect(folder.publish(failing)).rejects.toMatchObject({ code: "output-unwritable" });
    expect(readFileSync(join(base, "one.txt"), "utf8")).toBe("old");
    await folder.publish({ "one.txt": "new", "two/three.bin": Uint8Array.of(1, 2) });
    await folder.close();
    expect(readFileSync(join(base, "one.txt"), "utf8")).toBe("new");
    expect([...readFileSync(join(base, "two/three.bin"))]).toEqual([1, 2]);
    expect(readdirSync(base).sort()).toEqual(["one.txt", "two"]);
  });

  it("moves finished files into place, and removes others", async () => {
    const base = makeTestFolder();
    const folder = await openOutFolder(base);
    mkdirSync(join(folder.workPath, "clips"));
    writeFileSync(join(folder.workPath, "clips/a.mp4"), "a");
    await folder.place(["clips/a.mp4"]);
    expect(readFileSync(join(base, "clips/a.mp4"), "utf8")).toBe("a");
    await expect(folder.place(["clips/none.mp4"])).rejects.toMatchObject({ code: "output-unwritable" });
    await folder.remove(["clips/a.mp4", "clips/none.mp4"]);
    await folder.close();
    expect(readdirSync(join(base, "clips"))).toEqual([]);
  });

  it("removes the work of runs that were killed, not that of others that still run", async () => {
    const base = makeTestFolder();
    const alive = await openOutFolder(base);
    mkdirSync(join(base, ".kickline-999999999-abc"));
    writeFileSync(join(base, ".kickline-999999999-abc/part"), "x");
    await (await openOutFolder(base)).close();
    expect(existsSync(join(base, ".kickline-999999999-abc"))).toBe(false);
    expect(existsSync(alive.workPath)).toBe(true);
    await alive.close();
  });

  it("says what is in the way", async () => {
    const base = makeTestFolder();
    writeFileSync(join(base, "file"), "x");
    for (const path of [join(base, "file"), join(base, "file/below/it")]) {
      await expect(openOutFolder(path)).rejects.toMatchObject({
        code: "output-unwritable",
        message: `${path}: there is a file of that name`,
      });
    }
    await expect(openOutFolder("/proc/kickline/out")).rejects.toMatchObject({ code: "output-unwritable" });
    expect(readFileSync(join(base, "file"), "utf8")).toBe("x");
  });
});

describe("readFolder", () => {
  it("reads those of the named files that are there, and no others", async () => {
    const base = makeTestFolder();
    mkdirSync(join(base, "pictures"));
    for (const name of ["a.jpg", "b.jpg", "../secret.jpg"]) writeFileSync(join(base, "pictures", name), name);
    const found = await readFolder(join(base, "pictures"), ["b.jpg", "c.jpg", "../secret.jpg"]);
    expect([...found.keys()]).toEqual(["b.jpg"]);
    expect((await readFolder(join(base, "none"), ["a.jpg"])).size).toBe(0);
  });
});
