import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Picture } from "../../frames/frame.ts";
import type { Point } from "../crop.ts";

/** A rendered infant and where its joints truly are, px, in COCO order. */
export interface ReferencePicture {
  readonly picture: Picture;
  readonly joints: readonly Point[];
}

const truthSchema = z.object({ joints: z.array(z.tuple([z.number(), z.number()])) });

/** Reads the picture of `fixtures/pose` that comes with this package; at the same depth from source and compiled. */
export async function readReferencePicture(): Promise<ReferencePicture> {
  const folder = new URL("../../../fixtures/pose/", import.meta.url);
  const bytes = await readFile(new URL("golden.pgm", folder));
  const header = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.subarray(0, 32).toString("latin1"));
  if (header === null) throw new Error("the reference picture of this package is damaged: reinstall it");
  const truth = truthSchema.parse(JSON.parse(await readFile(new URL("golden.truth.json", folder), "utf8")));
  return {
    picture: {
      width: Number(header[1]),
      height: Number(header[2]),
      channels: 1,
      data: new Uint8Array(bytes.subarray(header[0].length)),
    },
    joints: truth.joints.map(([x, y]) => ({ x, y })),
  };
}
