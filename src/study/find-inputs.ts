import { createHash } from "node:crypto";
import { existsSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { glob } from "tinyglobby";
import { KicklineError } from "../errors.ts";
import { VIDEO_EXTENSIONS } from "../recording/find-files.ts";
import { parseFileNameTime } from "../recording/start-time.ts";
import { STUDY_FILES } from "../store/study-folder.ts";
import { isObjectAddress, openStorage, placeIn } from "../store/study-storage.ts";
import { readManifest } from "./read-manifest.ts";
import { nameOf, type StudyInput, toLabel } from "./study-input.ts";

const MANIFEST = /\.(csv|tsv)$/i;

/** A video found, and the folder or pattern it was found under. */
interface Found {
  readonly path: string;
  readonly root: string;
}

/**
 * Lists the nights of a study: manifests (CSV, TSV) by their rows, folders with all below them, glob patterns,
 * single files. Names come from `sub-` and `ses-` in the path if they are there, else from the folder and the
 * file; they do not hang on what else there is, so that a study can grow.
 *
 * @param nightPer whether each file, or each folder that holds videos, is a night; manifests say it themselves.
 * @returns nights by name, each once.
 * @throws KicklineError `study-invalid` when something named is not there or holds no video.
 */
export async function findStudyInputs(
  named: readonly string[],
  nightPer: "file" | "folder" = "file",
): Promise<StudyInput[]> {
  const listed: StudyInput[] = [];
  const found = new Map<string, Found>();
  for (const name of named) {
    if (MANIFEST.test(name)) listed.push(...(await readManifest(name)));
    else for (const one of await findVideos(name)) found.set(placeKey(one.path), one);
  }
  refuseTwice(listed);
  const videos = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const inputs = nightPer === "file" ? videos.map((one) => nameInput(one, [one.path])) : byFolder(videos);
  return [...listed, ...tellApart(inputs, new Set(listed.map(nameKey)))].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
}

/** The same file however it is written. */
function placeKey(path: string): string {
  return isObjectAddress(path) ? path : resolve(path);
}

/** Names of files are the same whether capitals count or not: disks differ. */
function nameKey(input: StudyInput): string {
  return nameOf(input).toLowerCase();
}

/** Two manifests that name the same night: neither may write over the other's. */
function refuseTwice(listed: readonly StudyInput[]): void {
  const seen = new Set<string>();
  for (const input of listed) {
    if (seen.has(nameKey(input))) {
      throw new KicklineError(
        "study-invalid",
        `${nameOf(input)} is named by two manifests`,
        "Take it out of one of them, or give its rows another night.",
      );
    }
    seen.add(nameKey(input));
  }
}

async function findVideos(name: string): Promise<Found[]> {
  if (isObjectAddress(name)) return await findObjects(name);
  const kind = statOf(name);
  if (kind?.isFile()) return [{ path: name, root: dirname(name) }];
  const options = { onlyFiles: true, dot: false, expandDirectories: false, followSymbolicLinks: true };
  const paths = kind
    ? withoutLoops(
        name,
        (await glob(["**/*"], { ...options, cwd: name })).map((path) => join(name, path)),
      )
    : await glob([name.replaceAll("\\", "/")], options);
  const videos = paths.filter((path) => VIDEO_EXTENSIONS.test(path) && !isCutClip(path, existsSync));
  if (videos.length === 0) {
    throw new KicklineError(
      "study-invalid",
      `${name}: ${kind ? "holds no video files" : "there is no such file, folder or match"}`,
      "Give folders, quoted patterns such as 'videos/**/*.mp4', files, or a manifest (CSV or TSV).",
    );
  }
  return videos.map((path) => ({ path, root: kind ? name : "." }));
}

function statOf(name: string): Stats | undefined {
  try {
    return statSync(name, { throwIfNoEntry: false });
  } catch {
    // A pattern may be longer than any name, and what cannot be looked into is told as not there.
    return undefined;
  }
}

/** A clip that a study cut of an event is no night, though the study lies among the videos. */
function isCutClip(path: string, isThere: (path: string) => boolean): boolean {
  const match = /^(|.*[/\\])sub-[^/\\]+[/\\]ses-[^/\\]+[/\\]beh[/\\]clips[/\\][^/\\]+$/.exec(path);
  return match !== null && isThere(`${match[1]}${STUDY_FILES.options}`);
}

/** A folder that a link leads to as well, as one back to its own beginning does, holds nothing new: its own name counts. */
function withoutLoops(root: string, paths: readonly string[]): string[] {
  const realRoot = realpathSync(root);
  const places = [...new Set(paths.map((path) => dirname(path)))].map((folder) => {
    const real = realpathSync(folder);
    return { folder, real, isOwn: join(realRoot, relative(root, folder)) === real };
  });
  places.sort(
    (a, b) =>
      Number(b.isOwn) - Number(a.isOwn) ||
      a.folder.length - b.folder.length ||
      (a.folder < b.folder ? -1 : 1),
  );
  const first = new Map<string, string>();
  for (const { folder, real } of places) if (!first.has(real)) first.set(real, folder);
  const kept = new Set(first.values());
  return paths.filter((path) => kept.has(dirname(path)));
}

/** An object that is called like a video is itself; any other address means the videos below it. */
async function findObjects(address: string): Promise<Found[]> {
  if (VIDEO_EXTENSIONS.test(address)) return [{ path: address, root: dirname(address) }];
  const all = await (await openStorage(address)).walk("");
  const known = new Set(all);
  const isThere = (name: string) => known.has(name);
  const names = all.filter((name) => VIDEO_EXTENSIONS.test(name) && !isCutClip(name, isThere));
  if (names.length > 0) return names.map((name) => ({ path: placeIn(address, name), root: address }));
  const advice = "Give the address of a video, or one below which there are some.";
  throw new KicklineError("study-invalid", `${address}: no video lies below it`, advice);
}

function byFolder(videos: readonly Found[]): StudyInput[] {
  const folders = new Map<string, Found[]>();
  for (const one of videos) {
    const files = folders.get(dirname(one.path));
    if (files) files.push(one);
    else folders.set(dirname(one.path), [one]);
  }
  const natural = new Intl.Collator("en", { numeric: true });
  return [...folders].map(([folder, files]) =>
    nameInput({ path: folder, root: files[0]!.root }, files.map(({ path }) => path).sort(natural.compare)),
  );
}

function nameInput({ path, root }: Found, paths: readonly string[]): StudyInput {
  const within = withinOf(root, path) || basename(path);
  const subject = /(?:^|[/\\_])sub-([a-zA-Z0-9]+)/.exec(within)?.[1];
  const night = /(?:^|[/\\_])ses-([a-zA-Z0-9]+)/.exec(within)?.[1];
  const stem = basename(within).replace(VIDEO_EXTENSIONS, "");
  const folder = dirname(within) === "." ? undefined : dirname(within);
  const time = parseFileNameTime(stem);
  const rest = subject || folder ? stem.replace(/sub-[a-zA-Z0-9]+/, "") : "";
  return {
    subject: subject ?? toLabel(folder ?? stem),
    night: night ?? (folder || subject ? toLabel(time ?? (rest || "01")) : "01"),
    paths,
  };
}

function withinOf(root: string, path: string): string {
  return isObjectAddress(path) ? path.slice(root.length).replace(/^\/+/, "") : relative(root, path);
}

/** Nights whose paths give the same name get a mark of their own path, whatever else there is. */
function tellApart(inputs: readonly StudyInput[], taken: ReadonlySet<string>): StudyInput[] {
  const counts = new Map<string, number>();
  for (const input of inputs) counts.set(nameKey(input), (counts.get(nameKey(input)) ?? 0) + 1);
  return inputs.map((input) => {
    if (counts.get(nameKey(input)) === 1 && !taken.has(nameKey(input))) return input;
    const mark = createHash("sha256").update(input.paths.join("\n")).digest("hex").slice(0, 8);
    return { ...input, night: `${input.night}x${mark}` };
  });
}
