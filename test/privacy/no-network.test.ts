import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/built-cli.ts";
import { runCli } from "../support/run-cli.ts";
import { makeShortNight } from "../support/short-night.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);
let night: { video: string; options: string };
beforeAll(async () => {
  night = await makeShortNight(folder.path);
});
const words = (out: string) => [
  ...["analyze", night.video, "--out", join(folder.path, out), "--options", night.options],
  ...["--clips", "1", "--progress", "none"],
];

describe("an analysis", () => {
  it("never tries to reach the network, in any thread", async () => {
    const log = join(folder.path, "network.log");
    const guard = `file://${join(ROOT, "test/support/no-network.mjs")}`;
    const run = await runCli(words("guarded"), { node: ["--import", guard], env: { NETWORK_LOG: log } });
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines.filter((line) => !line.startsWith("guarded "))).toEqual([]);
    // The guard was there: in the main thread and in those of the pose estimator.
    expect(new Set(lines)).toEqual(new Set(["guarded main", "guarded worker"]));
  });

  it("leaves nothing outside of its folder: no identifier, no log, no cache", async () => {
    const home = join(folder.path, "home");
    const temporary = join(folder.path, "temporary");
    mkdirSync(home);
    mkdirSync(temporary);
    const places = { HOME: home, XDG_CACHE_HOME: undefined, XDG_DATA_HOME: undefined, TMPDIR: temporary };
    const run = await runCli(words("homeless"), { env: places });
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(readdirSync(home)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("is guarded by a guard that guards", async () => {
    const log = join(folder.path, "attempts.log");
    const guard = `file://${join(ROOT, "test/support/no-network.mjs")}`;
    const attempts = [
      "fetch('http://127.0.0.1:9')",
      "(await import('node:net')).connect(9, '127.0.0.1')",
      "(await import('node:http')).get('http://127.0.0.1:9')",
      "(await import('node:dns')).lookup('localhost', () => {})",
      "await (await import('node:dns/promises')).resolve('localhost')",
    ];
    const script = `for (const f of [${attempts.map((one) => `async () => ${one}`)}]) await f().catch(() => {});`;
    execFileSync(process.execPath, ["--import", guard, "--input-type=module", "-e", script], {
      env: { ...process.env, NETWORK_LOG: log },
    });
    expect(readFileSync(log, "utf8").match(/^ATTEMPT/gm)?.length).toBe(attempts.length);
  });

  it.skipIf(!canUnshare())("succeeds where there is no network at all (needs unshare -n)", async () => {
    const run = await runCli(words("unshared"), { under: ["unshare", "-n"] });
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(readdirSync(join(folder.path, "unshared"))).toContain("night.json");
  });
});

describe("the source", () => {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(join(ROOT, "src", name), "utf8")] as const);
  /** Names of XML dialects, not addresses anything opens. */
  const NAMES = new Set(["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"]);

  it("names no address that a program could open", () => {
    for (const [name, text] of files) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
      const found = [...code.matchAll(/\b(?:https?|wss?|ftp):\/\/[^\s"'`<>)]+/g)].map(([address]) => address);
      expect({ name, found: found.filter((address) => !NAMES.has(address)) }).toEqual({ name, found: [] });
    }
  });

  it("uses no module or function of the network on the way of an analysis", () => {
    // The server is a face of its own, and listens only when it is started; an object store is loaded only for an
    // address of one.
    const used = files.filter(
      ([name, text]) =>
        !/^(server|worker|queue)\/|^store\/storages\/s3\.ts$/.test(name) &&
        /["'](?:node:)?(?:https?|http2|net|tls|dns|dgram|dns\/promises)["']|\bfetch\(|\bWebSocket\b|undici|axios/.test(
          text,
        ),
    );
    expect(used.map(([name]) => name)).toEqual([]);
  });

  it("lets the decoder open nothing but files", () => {
    const guard = files.find(([name]) => name === "media/ffmpeg.ts")![1];
    const allowed = /"-protocol_whitelist", "([^"]+)"/.exec(guard)?.[1]?.split(",");
    expect(allowed).toContain("file");
    expect(allowed?.filter((name) => !["file", "pipe", "subfile"].includes(name))).toEqual([]);
  });
});

describe("the native libraries", () => {
  // A socket of a native library is seen by no guard in JavaScript: what could send is looked for in the binaries.
  const SENDERS = ["PosixTelemetry", "ORT_DISABLE_TELEMETRY", "events.data.microsoft.com", "mat-debug"];
  const folders = ["onnxruntime-node/bin", "@img", "@tensorflow/tfjs-backend-wasm/dist"];
  const binaries = folders
    .flatMap((name) =>
      readdirSync(join(ROOT, "node_modules", name), { recursive: true, encoding: "utf8" }).map((file) =>
        join(ROOT, "node_modules", name, file),
      ),
    )
    .filter((name) => /\.(node|so|dylib|dll|wasm)(\.|$)|\.so\.\d+$/.test(name));

  it("hold no code that reports their use to anybody", () => {
    expect(binaries.length).toBeGreaterThan(3);
    for (const name of binaries) {
      const bytes = readFileSync(name);
      expect({ name, senders: SENDERS.filter((mark) => bytes.includes(mark)) }).toEqual({
        name,
        senders: [],
      });
    }
  });
});

/** Whether this system lets us start a program without a network. */
function canUnshare(): boolean {
  try {
    execFileSync("unshare", ["-n", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
