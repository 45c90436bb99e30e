import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { KicklineError } from "../errors.ts";
import { type AnnotationSet, annotationsOf } from "../interop/annotations/annotation.ts";
import {
  type AnnotationFormat,
  type AnnotationFormatOptions,
  annotationFormatOf,
  parseAnnotations,
} from "../interop/annotations/formats.ts";
import { isStudyNight, NIGHT_FILES } from "./night-folder.ts";
import { STUDY_FILES } from "./study-folder.ts";
import { readNight } from "./write-night.ts";

/** Annotations of one recording, and the name they are paired by. */
export interface NamedAnnotations {
  readonly name: string;
  readonly set: AnnotationSet;
}

const ADVICE =
  "Give a night's folder, its night.json, a study, a file of annotations (.tsv, .csv, .edf, .boris, .eaf, .vtt), or a folder of these.";
/** Tables that lie beside annotations in BIDS and in our own folders, and hold none. */
const OTHER_TABLE = /(^|_)(participants|sessions|scans|samples|features|indices)\.tsv$/;
/** Folders deeper than this are somebody's disk, not a collection of annotations. */
const DEEPEST = 8;

/**
 * Reads annotations of one recording or, from a folder and all below it, of many: nights, the nights of a study, and files of
 * annotations. Each is named by its file or folder, without ending and without what every file of a kind is called:
 * `sub-01_ses-02_task-night_events.tsv`, `sub-01_ses-02.eaf` and that night of a study are all `sub-01_ses-02`.
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
  const all: NamedAnnotations[] = [];
  const files = await filesBelow(path).catch((cause: Error) => {
    throw new KicklineError("annotations-unreadable", `${path} cannot be read: ${cause.message}`, ADVICE, {
      cause,
    });
  });
  for (const file of files) {
    const isNight = basename(file) === NIGHT_FILES.report;
    const name = isNight ? basename(dirname(resolve(file))) : nameOf(file);
    const own = file.endsWith(".json") ? undefined : format;
    all.push({ name, set: await readOne(file, own, options) });
  }
  if (all.length === 0)
    throw new KicklineError("annotations-unreadable", `${path} holds no annotations`, ADVICE);
  return all;
}

/**
 * Reports of nights and files of annotations in a folder and below, in the order of names.
 *
 * @param seen real paths of folders already looked into: links may lead back.
 */
async function filesBelow(folder: string, depth = 0, seen = new Set<string>()): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real) || depth > DEEPEST) return [];
  seen.add(real);
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  if (names.includes(NIGHT_FILES.report)) return [join(folder, NIGHT_FILES.report)];
  // Where a night of a study lies, all other files are made of it.
  const nights = names.filter(isStudyNight);
  if (nights.length > 0) return nights.map((name) => join(folder, name));
  const isStudy = names.includes(STUDY_FILES.options) && names.includes(STUDY_FILES.entries);
  const all: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
    if (isStudy && !(isFolder && name.startsWith("sub-"))) continue;
    if (isFolder) all.push(...(await filesBelow(path, depth + 1, seen)));
    else if (annotationFormatOf(name) !== undefined && !OTHER_TABLE.test(name)) all.push(path);
  }
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

function nameOf(path: string): string {
  return basename(path)
    .replace(/(_night)?\.[^.]*$/, "")
    .replace(/[_-](events|annotations)$/, "")
    .replace(/_task-night$/, "");
}
