import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openJournal } from "../../src/store/journal.ts";
import { openOutFolder } from "../../src/store/out-folder.ts";
import { mountSmallDisk } from "../support/small-disk.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

/** What the next writing of a file fails with. */
const trouble = vi.hoisted(() => ({ code: "" }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const fail = () => Object.assign(new Error(`${trouble.code}: injected`), { code: trouble.code });
  return {
    ...real,
    writeFile: (...words: Parameters<typeof real.writeFile>) =>
      trouble.code === "" ? real.writeFile(...words) : Promise.reject(fail()),
    open: async (...words: Parameters<typeof real.open>) => {
      const file = await real.open(...words);
      const fails = trouble.code !== "";
      if (fails) file.writeFile = () => Promise.reject(fail());
      return file;
    },
  };
});
beforeEach(() => {
  trouble.code = "";
});

/** Bytes that no packer makes smaller. */
const noise = (count: number) => randomBytes(count).toString("latin1");

describe("a journal in trouble", () => {
  it.each([
    ["ENOSPC", /the disk is full/, /same command/],
    ["EDQUOT", /may hold/, /same command/],
    ["EFBIG", /may hold/, /same command/],
    ["EIO", /the disk fails/, /cable/],
    ["EROFS", /can no longer be written to/, /Make it writable/],
    ["EACCES", /can no longer be written to/, /Make it writable/],
  ])("names %s, keeps what was finished, and goes on afterwards", async (code, message, advice) => {
    const milestones = join(makeTestFolder(), "milestones");
    const journal = openJournal(milestones).at("night");
    await journal.write("one", { a: 1 });
    trouble.code = code;
    await expect(journal.write("two", { b: 2 })).rejects.toMatchObject({
      code: "output-unwritable",
      message,
      advice,
    });
    const names = readdirSync(milestones, { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.includes("."))).toEqual([expect.stringMatching(/one\.milestone$/)]);
    trouble.code = "";
    expect(await journal.read("one")).toEqual({ a: 1 });
    await journal.write("two", { b: 2 });
    expect(await openJournal(milestones).at("night").read("two")).toEqual({ b: 2 });
  });

  it("does not make a folder anew that was taken away", async () => {
    const base = makeTestFolder();
    const out = await openOutFolder(join(base, "out"));
    const journal = openJournal(join(out.path, "milestones")).at("night");
    await journal.write("one", 1);
    renameSync(out.path, join(base, "elsewhere"));
    await expect(journal.write("two", 2)).rejects.toMatchObject({ message: /out: it was taken away/ });
    await expect(out.publish({ "a.txt": "a" })).rejects.toMatchObject({ message: /out: it was taken away/ });
    await expect(out.makeWorkFolder("clips")).rejects.toMatchObject({ message: /taken away/ });
    await out.close();
    expect(readdirSync(base)).toEqual(["elsewhere"]);
    expect(await openJournal(join(base, "elsewhere/milestones")).at("night").read("one")).toBe(1);
  });
});

describe("an out folder in trouble", () => {
  it("publishes nothing of a result that does not fit, and takes its beginnings away", async () => {
    const path = makeTestFolder();
    const folder = await openOutFolder(path);
    await folder.publish({ "night.json": "old" });
    trouble.code = "ENOSPC";
    const publishing = folder.publish({ "night.json": "new", "page.html": "new" });
    await expect(publishing).rejects.toMatchObject({
      code: "output-unwritable",
      message: /the disk is full/,
    });
    trouble.code = "";
    await folder.close();
    expect(readdirSync(path)).toEqual(["night.json"]);
  });

  it("may be tried again after a failure", async () => {
    const path = makeTestFolder();
    const folder = await openOutFolder(path);
    trouble.code = "ENOSPC";
    await expect(folder.publish({ "a/b.txt": "1" })).rejects.toThrow();
    trouble.code = "";
    await folder.publish({ "a/b.txt": "2" });
    await folder.close();
    expect(existsSync(join(path, "a/b.txt"))).toBe(true);
  });
});

describe("a real disk", () => {
  it("that is full, then has room again", async ({ skip }) => {
    const disk = mountSmallDisk(300);
    if (!disk) return skip("mounting a disk takes root");
    onTestFinished(disk.remove);
    const folder = await openOutFolder(join(disk.path, "out"));
    const journal = openJournal(join(folder.path, "milestones")).at("night");
    const [small, large] = [noise(60_000), noise(400_000)];
    await journal.write("one", small);
    await expect(journal.write("two", noise(400_000))).rejects.toMatchObject({ message: /the disk is full/ });
    writeFileSync(join(disk.path, "filler"), noise(150_000));
    await expect(folder.publish({ "a.txt": "a", "b.bin": noise(200_000) })).rejects.toMatchObject({
      message: /the disk is full/,
    });
    await folder.close();
    expect(readdirSync(folder.path)).toEqual(["milestones"]);
    expect(await journal.read("one")).toBe(small);
    rmSync(join(disk.path, "filler"));
    disk.setSize(2000);
    await journal.write("two", large);
    expect(await journal.read("two")).toBe(large);
  });

  it("that is locked on the way", async ({ skip }) => {
    const disk = mountSmallDisk(1000);
    if (!disk) return skip("mounting a disk takes root");
    onTestFinished(disk.remove);
    const folder = await openOutFolder(disk.path);
    const journal = openJournal(join(disk.path, "milestones")).at("night");
    await journal.write("one", 1);
    disk.setLocked(true);
    for (const doing of [
      () => journal.write("two", 2),
      () => folder.publish({ "a.txt": "a" }),
      () => folder.remove(["milestones"]),
    ])
      await expect(doing()).rejects.toMatchObject({ message: /can no longer be written to/ });
    await folder.close();
    disk.setLocked(false);
    await (await openOutFolder(disk.path)).close();
    expect(await journal.read("one")).toBe(1);
  });
});
