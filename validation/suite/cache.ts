import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderClip } from "../../fixtures/renderer/render-clip.ts";
import type { SceneSpec } from "../../fixtures/renderer/scene-spec.ts";
import { formatTruth, truthOf } from "../../fixtures/renderer/truth.ts";

/** Where rendered clips of the suite lie unless another folder is named. */
export const DEFAULT_CACHE = join(tmpdir(), "kickline-validation");
const RENDERER = join(import.meta.dirname, "../../fixtures/renderer");
const SOURCE = join(import.meta.dirname, "../../src");
/** The code that measures, and that which every stage uses: when it changes, clips are measured anew. */
const MEASURING = /^(media|recording|frames|survey|pose|flow|tracks|signal|[^/\\]+\.ts)/;
const CRF = 22;

/** A digest of the renderer's source: other code, other clips. */
export function hashRenderer(): string {
  return hashCode(RENDERER, () => true);
}

/** A digest of the code that measures clips: other code, other measurements. */
export function hashMeasuring(): string {
  return hashCode(SOURCE, (path) => MEASURING.test(path));
}

function hashCode(folder: string, isAsked: (path: string) => boolean): string {
  const hash = createHash("sha256");
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (path.endsWith(".ts") && isAsked(path))
      hash
        .update(path)
        .update("\0")
        .update(readFileSync(join(folder, path)));
  }
  return hash.digest("hex");
}

/**
 * Renders a scene unless the cache holds it already, under the digest of scene and renderer.
 *
 * @returns paths of the clip and its truth. Throws when the encoder fails.
 */
export async function renderCached(
  scene: SceneSpec,
  folder: string,
  rendererHash: string,
): Promise<{ readonly video: string; readonly truth: string }> {
  const key = createHash("sha256").update(rendererHash).update(JSON.stringify(scene)).update(`crf${CRF}`);
  const stem = join(folder, key.digest("hex").slice(0, 24));
  const [video, truth] = [`${stem}.mp4`, `${stem}.truth.json`];
  if (existsSync(video) && existsSync(truth)) return { video, truth };
  await mkdir(folder, { recursive: true });
  // A broken-off rendering must not look like a clip: the name comes last.
  const unfinished = `${stem}.${process.pid}.part.mp4`;
  await renderClip(scene, unfinished, { crf: CRF, preset: "veryfast", ...scene.encoding });
  await writeFile(truth, formatTruth(truthOf(scene)));
  await rename(unfinished, video);
  return { video, truth };
}
