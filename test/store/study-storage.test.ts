import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cachedPath, fetchInputs, translateCached } from "../../src/store/input-cache.ts";
import { openStorage } from "../../src/store/study-storage.ts";
import { findStudyInputs } from "../../src/study/find-inputs.ts";
import { runCli } from "../support/run-cli.ts";
import { BUCKET, type S3Server, startS3 } from "../support/s3-server.ts";
import { makeShortNight } from "../support/short-night.ts";
import { studyContents } from "../support/study-contents.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { describeStudyStorage } from "./study-storages.ts";

const folder = makeTempFolder();
const at = (...names: readonly string[]) => join(folder.path, ...names);
const before = { ...process.env };
let server: S3Server;

beforeAll(async () => {
  server = await startS3();
  Object.assign(process.env, server.env);
});
afterAll(async () => {
  process.env = before;
  await server.close();
  folder.remove();
});

describeStudyStorage("a folder", async () => ({
  ...{ address: (study) => at(study), stop: async () => {} },
  isReadWhole: true,
}));
describeStudyStorage("an object store", async () => ({
  address: (study) => `s3://${BUCKET}/some/where/${study}`,
  stop: async () => {},
  isReadWhole: server.isReadWhole,
}));

describe("an object store", () => {
  it("says in one error that it is away, that nobody is named, or that the bucket is not there", async () => {
    const put = async (address: string) =>
      (await openStorage(address)).put("a", "b").then(
        () => "put",
        (error: { name: string; code: string }) => `${error.name} ${error.code}`,
      );
    expect(await put("s3://no-such-bucket/x")).toBe("OutputError storage-denied");
    process.env["AWS_ENDPOINT_URL_S3"] = `${"http:"}//127.0.0.1:1`;
    expect(await put(`s3://${BUCKET}/x`)).toBe("OutputError storage-away");
    process.env["AWS_ENDPOINT_URL_S3"] = server.env["AWS_ENDPOINT_URL_S3"];
    const { AWS_ACCESS_KEY_ID: key } = process.env;
    delete process.env["AWS_ACCESS_KEY_ID"];
    await expect(openStorage(`s3://${BUCKET}/x`)).rejects.toMatchObject({ code: "storage-denied" });
    // A profile without keys is nobody either, and the network is not asked who this machine is.
    process.env["AWS_PROFILE"] = "nobody";
    process.env["AWS_CONFIG_FILE"] = process.env["AWS_SHARED_CREDENTIALS_FILE"] = at("none");
    expect(await put(`s3://${BUCKET}/x`)).toBe("OutputError storage-denied");
    expect(process.env["AWS_EC2_METADATA_DISABLED"]).toBe("true");
    for (const name of ["AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
      delete process.env[name];
    process.env["AWS_ACCESS_KEY_ID"] = key;
    await expect(openStorage("s3:///x")).rejects.toThrow(/no bucket/);
  }, 60_000);

  it("holds whole studies, the same byte for byte as in a folder, of inputs that lie there too", async () => {
    const { video } = await makeShortNight(folder.path);
    mkdirSync(at("videos", "sub-01"), { recursive: true });
    copyFileSync(video, at("videos", "sub-01", "first.mp4"));
    writeFileSync(at("videos", "sub-01", "spoilt.mp4"), "no film at all");
    const storage = await openStorage(`s3://${BUCKET}/videos`);
    for (const name of ["first.mp4", "spoilt.mp4"])
      await storage.putFile(`sub-01/${name}`, at("videos", "sub-01", name));
    const analysis = { pose: { model: "movenet-lightning", rateHz: 1 } };
    writeFileSync(at("options.json"), JSON.stringify({ analysis }));
    const late = { analysis: { ...analysis, events: { tremorFrom: 7.6 } } };
    writeFileSync(at("late.json"), JSON.stringify(late));
    const env = { KICKLINE_CACHE: at("cache") };
    const words = ["--options", at("options.json"), "--progress", "none"];
    const study = `s3://${BUCKET}/study`;
    const here = await runCli(["batch", at("videos"), "--out", at("here"), ...words]);
    server.requests();
    const kept = ["--cache", at("cache")];
    const there = await runCli(["batch", `s3://${BUCKET}/videos`, "--out", study, ...words, ...kept]);
    expect([there.code, there.stderr]).toEqual([here.code, here.stderr]);
    expect(there.stdout).toContain(`Study: ${study}/study.html`);
    const onStore = await contentsOf(study);
    const inFolder = studyContents(at("here"));
    expect(Object.keys(onStore)).toEqual(Object.keys(inFolder));
    // The ledger and what is made of it name inputs as they were named.
    const differing = Object.keys(inFolder).filter((name) => inFolder[name] !== onStore[name]);
    expect(differing.filter((name) => !/^(ledger|nights|study\.html|quality\.html)/.test(name))).toEqual([]);
    // Again: nothing is fetched, nothing changes.
    const again = await runCli(["batch", `s3://${BUCKET}/videos`, "--out", study, ...words], { env });
    expect(again.code).toBe(here.code);
    expect(await contentsOf(study)).toEqual(onStore);
    // Judged again, and joined, from store to store and into a folder.
    const judged = await runCli(["redo", study, "--options", at("late.json"), "--out", `${study}-2`]);
    expect(judged.stdout).toMatch(/sub-01\tses-first\ttremor-like\t1\t0\t-1/);
    const joined = await runCli(["merge", study, "--out", at("joined")]);
    expect(joined.code).toBe(here.code);
    expect(studyContents(at("joined"))).toEqual(onStore);
    expect(readdirSync(at("cache")).length).toBe(2);
  }, 240_000);

  it("gives inputs once, to any number of programs, and anew when they have changed", async () => {
    const storage = await openStorage(`s3://${BUCKET}/inputs`);
    await storage.put("a.mp4", "first");
    const address = `s3://${BUCKET}/inputs/a.mp4`;
    const cache = at("cache-2");
    server.requests();
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => fetchInputs([address, "local.mp4"], undefined, cache)),
    );
    // One of them fetches; the rest asks about the object only.
    expect(server.requests()).toEqual({ HEAD: 4, GET: 1 });
    for (const { paths } of all) expect(paths).toEqual([cachedPath(cache, address), "local.mp4"]);
    expect(readFileSync(all[0]!.paths[0]!, "utf8")).toBe("first");
    await Promise.all(all.map((one) => one.release()));
    await storage.put("a.mp4", "second");
    const { paths, release } = await fetchInputs([address], undefined, cache);
    expect(readFileSync(paths[0]!, "utf8")).toBe("second");
    await release();
    expect(readdirSync(join(paths[0]!, "..")).sort()).toEqual(["a.mp4", "about.json"]);
    // Films are for the eyes of this user only.
    for (const place of [cache, join(paths[0]!, "..")]) expect(statSync(place).mode & 0o077).toBe(0);
    await expect(fetchInputs([`${address}-not`], undefined, cache)).rejects.toMatchObject({
      code: "recording-missing",
    });
    // Elsewhere the same object lies under another cache.
    expect(translateCached([address], "/other")(paths[0]!)).toBe(cachedPath("/other", address));
    expect(translateCached([address], "/other")("/videos/a.mp4")).toBe("/videos/a.mp4");
  });

  it("reads a manifest from the store, and takes addresses in it as files and as folders", async () => {
    const storage = await openStorage(`s3://${BUCKET}/lists`);
    for (const name of [
      "cam/part-10.mp4",
      "cam/part-2.mp4",
      "cam/deep/other.mp4",
      "cam/notes.txt",
      "one.mp4",
    ])
      await storage.put(name, "film");
    const rows = ["path,subject", "cam,01", `s3://${BUCKET}/lists/one.mp4,02`, "nothing,03"];
    await storage.put("list.csv", `${rows.join("\n")}\n`);
    const at = (name: string) => `s3://${BUCKET}/lists/${name}`;
    const found = await findStudyInputs([at("list.csv")]);
    expect(found.map(({ subject, paths }) => [subject, paths])).toEqual([
      ["01", [at("cam/part-2.mp4"), at("cam/part-10.mp4")]],
      ["02", [at("one.mp4")]],
      ["03", [at("nothing")]],
    ]);
    await expect(findStudyInputs([at("none.csv")])).rejects.toMatchObject({ code: "study-invalid" });
    await expect(findStudyInputs(["s3://no-such-bucket/list.csv"])).rejects.toMatchObject({
      code: "storage-denied",
    });
  });

  it("takes over a fetch that was killed, and keeps no more than told, but what is in use", async () => {
    const storage = await openStorage(`s3://${BUCKET}/inputs`);
    const cache = at("cache-3");
    const address = (name: string) => `s3://${BUCKET}/inputs/${name}.mp4`;
    for (const name of ["old", "used", "new"]) await storage.put(`${name}.mp4`, Buffer.alloc(400_000, name));
    const part = join(cachedPath(cache, address("old")), "..", "fetching");
    mkdirSync(join(part, ".."), { recursive: true });
    writeFileSync(part, "half");
    utimesSync(part, new Date(0), new Date(0));
    process.env["KICKLINE_CACHE_GB"] = "0.001";
    const used = await fetchInputs([address("used")], undefined, cache);
    await (await fetchInputs([address("old")], undefined, cache)).release();
    const hour = new Date(Date.now() - 3_600_000);
    for (const name of ["old", "used"])
      utimesSync(join(cachedPath(cache, address(name)), "..", "about.json"), hour, hour);
    process.env["KICKLINE_CACHE_GB"] = "50 GB";
    await expect(fetchInputs([address("new")], undefined, cache)).rejects.toThrow(
      /KICKLINE_CACHE_GB: "50 GB"/,
    );
    process.env["KICKLINE_CACHE_GB"] = "0.001";
    const fresh = await fetchInputs([address("new")], undefined, cache);
    delete process.env["KICKLINE_CACHE_GB"];
    expect(readFileSync(used.paths[0]!).length).toBe(400_000);
    expect(readFileSync(fresh.paths[0]!).length).toBe(400_000);
    expect(() => readFileSync(cachedPath(cache, address("old")))).toThrow();
    // What was removed to make room is fetched again.
    const back = await fetchInputs([address("old")], undefined, cache);
    expect(readFileSync(back.paths[0]!).length).toBe(400_000);
  });

  it("never takes a copy away from one who has just asked for it", async () => {
    const storage = await openStorage(`s3://${BUCKET}/inputs`);
    const cache = at("cache-4");
    const names = ["one", "two", "three"];
    for (const name of names) await storage.put(`${name}.mp4`, Buffer.alloc(400_000, name));
    // There is room for one: each fetch wants to remove what the others use.
    process.env["KICKLINE_CACHE_GB"] = "0.0005";
    const lane = async (lane: number) => {
      for (let i = 0; i < 12; i++) {
        const name = names[(i + lane) % 3]!;
        const { paths, release } = await fetchInputs([`s3://${BUCKET}/inputs/${name}.mp4`], undefined, cache);
        expect(readFileSync(paths[0]!).equals(Buffer.alloc(400_000, name))).toBe(true);
        await release();
      }
    };
    await Promise.all([0, 1, 2, 0].map(lane));
    delete process.env["KICKLINE_CACHE_GB"];
    const left = readdirSync(cache, { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => !/^[0-9a-f]{16}([/\\](about\.json|\w+\.mp4))?$/.test(name))).toEqual([]);
  });
});

async function contentsOf(study: string): Promise<Record<string, string>> {
  const storage = await openStorage(study);
  const names = (await storage.walk("")).filter((name) => !name.startsWith("milestones"));
  const files: [string, string][] = [];
  for (const name of names) files.push([name, Buffer.from((await storage.read(name))!).toString("base64")]);
  return Object.fromEntries(files);
}
