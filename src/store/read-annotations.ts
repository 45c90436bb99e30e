import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { KicklineError } from "../errors.ts";
import { type AnnotationSet, annotationsOf } from "../interop/annotations/annotation.ts";
import {
  type AnnotationFormat,
  type AnnotationFormatOptions,
  annotationFormatOf,
  parseAnnotations,
} from "../interop/annotations/formats.ts";
import { NIGHT_FILES, readNight } from "./write-night.ts";

/** Annotations of one recording, and the name they are paired by. */
export interface NamedAnnotations {
  readonly name: string;
  readonly set: AnnotationSet;
}

const ADVICE =
  "Give a night's folder, its night.json, a file of annotations (.tsv, .csv, .edf, .boris, .eaf, .vtt), or a folder of these.";

/**
 * Reads annotations of one recording or, from a folder, of many: folders of nights and files of annotations, each named by its
 * file or folder without ending.
 *
 * @param format what the file is; default: what its name says.
 * @throws KicklineError `annotations-unreadable` or `report-unreadable` naming the file.
 */
export async function readAnnotations(
  path: string,
  format?: AnnotationFormat,
  options: AnnotationFormatOptions = {},
): Promise<NamedAnnotations[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new KicklineError("annotations-unreadable", `${path} cannot be read`, ADVICE);
  if (found.isFile()) return [{ name: nameOf(path), set: await readOne(path, format, options) }];
  const names = (
    await readdir(path).catch((cause: Error) => {
      const what = `${path} cannot be read: ${cause.message}`;
      throw new KicklineError("annotations-unreadable", what, ADVICE, { cause });
    })
  ).sort();
  if (names.includes(NIGHT_FILES.report)) {
    return [{ name: basename(path), set: annotationsOf((await readNight(path)).report) }];
  }
  const all: NamedAnnotations[] = [];
  for (const name of names) {
    const inside = join(path, name);
    const isNight = (await readdir(inside).catch((): string[] => [])).includes(NIGHT_FILES.report);
    if (isNight || annotationFormatOf(name) !== undefined)
      all.push(...(await readAnnotations(inside, isNight ? undefined : format, options)));
  }
  if (all.length === 0)
    throw new KicklineError("annotations-unreadable", `${path} holds no annotations`, ADVICE);
  return all;
}

async function readOne(
  path: string,
  format: AnnotationFormat | undefined,
  options: AnnotationFormatOptions,
): Promise<AnnotationSet> {
  if (format === undefined && path.endsWith(".json")) return annotationsOf((await readNight(path)).report);
  const chosen = format ?? annotationFormatOf(basename(path));
  if (!chosen) throw new KicklineError("annotations-unreadable", `${path} names no format`, ADVICE);
  try {
    return parseAnnotations(await readFile(path), chosen, options);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (!(cause instanceof KicklineError))
      throw new KicklineError("annotations-unreadable", `${path} cannot be read: ${why}`, ADVICE, { cause });
    throw new KicklineError(cause.code, `${path}: ${why}`, cause.advice, { cause });
  }
}

/** `sub-01_night-2_events.tsv` and `sub-01_night-2.eaf` are of one recording. */
function nameOf(path: string): string {
  return basename(path)
    .replace(/\.[^.]*$/, "")
    .replace(/[_-](events|annotations)$/, "");
}
