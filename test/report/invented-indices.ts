import { describeRest } from "../../src/epochs/describe-rest.ts";
import { EPOCH_DEFAULTS } from "../../src/epochs/epoch-options.ts";
import { labelEpochs } from "../../src/epochs/label-epochs.ts";
import { isOwnMovement } from "../../src/epochs/surroundings.ts";
import { EVENT_KINDS } from "../../src/events/movement-event.ts";
import { buildIndices } from "../../src/report/build-indices.ts";
import type { NightReport, ReportEvent } from "../../src/report/night-report.ts";
import { describeSeries } from "../../src/series/describe-series.ts";
import { RULE_SETS } from "../../src/series/rule-sets.ts";
import { joinIntervals } from "../../src/signal/intervals.ts";
import { describeSoothing } from "../../src/soothing/describe-soothing.ts";
import { rangeCounts } from "../../src/uncertainty/count-ranges.ts";

/** The indices of made-up events, by the same functions as those of real ones. */
export function inventIndices(
  events: readonly ReportEvent[],
  duration: number,
  observableHours: number,
): NightReport["indices"] {
  const moving = events.filter(({ kind }) => isOwnMovement(kind));
  const carers = events.filter(({ kind }) => kind === "caregiver");
  const legsHidden = joinIntervals(carers, 0);
  const epochs = labelEpochs({ duration, moving, carers, dark: [] }, EPOCH_DEFAULTS);
  const series = RULE_SETS.map((rules) => describeSeries(events, legsHidden, rules));
  const onsets = series[0]!.candidates.map(({ onset }) => onset);
  const counted = events.map((event) => ({
    ...event,
    evidence: { ...event.evidence, nearest: event.evidence.nearest ?? undefined },
  }));
  const fewer = counted.filter((_, i) => i % 7 !== 0);
  return buildIndices({
    ...{ duration, observableHours, legsHidden, series },
    rest: describeRest(epochs, EPOCH_DEFAULTS),
    soothing: describeSoothing(carers, onsets, legsHidden, duration),
    ranges: rangeCounts(EVENT_KINDS, counted, [fewer]),
    options: EPOCH_DEFAULTS,
  });
}
