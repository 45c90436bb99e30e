import { EventEmitter } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type NightReport, type ReviewState, readNight, replayReview } from "../index.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import { createLibsqlQueue } from "../queue/queues/libsql.ts";
import { type Database, openDatabase } from "./database/open-database.ts";
import { LEASE_MS } from "./jobs/work.ts";
import { DiaryStore } from "./nights/diary-store.ts";
import { type DataFolder, dataFolder } from "./nights/night-folder.ts";
import { type NightRow, NightStore } from "./nights/night-store.ts";
import { ReviewStore } from "./nights/review-store.ts";
import { type RoomSetup, Rooms } from "./room/room.ts";
import type { ServerSettings } from "./settings.ts";

/** Everything that answers to requests share. */
export interface ServerContext {
  readonly settings: ServerSettings;
  readonly data: DataFolder;
  readonly database: Database;
  readonly queue: JobQueue;
  readonly nights: NightStore;
  readonly reviews: ReviewStore;
  readonly diary: DiaryStore;
  readonly rooms: Rooms;
  /** Emits the id of a night about which something has changed. */
  readonly changes: EventEmitter;
  /** Reports read last: checking one of thousands of events takes a moment. */
  readonly reports: Map<string, { readonly version: string; readonly report: NightReport }>;
}

const MOST_REPORTS = 4;

/** Something a request asked for that is not there. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** A request that cannot be granted as things stand. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: 400 | 409 | 413 | 415 | 422;

  constructor(status: Refused["status"], message: string) {
    super(message);
    this.status = status;
  }
}

export async function openContext(settings: ServerSettings): Promise<ServerContext> {
  const data = dataFolder(settings.data);
  const database = await openDatabase(data.database);
  return {
    ...{ settings, data, database },
    queue: createLibsqlQueue(database, { leaseMs: LEASE_MS }),
    nights: new NightStore(database),
    reviews: new ReviewStore(database),
    diary: new DiaryStore(database),
    rooms: new Rooms(),
    // Every open page listens.
    changes: new EventEmitter().setMaxListeners(0),
    reports: new Map(),
  };
}

/** @throws NotFound for an id of no night, whatever its form. */
export async function findNight({ nights }: ServerContext, id: string | undefined): Promise<NightRow> {
  const night = id === undefined ? undefined : await nights.get(id);
  if (!night) throw new NotFound("There is no such night.");
  return night;
}

/** @throws NotFound while the night has no report. */
export async function readReport({ data, reports }: ServerContext, night: NightRow): Promise<NightReport> {
  const { report: path, result } = data.night(night.id);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new NotFound("This night has no report yet.");
  const version = `${found.size} ${found.mtimeMs}`;
  const kept = reports.get(night.id);
  if (kept?.version === version) return kept.report;
  const { report } = await readNight(result);
  reports.delete(night.id);
  if (reports.size >= MOST_REPORTS) reports.delete(reports.keys().next().value ?? "");
  reports.set(night.id, { version, report });
  return report;
}

/** How a night's room is opened: with the very call of its analysis. */
export function roomOf({ data }: ServerContext, night: NightRow): RoomSetup {
  const { startedAt, timeZone } = night;
  return {
    files: night.files,
    call: {
      options: night.options,
      ...(startedAt === null ? {} : { startedAt }),
      ...(timeZone === null ? {} : { timeZone }),
    },
    milestones: join(data.night(night.id).milestones),
  };
}

/** A reviewer's view of a night, from the trail. */
export async function readReview(
  { reviews }: ServerContext,
  night: NightRow,
  report: NightReport,
  reviewerId: string,
): Promise<{ readonly name: string; readonly state: ReviewState }> {
  const reviewer = (await reviews.reviewers()).find(({ id }) => id === reviewerId);
  if (!reviewer) throw new NotFound("There is no such reviewer.");
  const detections = reviewer.seesMachine ? report.events : [];
  const steps = await reviews.steps(night.id, reviewerId);
  return { name: reviewer.name, state: replayReview(detections, steps) };
}
