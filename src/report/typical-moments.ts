import { formatMoment } from "../time.ts";
import type { NightReport, ReportEvent } from "./night-report.ts";
import { KIND_WORDS } from "./wording.ts";

const MOST = 5;

/**
 * The five most typical moments of a night: of each kind the clearest first, kinds in turn, so that a night of
 * kicking does not crowd out its one rhythm. In order of time.
 */
export function pickMoments({ events }: NightReport, most = MOST): ReportEvent[] {
  const own = events.filter(({ kind }) => KIND_WORDS[kind].isOfInfant && kind !== "indeterminate");
  const turns = new Map<string, number>();
  const ranked = [...own]
    .sort((a, b) => b.confidence - a.confidence || a.onset - b.onset)
    .map((event) => {
      const turn = turns.get(event.kind) ?? 0;
      turns.set(event.kind, turn + 1);
      return { event, turn };
    });
  ranked.sort((a, b) => a.turn - b.turn || b.event.confidence - a.event.confidence);
  const picked = ranked.slice(0, most).map(({ event }) => event);
  return picked.sort((a, b) => a.onset - b.onset);
}

/** When a moment was, for people. */
export function sayWhen({ recording }: NightReport, onset: number): string {
  return formatMoment(recording.startedAt ?? undefined, onset, recording.clockChanges);
}
