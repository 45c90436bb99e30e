import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCoco, parseCoco } from "../../src/interop/poses/coco.ts";
import { formatDeepLabCutCsv, parseDeepLabCutCsv } from "../../src/interop/poses/deeplabcut-csv.ts";
import { keypointOf } from "../../src/interop/poses/keypoint-names.ts";
import { formatOpenPose, parseOpenPose } from "../../src/interop/poses/openpose.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { createTablePoses, emptyPoses, type PoseTable } from "../../src/pose/pose-table.ts";
import { readPoses } from "../../src/store/read-poses.ts";
import { runCli } from "../support/run-cli.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const MODEL = { name: "other", version: "1", sha256: "0" };
const CLIP = "tremor-5hz-both-25fps";
const clip = (ending: string) =>
  fileURLToPath(new URL(`../../fixtures/clips/${CLIP}.${ending}`, import.meta.url));

const tables: fc.Arbitrary<PoseTable> = fc
  .array(
    fc.option(
      fc.tuple(
        fc.float({ min: 0, max: 2000, noNaN: true }),
        fc.float({ min: 0, max: 2000, noNaN: true }),
        fc.float({ min: Math.fround(0.01), max: Math.fround(0.99), noNaN: true }),
      ),
    ),
    { minLength: 17, maxLength: 17 * 4 },
  )
  .map((cells) => {
    const table = emptyPoses(MODEL, Math.floor(cells.length / 17));
    for (let i = 0; i < table.x.length; i++) {
      const cell = cells[i];
      if (cell) [table.x[i], table.y[i], table.confidence[i]] = cell;
    }
    return table;
  });

describe("poses as others write them", () => {
  it("come back from DeepLabCut's CSV and from COCO as they went", () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(parseDeepLabCutCsv(formatDeepLabCutCsv(table), MODEL)).toEqual(table);
        expect(parseCoco(formatCoco(table), MODEL)).toEqual(table);
      }),
    );
  });

  it("know the legs' keypoints by many names", () => {
    const names = [
      "left_knee",
      "LKnee",
      "knee-R",
      "Right Ankle",
      "rankle",
      "L_foot",
      "nose",
      "hip_left",
      "spine",
      "tail",
    ];
    expect(names.map((name) => KEYPOINT_NAMES[keypointOf(name)])).toEqual([
      ...["leftKnee", "leftKnee", "rightKnee", "rightAnkle", "rightAnkle", "leftAnkle", "nose", "leftHip"],
      ...[undefined, undefined],
    ]);
  });

  it("of OpenPose take the surest person, in either order of keypoints", () => {
    for (const [count, knee] of [
      [25, 13],
      [18, 12],
    ] as const) {
      const person = (confidence: number) =>
        Array.from({ length: count }, (_, k) => [10 * k, 10 * k + 1, confidence]).flat();
      const text = JSON.stringify({
        people: [person(0.2), person(0.9)].map((values) => ({ pose_keypoints_2d: values })),
      });
      const table = parseOpenPose([{ name: "film_000000000003_keypoints.json", text }], MODEL);
      const at = 2 * 17 + KEYPOINT_NAMES.indexOf("leftKnee");
      expect([table.frames, table.x[at], table.confidence[at]]).toEqual([
        3,
        10 * knee,
        expect.closeTo(0.9, 6),
      ]);
    }
  });

  it("go into OpenPose's files and come back, to six digits, missing ones missing", () => {
    const value = fc.double({ min: 0.01, max: 1279, noNaN: true });
    const frame = fc.array(fc.option(fc.tuple(value, value, fc.double({ min: 0.01, max: 1, noNaN: true }))), {
      minLength: 17,
      maxLength: 17,
    });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 4 }), (frames) => {
        const table = emptyPoses(MODEL, frames.length);
        for (const [i, point] of frames.flat().entries()) {
          if (!point) continue;
          [table.x[i], table.y[i], table.confidence[i]] = point as [number, number, number];
        }
        const files = [...formatOpenPose(table, "night")];
        expect(files[0]!.name).toBe("night_000000000000_keypoints.json");
        const back = parseOpenPose(files, MODEL);
        expect(back.frames).toBe(table.frames);
        for (const field of ["x", "y", "confidence"] as const)
          for (const [i, was] of table[field].entries()) {
            const isMissing = Number.isNaN(table.x[i]!);
            if (isMissing) expect(back[field][i]).toBe(emptyPoses(MODEL, 1)[field][0]);
            else expect(Math.abs(back[field][i]! - was)).toBeLessThanOrEqual(1e-5 * Math.abs(was));
          }
      }),
    );
    const table = emptyPoses(MODEL, 1);
    for (const [name, x] of [
      ["leftHip", 10],
      ["rightHip", 30],
    ] as const)
      for (const [field, to] of [
        ["x", x],
        ["y", 5],
        ["confidence", 0.5],
      ] as const)
        table[field][KEYPOINT_NAMES.indexOf(name)] = to;
    const [file] = [...formatOpenPose(table, "night")];
    const { people } = JSON.parse(file!.text) as { people: { pose_keypoints_2d: number[] }[] };
    expect(people[0]!.pose_keypoints_2d.slice(24, 27)).toEqual([20, 5, 0.5]);
    expect(people[0]!.pose_keypoints_2d.slice(3, 6)).toEqual([0, 0, 0]);
  });

  it("of DeepLabCut count as sure without likelihood, and of two names for one keypoint the first counts", () => {
    const text = [
      "scorer,s,s,s,s",
      "bodyparts,left_ankle,left_ankle,left_foot,left_foot",
      "coords,x,y,x,y",
      "0,10,20,70,80",
      "1,,,70,80",
    ].join("\r\n");
    const table = parseDeepLabCutCsv(text, MODEL);
    const at = (frame: number) => frame * 17 + KEYPOINT_NAMES.indexOf("leftAnkle");
    const read = (i: number) => [table.x[i], table.y[i], table.confidence[i]];
    expect([read(at(0)), read(at(1))]).toEqual([
      [10, 20, 1],
      [NaN, NaN, 0],
    ]);
  });

  it("with a number of a frame beyond any night are refused before there is room for it", () => {
    const [huge, person] = ["9999999999", Array.from({ length: 51 }, () => 1)];
    const files = [{ name: `a_${huge}_keypoints.json`, text: '{"people":[]}' }];
    const csv = `scorer,s,s\nbodyparts,LKnee,LKnee\ncoords,x,y\n${huge},1,2\n`;
    const results = JSON.stringify([{ image_id: Number(huge), keypoints: person }]);
    for (const read of [
      () => parseDeepLabCutCsv(csv, MODEL),
      () => parseCoco(results, MODEL),
      () => parseOpenPose(files, MODEL),
    ])
      expect(read).toThrow(/beyond any night/);
  });

  it("of editors that put a mark before JSON are read", () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(parseCoco(`\uFEFF${formatCoco(table)}`, MODEL)).toEqual(table);
        const files = [...formatOpenPose(table, "night")];
        const marked = files.map(({ name, text }) => ({ name, text: `\uFEFF${text}` }));
        expect(parseOpenPose(marked, MODEL)).toEqual(parseOpenPose(files, MODEL));
      }),
      { numRuns: 10 },
    );
  });

  it("that are none are refused by name", () => {
    expect(() => parseDeepLabCutCsv("a,b\n1,2\n", MODEL)).toThrow(/bodyparts/);
    expect(() =>
      parseDeepLabCutCsv("scorer,s,s,s\nbodyparts,tail,tail,tail\ncoords,x,y,likelihood\n0,1,2,1\n", MODEL),
    ).toThrow(/knee or an ankle/);
    expect(() => parseCoco("{}", MODEL)).toThrow(/COCO/);
    expect(() => parseOpenPose([], MODEL)).toThrow(/empty/);
  });

  it("are given by the nearest frame's own time, and not from far away", async () => {
    const table = emptyPoses(MODEL, 3);
    table.x.fill(8).fill(4, 0, 17);
    table.y.fill(2);
    table.confidence.fill(0.5);
    const poses = createTablePoses(table, Float64Array.of(0, 0.1, 0.5, 0.6), 0.5, 0.1);
    const x = async (time: number) => (await poses.next(undefined, time))?.keypoints[0]?.x;
    expect([await x(0.04), await x(0.06), await x(0.3), await x(0.6)]).toEqual([2, 4, undefined, undefined]);
  });
});

describe("kickline analyze --poses", () => {
  it("uses the poses of the file, opens no model, and says so", { timeout: 120_000 }, async () => {
    const folder = makeTestFolder();
    const truth = JSON.parse(readFileSync(clip("truth.json"), "utf8")) as {
      readonly frames: number;
      readonly frameRate: number;
      readonly keypoints: readonly string[];
      readonly joints: readonly (readonly number[])[];
    };
    const table = emptyPoses(MODEL, truth.frames);
    for (let frame = 0; frame < truth.frames; frame++) {
      const joints =
        truth.joints.findLast(([time]) => time! <= frame / truth.frameRate + 1e-6) ?? truth.joints[0]!;
      for (let k = 0; k < 17; k++) {
        const i = frame * 17 + k;
        [table.x[i], table.y[i], table.confidence[i]] = [joints[1 + 2 * k]!, joints[2 + 2 * k]!, 0.9];
      }
    }
    const path = join(folder, "poses.json");
    writeFileSync(path, formatCoco(table));
    const run = await runCli([
      "analyze",
      clip("mp4"),
      "--out",
      join(folder, "out"),
      "--poses",
      path,
      "--json",
    ]);
    expect(run.code).toBe(0);
    const report = JSON.parse(run.stdout) as {
      events: { kind: string }[];
      provenance: { models: { name: string }[] };
    };
    expect(report.events.map(({ kind }) => kind)).toContain("tremor-like");
    expect(report.provenance.models.map(({ name }) => name)).toEqual(["coco-keypoints"]);
    const written: PoseTable[] = [];
    for (const ending of ["csv", "json", "h5", "analysis.h5", "nc"]) {
      const file = join(folder, `written.${ending}`);
      expect((await runCli(["poses", join(folder, "out"), file])).code).toBe(0);
      written.push(await readPoses(file));
    }
    const openPose = join(folder, "as-openpose", "/");
    expect((await runCli(["poses", join(folder, "out"), openPose])).code).toBe(0);
    const again = await readPoses(openPose);
    expect(again.frames).toBe(truth.frames);
    for (const [i, x] of again.x.entries()) {
      const was = written[0]!.x[i]!;
      expect(Number.isNaN(x)).toBe(Number.isNaN(was));
      if (!Number.isNaN(x)) expect(Math.abs(x - was)).toBeLessThan(0.01);
    }
    // The same again replaces it; files of a longer night would be read with it.
    for (const [other, code] of [
      ["night_000000000000_keypoints.json", 0],
      [`night_${String(truth.frames).padStart(12, "0")}_keypoints.json`, 1],
    ] as const) {
      writeFileSync(join(openPose, other), '{"people":[]}');
      const { code: found, stderr } = await runCli(["poses", join(folder, "out"), openPose]);
      expect([found, stderr.includes(other)]).toEqual([code, code === 1]);
    }
    for (const { model, ...other } of written) {
      expect(model.name).not.toBe("");
      expect(other.frames).toBe(truth.frames);
      expect(other.x).toEqual(written[0]!.x);
    }
  });

  it("asks which individual is meant, and takes no answer without a question", async () => {
    const folder = makeTestFolder();
    const two = fileURLToPath(new URL("../../fixtures/poses/sleap-two.analysis.h5", import.meta.url));
    const analyze = (...more: string[]) =>
      runCli(["analyze", clip("mp4"), "--out", join(folder, "out"), ...more]);
    const unsaid = await analyze("--poses", two);
    expect([unsaid.code, unsaid.stderr]).toEqual([
      1,
      expect.stringMatching(/"infant1", "infant2".*--poses-of/),
    ]);
    const alone = await analyze("--poses-of", "infant1");
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringMatching(/--poses-of needs/)]);
  });

  it("names a file that is none", async () => {
    const folder = makeTestFolder();
    mkdirSync(join(folder, "poses"));
    const run = await runCli([
      "analyze",
      clip("mp4"),
      "--out",
      join(folder, "out"),
      "--poses",
      join(folder, "poses"),
    ]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/OpenPose/);
  });
});
