import { join } from "node:path";
import { NIGHT_FILES } from "../../index.ts";

const ID = /^[a-z0-9]{12,32}$/;

/** Where things of the data folder are. Ids are made by us; one of another form is nobody's. */
export interface DataFolder {
  readonly database: string;
  readonly uploads: string;
  night(id: string): NightFolder;
}

export interface NightFolder {
  readonly path: string;
  readonly recording: string;
  readonly result: string;
  readonly report: string;
  readonly sketch: string;
  readonly timeline: string;
  readonly milestones: string;
  readonly clips: string;
  thumbnail(event: string): string;
  playable(file: number): string;
}

export function dataFolder(path: string): DataFolder {
  return {
    database: join(path, "kickline.db"),
    uploads: join(path, "uploads"),
    night(id) {
      if (!ID.test(id)) throw new RangeError("not the id of a night");
      const own = join(path, "nights", id);
      const result = join(own, "result");
      return {
        ...{ path: own, result, recording: join(own, "recording"), clips: join(own, "clips") },
        report: join(result, NIGHT_FILES.report),
        sketch: join(result, NIGHT_FILES.sketch),
        timeline: join(result, NIGHT_FILES.timeline),
        milestones: join(result, NIGHT_FILES.milestones),
        thumbnail: (event) => join(result, NIGHT_FILES.thumbnails, `${safeEventId(event)}.jpg`),
        playable: (file) => join(own, `playable-${file}.mp4`),
      };
    },
  };
}

/** Ids of events come from a report, but also in addresses. */
export function safeEventId(id: string): string {
  if (!/^[\w-]{1,80}$/.test(id)) throw new RangeError("not the id of an event");
  return id;
}
