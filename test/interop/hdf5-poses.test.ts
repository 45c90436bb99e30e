import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { File as JsFile } from "jsfive";
import { describe, expect, it, vi } from "vitest";
import { KicklineError } from "../../src/errors.ts";
import { formatDeepLabCutH5 } from "../../src/interop/poses/deeplabcut-h5.ts";
import { type Hdf5Writer, writeHdf5 } from "../../src/interop/poses/hdf5-file.ts";
import { formatMovement } from "../../src/interop/poses/movement-nc.ts";
import { parseHdf5Poses } from "../../src/interop/poses/parse-hdf5.ts";
import { parsePickledNames } from "../../src/interop/poses/pickled-names.ts";
import { formatSleap } from "../../src/interop/poses/sleap-h5.ts";
import { KEYPOINT_NAMES } from "../../src/pose/keypoint.ts";
import { emptyPoses, type PoseTable } from "../../src/pose/pose-table.ts";
import { readPoses } from "../../src/store/read-poses.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

const FOLDER = new URL("../../fixtures/poses/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)));
const FILE = { version: "file", sha256: "0".repeat(64) };
const NAMES = [
  "leftShoulder",
  "rightShoulder",
  "leftHip",
  "rightHip",
  "leftKnee",
  "rightKnee",
  "leftAnkle",
  "rightAnkle",
];

/** What `tools/fixtures/make-poses.py` puts into each of its files. */
function invented(individual: number): PoseTable {
  const table = emptyPoses({ name: "", version: "", sha256: "" }, 6);
  for (let frame = 0; frame < 6; frame++) {
    for (const [k, name] of NAMES.entries()) {
      if (frame === 2 && k === 1) continue;
      const i = frame * 17 + (KEYPOINT_NAMES as readonly string[]).indexOf(name);
      [table.x[i], table.y[i]] = [10 * k + frame + 1000 * individual, 5 * k + 2 * frame + 0.25];
      table.confidence[i] = (k + 1) / 20;
    }
  }
  return table;
}

const values = ({ frames, x, y, confidence }: PoseTable) => ({ frames, x, y, confidence });

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(KicklineError);
  expect((error as KicklineError).code).toBe("poses-unreadable");
  return (error as KicklineError).message;
}

describe("files that other programs' libraries wrote", () => {
  it.each([
    ["deeplabcut-table.h5", "deeplabcut-h5"],
    ["deeplabcut-fixed.h5", "deeplabcut-h5"],
    ["sleap.analysis.h5", "sleap-h5"],
    ["movement.nc", "movement-netcdf"],
  ])("%s is read as it was written", async (name, format) => {
    const table = await parseHdf5Poses(bytesOf(name), FILE);
    expect(values(table)).toEqual(values(invented(0)));
    expect(table.model).toEqual({ name: format, ...FILE });
  });

  it.each([
    "deeplabcut-two-table.h5",
    "deeplabcut-two-fixed.h5",
    "sleap-two.analysis.h5",
    "movement-two-older.nc",
  ])("%s holds two: which is meant must be said", async (name) => {
    expect(await refusal(parseHdf5Poses(bytesOf(name), FILE))).toMatch(/"infant1", "infant2".*--poses-of/);
    for (const individual of [0, 1])
      expect(values(await parseHdf5Poses(bytesOf(name), FILE, `infant${individual + 1}`))).toEqual(
        values(invented(individual)),
      );
    expect(await refusal(parseHdf5Poses(bytesOf(name), FILE, "mother"))).toMatch(/"mother".*"infant1"/);
  });

  it("are known by their content, whatever they are called, and by their digest", async () => {
    const folder = makeTestFolder();
    writeFileSync(join(folder, "poses.bin"), bytesOf("sleap-two.analysis.h5"));
    const { model } = await readPoses(join(folder, "poses.bin"), { individual: "infant2" });
    expect(model).toMatchObject({ name: "sleap-h5", version: "poses.bin (infant2)" });
    expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
    writeFileSync(join(folder, "text.h5"), "x,y\n1,2\n");
    expect(await refusal(readPoses(join(folder, "text.h5")))).toMatch(/no HDF5/);
  });
});

/** As float32 holds them; at least one keypoint of a frame is there or none. */
const tables = fc
  .array(
    fc.option(
      fc.tuple(
        fc.float({ min: -50, max: 4000, noNaN: true, noDefaultInfinity: true }),
        fc.float({ min: -50, max: 4000, noNaN: true, noDefaultInfinity: true }),
        fc.float({ min: 0, max: 1, noNaN: true }),
      ),
    ),
    { minLength: 17, maxLength: 17 * 5 },
  )
  .map((cells) => {
    const table = emptyPoses({ name: "net", version: "1", sha256: "0" }, Math.floor(cells.length / 17));
    for (let i = 0; i < table.x.length; i++) {
      const cell = cells[i];
      if (cell) [table.x[i], table.y[i], table.confidence[i]] = cell;
    }
    return table;
  });

describe.each([
  ["SLEAP", formatSleap],
  ["DeepLabCut", formatDeepLabCutH5],
  ["movement", formatMovement],
] as const)("poses as %s's file", (_, format) => {
  it("come back as they went", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        expect(values(await parseHdf5Poses(await format(table), FILE))).toEqual(values(table));
      }),
      { numRuns: 25 },
    );
  });

  it("of no frames are still a file", async () => {
    const table = emptyPoses({ name: "net", version: "1", sha256: "0" }, 1);
    expect((await parseHdf5Poses(await format(table), FILE)).frames).toBe(1);
  });
});

describe("what another reader finds in the files written here", () => {
  const open = async (format: (table: PoseTable) => Promise<Uint8Array>) => {
    const bytes = await format(invented(0));
    return new JsFile(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
      "f",
    );
  };
  const knee = KEYPOINT_NAMES.indexOf("leftKnee");

  it("SLEAP: tracks, names and scores", async () => {
    const file = await open(formatSleap);
    expect(file.get("tracks").shape).toEqual([1, 2, 17, 6]);
    expect(file.get("tracks").value.slice(knee * 6, knee * 6 + 6)).toEqual([40, 41, 42, 43, 44, 45]);
    expect(file.get("node_names").value.map((name) => String(name).replace(/\0+$/, ""))).toEqual(
      KEYPOINT_NAMES,
    );
    expect(file.get("point_scores").value[knee * 6]).toBeCloseTo(0.25, 6);
  });

  it("DeepLabCut: a data frame of pandas", async () => {
    const file = await open(formatDeepLabCutH5);
    const words = (name: string) =>
      file.get(`df_with_missing/${name}`).value.map((word) => String(word).replace(/\0+$/, ""));
    expect(words("axis0_level1")).toEqual(KEYPOINT_NAMES);
    expect(words("block0_items_level2")).toEqual(["x", "y", "likelihood"]);
    expect(file.get("df_with_missing/block0_values").shape).toEqual([6, 51]);
    expect(file.get("df_with_missing/block0_values").value.slice(3 * knee, 3 * knee + 2)).toEqual([
      40, 20.25,
    ]);
  });

  it("movement: the position of each keypoint", async () => {
    const file = await open(formatMovement);
    expect(file.get("position").shape).toEqual([6, 2, 17, 1]);
    expect([file.get("position").value[knee], file.get("position").value[17 + knee]]).toEqual([40, 20.25]);
    expect(file.attrs).toMatchObject({ time_unit: "frames", ds_type: "poses" });
  });
});

describe("awkward files", () => {
  const sleap = (change: (file: Hdf5Writer) => void) => writeHdf5(change);

  it("that are cut short or damaged are refused or read, and never end in anything else", async () => {
    for (const name of ["sleap.analysis.h5", "movement.nc", "deeplabcut-fixed.h5"]) {
      const bytes = bytesOf(name);
      for (const length of [0, 8, 100, bytes.length >> 1, bytes.length - 1]) {
        const work = parseHdf5Poses(bytes.slice(0, length), FILE);
        await work.catch((error: unknown) => expect(error).toBeInstanceOf(KicklineError));
      }
      for (let at = 9; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
        const damaged = bytes.slice();
        damaged[at]! ^= 0xff;
        const work = parseHdf5Poses(damaged, FILE);
        await work.catch((error: unknown) => expect(error).toBeInstanceOf(KicklineError));
      }
    }
    // And the reader still reads.
    expect((await parseHdf5Poses(bytesOf("sleap.analysis.h5"), FILE)).frames).toBe(6);
  });

  it("tell nothing on the console", async () => {
    const told = [vi.spyOn(console, "error"), vi.spyOn(console, "log"), vi.spyOn(console, "warn")];
    await refusal(parseHdf5Poses(bytesOf("sleap.analysis.h5").slice(0, 3000), FILE));
    await parseHdf5Poses(bytesOf("deeplabcut-table.h5"), FILE);
    for (const spy of told) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("of another layout are named by what they hold", async () => {
    const other = await sleap((file) => file.numbers("/spikes", Float64Array.of(1, 2), [2]));
    expect(await refusal(parseHdf5Poses(other, FILE))).toMatch(/spikes/);
    const empty = await sleap(() => {});
    expect(await refusal(parseHdf5Poses(empty, FILE))).toMatch(/nothing/);
  });

  it("of wrong shapes, of no legs, or in three dimensions are refused", async () => {
    const nodes = (names: readonly string[], shape: readonly number[]) =>
      sleap((file) => {
        file.texts("/node_names", names);
        file.numbers("/tracks", new Float64Array(shape.reduce((all, size) => all * size, 1)), shape);
      });
    const legs = ["left_knee", "right_knee"];
    expect(await refusal(parseHdf5Poses(await nodes(legs, [1, 3, 2, 4]), FILE))).toMatch(/\[1, 3, 2, 4\]/);
    expect(await refusal(parseHdf5Poses(await nodes(legs, [1, 2, 5, 4]), FILE))).toMatch(/2 nodes/);
    expect(await refusal(parseHdf5Poses(await nodes(legs, [2, 2, 4]), FILE))).toMatch(/\[2, 2, 4\]/);
    expect(await refusal(parseHdf5Poses(await nodes(["tail", "snout"], [1, 2, 2, 4]), FILE))).toMatch(
      /tail, snout/,
    );
    const depth = await writeHdf5((file) => {
      file.freeTexts("/space", ["x", "y", "z"]);
      file.freeTexts("/keypoints", legs);
      file.freeTexts("/individuals", ["a"]);
      file.numbers("/time", Float64Array.of(0), [1]);
      for (const name of ["/time", "/space", "/keypoints", "/individuals"]) file.scale(name);
      file.numbers("/position", new Float64Array(6), [1, 3, 2, 1]);
      file.dimensions("/position", ["/time", "/space", "/keypoints", "/individuals"]);
    });
    expect(await refusal(parseHdf5Poses(depth, FILE))).toMatch(/x, y, z/);
  });

  it("of times in seconds without a rate, or out of order, are refused", async () => {
    const timed = (times: readonly number[], unit: string) =>
      writeHdf5((file) => {
        file.attributes("/", { time_unit: unit });
        file.freeTexts("/space", ["x", "y"]);
        file.freeTexts("/keypoints", ["left_knee"]);
        file.freeTexts("/individuals", ["a"]);
        file.numbers("/time", Float64Array.from(times), [times.length]);
        for (const name of ["/time", "/space", "/keypoints", "/individuals"]) file.scale(name);
        file.numbers("/position", new Float64Array(2 * times.length), [times.length, 2, 1, 1]);
        file.dimensions("/position", ["/time", "/space", "/keypoints", "/individuals"]);
      });
    expect(await refusal(parseHdf5Poses(await timed([0, 0.1], "seconds"), FILE))).toMatch(/fps/);
    expect(await refusal(parseHdf5Poses(await timed([2, 1], "frames"), FILE))).toMatch(/order/);
    expect(await refusal(parseHdf5Poses(await timed([0, NaN], "frames"), FILE))).toMatch(/order/);
    expect(await refusal(parseHdf5Poses(await timed([0, 1e9], "frames"), FILE))).toMatch(/beyond/);
  });

  it("of SLEAP in the reverse order of dimensions are read too, with one track, two or five", async () => {
    for (const tracks of [1, 2, 5]) {
      const [frames, names] = [4, ["left_knee", "right_knee", "left_ankle"]];
      const at = (frame: number, track: number, node: number, axis: number) =>
        1000 * axis + 100 * track + 10 * node + frame;
      const cells = Array.from({ length: frames * tracks * names.length * 2 }, (_, i) => {
        const [axis, node] = [i % 2, Math.floor(i / 2) % names.length];
        const track = Math.floor(i / 2 / names.length) % tracks;
        return at(Math.floor(i / 2 / names.length / tracks), track, node, axis);
      });
      const bytes = await sleap((file) => {
        file.texts("/node_names", names);
        file.texts(
          "/track_names",
          Array.from({ length: tracks }, (_, track) => `t${track}`),
        );
        file.numbers("/tracks", Float64Array.from(cells), [frames, tracks, names.length, 2]);
      });
      const last = tracks - 1;
      const table = await parseHdf5Poses(bytes, FILE, `t${last}`);
      const i = 3 * 17 + KEYPOINT_NAMES.indexOf("leftAnkle");
      expect([table.frames, table.x[i], table.y[i]]).toEqual([frames, at(3, last, 2, 0), at(3, last, 2, 1)]);
    }
  });

  it("without scores count what is there as sure", async () => {
    const bytes = await sleap((file) => {
      file.texts("/node_names", ["left_knee", "right_knee"]);
      file.numbers("/tracks", Float64Array.of(1, 2, NaN, 4, 5, 6, 7, 8), [1, 2, 2, 2]);
    });
    const table = await parseHdf5Poses(bytes, FILE);
    const knee = KEYPOINT_NAMES.indexOf("leftKnee");
    expect([table.x[knee], table.y[knee], table.confidence[knee]]).toEqual([1, 5, 1]);
    expect([table.x[knee + 1], table.confidence[knee + 1]]).toEqual([NaN, 0]);
  });
});

describe("names of columns that Python pickled", () => {
  it("are read as lists, tuples, texts and numbers", () => {
    const text = "(lp0\n(Vnet\np1\nVleft \\u00e9 knee\np2\nI3\ntp3\na(g1\nS'a\\'b'\nNtp4\na.";
    expect(parsePickledNames(text)).toEqual([
      ["net", "left é knee", 3],
      ["net", "a'b", null],
    ]);
  });

  it("are never run, and nothing else is read", () => {
    for (const text of [
      "cos\nsystem\n(S'true'\ntR.",
      "(i__main__\nX\n.",
      "\x80\x04.",
      "",
      "(lp0\n",
      "g7\n.",
      "a.",
      "t.",
    ])
      expect(() => parsePickledNames(text)).toThrow(/names of its columns/);
  });

  it("end, whatever they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 200 }), (text) => {
        try {
          parsePickledNames(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/names of its columns/);
        }
      }),
    );
  });
});

describe("without the package that reads HDF5", () => {
  it("says which it is, and what else there is", async () => {
    vi.resetModules();
    vi.doMock("h5wasm", () => {
      throw new Error("Cannot find package 'h5wasm'");
    });
    const { parseHdf5Poses: parse } = await import("../../src/interop/poses/parse-hdf5.ts");
    await expect(parse(bytesOf("movement.nc"), FILE)).rejects.toMatchObject({
      ...{ code: "poses-unreadable", message: expect.stringMatching(/h5wasm/) },
      advice: expect.stringMatching(/npm install/),
    });
    vi.doUnmock("h5wasm");
    vi.resetModules();
  });
});
