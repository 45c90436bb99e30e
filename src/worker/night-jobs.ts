import { createHash } from "node:crypto";
import { type NightPart, nameOfPart, type PartSizes } from "../night/split-night.ts";
import type { JsonValue, NewJob } from "../queue/job.ts";
import { nameOf, type StudyInput } from "../study/study-input.ts";
import type { StudyOptions } from "../study/study-options.ts";
import { digestOptions } from "../study/study-store.ts";
import { VERSION } from "../version.ts";

/** What a worker needs to know to do its share of a study's night. */
export interface NightJobData {
  /** Pieces of one version are no use to another. */
  readonly kickline: string;
  /** The study, as every worker sees it: a whole path, or an address of an object store. */
  readonly out: string;
  /** Digest of the study's options, which lie in the study itself. */
  readonly options: string;
  /** Folder that the input's relative paths are meant from. */
  readonly base: string;
  readonly input: StudyInput;
  readonly sizes: PartSizes;
}

export interface PartJobData extends NightJobData {
  readonly part: NightPart;
}

/** A night as one job: it is opened, split into parts if it is long, and finished when they are there. */
export const NIGHT_JOB = "night";
export const PART_JOB = "part";

export interface QueuedStudy {
  readonly out: string;
  readonly options: StudyOptions;
  readonly base: string;
  readonly sizes: PartSizes;
}

/** The job of a night: the same study, options, version and night always have the same id. */
export function nightJob({ out, options, base, sizes }: QueuedStudy, input: StudyInput): NewJob {
  const digest = digestOptions(options);
  const study = shorten(`${out}\n${digest}\n${VERSION}`, 16);
  const name = nameOf(input);
  const data: NightJobData = { kickline: VERSION, out, options: digest, base, input, sizes };
  return {
    id: `${NIGHT_JOB} ${study} ${name.length > 100 ? shorten(name, 32) : name}`,
    kind: NIGHT_JOB,
    data: asJson(data),
  };
}

/** The job of a part of a night. */
export function partJob(
  night: { readonly id: string; readonly data: NightJobData },
  part: NightPart,
): NewJob {
  const data: PartJobData = { ...night.data, part };
  return { id: partJobId(night.id, part), kind: PART_JOB, data: asJson(data) };
}

export function partJobId(nightId: string, part: NightPart): string {
  return `${nightId} ${nameOfPart(part)}`;
}

/** Id of the night that a job is, or is a part of. */
export function nightIdOf(id: string): string {
  // A night's own id has three words.
  return id.split(" ", 3).join(" ");
}

function shorten(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/** Fields that are undefined are left out, as every queue would. */
function asJson(data: NightJobData): JsonValue {
  return JSON.parse(JSON.stringify(data)) as JsonValue;
}
