import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli, ROOT } from "../support/built-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const CLIP = join(ROOT, "fixtures/clips/tremor-5hz-both-25fps.mp4");
/** What may be in the package, as `files` of package.json says, and what npm always adds. */
const PACKED =
  /^(dist\/|models\/|docs\/|examples\/|fixtures\/demo\/|fixtures\/pose\/golden\.|(README|CHANGELOG)\.md$|LICENSE$|NOTICE$|package\.json$)/;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/**
 * The package as somebody gets it, in a project that has nothing else: packed by npm, unpacked, and beside it the
 * packages that its lock file counts as needed at run time, those of the tests and the build left out. npm itself would
 * fetch these from the network, which tests must not use; here they are links to the copies that are installed already.
 */
describe("the packed package in an empty project", () => {
  const folder = makeTempFolder();
  const project = join(folder.path, "project");
  const own = join(project, "node_modules/kickline");
  const at = (...names: string[]) => join(folder.path, ...names);
  // npm reads settings of the environment that the tests run in; the project has none.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  let packed: Packed;

  beforeAll(async () => {
    // `dist` is packed as it is: the tests build it before.
    expect(await builtCli(), "run `npm run build` first").toBe(join(ROOT, "dist/cli/main.js"));
    mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
    const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder.path];
    const { stdout } = await run("npm", words, { cwd: ROOT, env, maxBuffer: 1 << 26 });
    [packed] = JSON.parse(stdout) as [Packed];
    await run("tar", ["-xzf", at(packed.filename), "-C", folder.path]);
    cpSync(at("package"), own, { recursive: true });
    linkRunTimePackages(join(project, "node_modules"));
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ name: "empty", private: true, type: "module" }),
    );
    chmodSync(join(own, "dist/cli/main.js"), 0o755);
    symlinkSync("../kickline/dist/cli/main.js", join(project, "node_modules/.bin/kickline"));
  }, 120_000);
  afterAll(() => folder.remove());

  it("holds what `files` names and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !PACKED.test(path))).toEqual([]);
    for (const needed of [
      ...[
        "dist/index.js",
        "dist/index.d.ts",
        "dist/cli/main.js",
        "dist/web/index.html",
        "docs/model.schema.json",
      ],
      ...["models/movenet-thunder/model.onnx", "fixtures/pose/golden.pgm", "fixtures/demo/demo.mp4"],
      ...["examples/analyze-recording.ts", "LICENSE", "NOTICE"],
    ])
      expect(paths).toContain(needed);
    const inMb = (bytes: number) => (bytes / 1e6).toFixed(1);
    process.stdout.write(
      `${packed.filename}: ${inMb(packed.size)} MB, unpacked ${inMb(packed.unpackedSize)} MB, ${paths.length} files\n`,
    );
  });

  it("names no path of the machine it was packed on", () => {
    const texts = readdirSync(own, { recursive: true, encoding: "utf8" }).filter((name) =>
      /^(docs|examples|dist\/(?!web)).*\.(js|ts|json|md|map)$|^package\.json$/.test(name),
    );
    const naming = texts.filter((name) => readFileSync(join(own, name), "utf8").includes(ROOT));
    expect(naming).toEqual([]);
  });

  it("answers `npx --no-install kickline`", { timeout: 60_000 }, async () => {
    const { stdout } = await run("npx", ["--no-install", "kickline", "info", "--json"], {
      cwd: project,
      env,
    });
    const info = JSON.parse(stdout) as { kickline: string; models: { name: string }[] };
    const { version } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as { version: string };
    expect(info.kickline).toBe(version);
    expect(info.models.map(({ name }) => name)).toContain("movenet-thunder");
  });

  it("is imported by its name, and only by its door", async () => {
    const code = `
      const library = await import("kickline");
      const inside = await import("kickline/dist/analyze.js").then(() => "open", (error) => error.code);
      console.log(typeof library.analyzeRecording, inside);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], {
      cwd: project,
      env,
    });
    expect(stdout.trim()).toBe("function ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it("has types that a strict project accepts", { timeout: 120_000 }, async () => {
    const types = join(project, "node_modules/@types");
    mkdirSync(types, { recursive: true });
    if (!existsSync(join(types, "node")))
      symlinkSync(join(ROOT, "node_modules/@types/node"), join(types, "node"));
    cpSync(join(own, "examples"), join(project, "examples"), { recursive: true });
    const options = { module: "nodenext", target: "es2023", strict: true, noEmit: true, types: ["node"] };
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true }, include: ["examples"] }),
    );
    const compiler = require.resolve("typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [compiler, "-p", project], { cwd: project, env });
    expect(stdout).toBe("");
  });

  describe("runs the examples", () => {
    /** Runs one as people do, TypeScript loaded on the way. */
    const example = async (name: string, ...args: string[]) => {
      const loader = pathToFileURL(require.resolve("tsx")).href;
      const entry = join(project, `${name}.ts`);
      cpSync(join(own, "examples", `${name}.ts`), entry);
      const { stdout } = await run(process.execPath, ["--import", loader, entry, ...args], {
        cwd: project,
        env,
      });
      return stdout;
    };

    it("analyze-recording, list-tremor-like, other-limits", { timeout: 120_000 }, async () => {
      expect(await example("analyze-recording", CLIP, at("night"))).toMatch(/^\d+ events; findings: /);
      expect(existsSync(at("night", "report.html"))).toBe(true);
      const listed = await example("list-tremor-like", at("night"));
      expect(listed).toMatch(/^[78]\.\d s, for .*, both legs$/m);
      expect(listed).toMatch(/^1 tremor-like rhythms/m);
      const judged = await example("other-limits", at("night"));
      expect(judged).toMatch(/from 6 Hz: 0/);
    });

    it("compare-annotations", async () => {
      // Kickline's own view against what truly happens in the clip.
      writeFileSync(at("truth.tsv"), "onset\tduration\ttrial_type\tlimb\n8\t9\ttremor-like\tbothLegs\n");
      expect(await example("compare-annotations", at("truth.tsv"), at("night"))).toMatch(
        /^tremor-like: 1 in both/m,
      );
    });

    it("own-estimator", { timeout: 120_000 }, async () => {
      const told = await example("own-estimator", CLIP);
      expect(told).toMatch(/tremor-like/);
      expect(told).toMatch(/poses by mean-of-two/);
    });

    it("batch-manifest", { timeout: 120_000 }, async () => {
      writeFileSync(at("nights.csv"), `path,subject,night\n${CLIP},one,1\nnone.mp4,two,1\n`);
      const told = await example("batch-manifest", at("nights.csv"), at("study"));
      expect(told).toMatch(/one 1: done/);
      expect(told).toMatch(/"failed":1/);
    });

    it("all there are", () => {
      const names = readdirSync(join(own, "examples")).filter((name) => name.endsWith(".ts"));
      const ran = names.filter((name) => existsSync(join(project, name)));
      expect(ran).toEqual(names);
    });
  });

  function linkRunTimePackages(place: string): void {
    const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as LockFile;
    for (const [path, { dev, devOptional }] of Object.entries(packages)) {
      // Packages within packages come with these.
      const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
      const from = join(ROOT, path);
      if (name === undefined || dev || devOptional || !existsSync(from)) continue;
      mkdirSync(dirname(join(place, name)), { recursive: true });
      symlinkSync(from, join(place, name));
    }
  }
});
