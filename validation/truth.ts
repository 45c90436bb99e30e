import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** An event as the renderer's truth files write it. */
export interface TruthEvent {
  readonly kind: string;
  readonly onset: number;
  readonly duration: number;
  readonly side: string;
  readonly hz?: number;
  readonly strokes?: readonly unknown[];
}

export interface TruthClip {
  readonly name: string;
  readonly video: string;
  readonly duration: number;
  readonly events: readonly TruthEvent[];
}

/** All clips with truth in a folder and the folders below it. */
export function findTruthClips(folder: string): TruthClip[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".truth.json"))
    .filter((path) => existsSync(join(folder, path.replace(/\.truth\.json$/, ".mp4"))))
    .sort()
    .map((path) => {
      const truth = JSON.parse(readFileSync(join(folder, path), "utf8")) as {
        duration: number;
        events: TruthEvent[];
      };
      return {
        name: basename(path, ".truth.json"),
        video: join(folder, path.replace(/\.truth\.json$/, ".mp4")),
        duration: truth.duration,
        events: truth.events,
      };
    });
}
