import type { NightReport } from "../night-report.ts";

/** The place in a report's page that holds its pictures. */
const PICTURES = /<script type="application\/json" id="thumbnails">([^<]*)<\/script>/;
const JPEG = "data:image/jpeg;base64,";

/**
 * Pictures of events that another report of the same recording shows on its page. A strip hangs on the event's time
 * alone, so one of the same onset and duration is the same picture, whatever the event is called now.
 *
 * @param page HTML that `renderReportHtml` made of `before`; without pictures in it there are none.
 * @returns JPEG bytes by the ids of `after`.
 */
export function keepPictures(page: string, before: NightReport, after: NightReport): Map<string, Uint8Array> {
  const shown = readPictures(page);
  const byTime = new Map<string, Uint8Array>();
  for (const { id, onset, duration } of before.events) {
    const picture = shown[id];
    if (typeof picture === "string" && picture.startsWith(JPEG))
      byTime.set(`${onset} ${duration}`, Buffer.from(picture.slice(JPEG.length), "base64"));
  }
  const kept = new Map<string, Uint8Array>();
  for (const { id, onset, duration } of after.events) {
    const picture = byTime.get(`${onset} ${duration}`);
    if (picture) kept.set(id, picture);
  }
  return kept;
}

/** A page that somebody else wrote or cut has none. */
function readPictures(page: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(PICTURES.exec(page)?.[1] ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
