import type { ReportEvent } from "./night-report.ts";

/**
 * Other events of a night, the most alike first: by the distance of their features, each in units of its own
 * spread over the night, over the features that both have.
 *
 * An event of another kind comes after all of the same unless it is more than twice as near.
 */
export function rankSimilar(events: readonly ReportEvent[], wanted: ReportEvent): ReportEvent[] {
  const spread = spreadsOf(events);
  const distance = (other: ReportEvent) => {
    let sum = 0;
    let shared = 0;
    for (const [name, value] of Object.entries(wanted.evidence.features)) {
      const second = other.evidence.features[name];
      const unit = spread.get(name) ?? 0;
      if (second === undefined || unit === 0) continue;
      sum += ((value - second) / unit) ** 2;
      shared++;
    }
    const apart = shared === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(sum / shared);
    return other.kind === wanted.kind ? apart : 2 * apart;
  };
  return events
    .filter(({ id }) => id !== wanted.id)
    .map((event) => ({ event, apart: distance(event) }))
    .sort((a, b) => a.apart - b.apart || a.event.onset - b.event.onset)
    .map(({ event }) => event);
}

/** Standard deviation of each feature over the events that have it. */
function spreadsOf(events: readonly ReportEvent[]): Map<string, number> {
  const sums = new Map<string, { n: number; sum: number; squares: number }>();
  for (const { evidence } of events) {
    for (const [name, value] of Object.entries(evidence.features)) {
      const one = sums.get(name) ?? { n: 0, sum: 0, squares: 0 };
      sums.set(name, { n: one.n + 1, sum: one.sum + value, squares: one.squares + value * value });
    }
  }
  return new Map(
    [...sums].map(([name, { n, sum, squares }]) => [
      name,
      Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)),
    ]),
  );
}
