import { join } from "node:path";
import type { Analysis } from "../analyze.ts";
import { createFfmpegReader } from "../frames/readers/ffmpeg-reader.ts";
import { writeEventClip } from "../media/event-clip.ts";
import { makeThumbnailStrip } from "../media/thumbnail-strip.ts";
import type { ReportEvent } from "../report/night-report.ts";

/** Height of a thumbnail, px. */
const THUMBNAIL_HEIGHT = 120;
/** Most events that get pictures: the clearest of each kind come first. */
const MOST_PICTURES = 150;
/** Longer events are shown by their first part, seconds. */
const LONGEST = 30;

/** Makes the thumbnail strips of a night's events, the clearest of each kind first. */
export async function pictureEvents(
  analysis: Analysis,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const reader = createFfmpegReader(analysis.ffmpeg, analysis.recording, { height: THUMBNAIL_HEIGHT });
  const strips = new Map<string, Uint8Array>();
  const queue = clearestFirst(analysis.report.events).slice(0, MOST_PICTURES);
  const lane = async () => {
    for (let event = queue.shift(); event; event = queue.shift()) {
      const shown = { onset: event.onset, duration: Math.min(event.duration, LONGEST) };
      const strip = await makeThumbnailStrip(reader, shown, signal);
      if (strip) strips.set(event.id, strip);
    }
  };
  await Promise.all([lane(), lane()]);
  return new Map([...strips].sort(([a], [b]) => a.localeCompare(b)));
}

/** Writes a clip of each of the infant's own events, the clearest first, as `<id>.mp4`. */
export async function clipEvents(
  analysis: Analysis,
  folder: string,
  most: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const own = analysis.report.events.filter(({ kind }) => kind !== "light-change" && kind !== "artefact");
  const names: string[] = [];
  for (const event of clearestFirst(own).slice(0, most)) {
    const shown = { onset: event.onset, duration: Math.min(event.duration, LONGEST) };
    await writeEventClip(analysis.ffmpeg, analysis.recording, shown, join(folder, `${event.id}.mp4`), signal);
    names.push(`${event.id}.mp4`);
  }
  return names;
}

/** Takes turns between kinds, so that a night of kicking does not crowd out its one tremor. */
function clearestFirst(events: readonly ReportEvent[]): ReportEvent[] {
  const rank = new Map<ReportEvent, number>();
  const counts = new Map<string, number>();
  for (const event of [...events].sort((a, b) => b.confidence - a.confidence || a.onset - b.onset)) {
    const count = counts.get(event.kind) ?? 0;
    counts.set(event.kind, count + 1);
    rank.set(event, count);
  }
  return [...events].sort((a, b) => rank.get(a)! - rank.get(b)! || a.onset - b.onset);
}
