import { between, endOf } from "../signal/intervals.ts";
import { coefficientOfVariation, mean } from "../signal/statistics.ts";
import { toTenths, toWhole } from "../signal/tenths.ts";
import type { EventOptions } from "./event-options.ts";
import type { Measure } from "./evidence.ts";
import { type EventLimb, type MovementEvent, NOTHING_MORE, type UnnumberedEvent } from "./movement-event.ts";

/** Kinds a single flexion may have been named: a bend of both legs, slow or quick. */
const FLEXION_KINDS: ReadonlySet<string> = new Set(["leg-movement", "jerk", "startle", "large-movement"]);

/**
 * Finds clusters among the named events of a whole recording: jerks that repeat within ten seconds, and
 * bending movements of both legs that come back every five to ten seconds. A pure function of the events: it
 * does not matter in which active span each was found. The members stay events of their own; the cluster
 * lists their ids. Movements that form a cluster of flexions form no cluster of jerks.
 *
 * *Source:* sleep twitches at intervals of 10 s or less (Sokoloff 2021); repeated flexions of 1-3 s every
 * 5-10 s, seen mostly in clusters (Kellaway 1979). Which of the two it is, and what it means, no video shows:
 * hence the wording.
 */
export function findClusters(events: readonly MovementEvent[], options: EventOptions): UnnumberedEvent[] {
  const flexions = runsOf(
    events.filter((event) => isFlexion(event, options)),
    ({ onset }, last) =>
      onset - last.onset >= options.flexionIntervalFrom && onset - last.onset <= options.flexionIntervalTo,
  ).filter((run) => run.length >= options.flexionCount && mean(run.map((one) => one.duration)) >= 1);
  const taken = new Set(flexions.flat());
  const jerks = runsOf(
    events.filter((event) => event.kind === "jerk" && !taken.has(event)),
    ({ onset }, last) => onset - last.onset <= options.jerkClusterInterval,
  ).filter((run) => run.length >= options.jerkClusterCount);
  return [
    ...flexions.map((run) => describeFlexions(run, options)),
    ...jerks.map((run) => describeJerks(run, options)),
  ];
}

function isFlexion({ kind, limb, duration, evidence }: MovementEvent, options: EventOptions): boolean {
  const draw = evidence.features["legDraw"];
  return (
    FLEXION_KINDS.has(kind) &&
    (limb === "both legs" || limb === "body") &&
    duration >= options.flexionShortest &&
    duration <= options.flexionLongest &&
    (draw === undefined || draw >= options.flexionDraw)
  );
}

/** Cuts events in order of time into runs of which each goes on from the last. */
function runsOf(
  events: readonly MovementEvent[],
  goesOn: (event: MovementEvent, last: MovementEvent) => boolean,
): MovementEvent[][] {
  const runs: MovementEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1)?.at(-1);
    if (last && goesOn(event, last)) runs.at(-1)!.push(event);
    else runs.push([event]);
  }
  return runs;
}

function describeFlexions(run: readonly MovementEvent[], options: EventOptions): UnnumberedEvent {
  const facts = factsOf(run);
  return clusterOf(run, "flexion-cluster", facts, {
    because: `The legs bent ${run.length} times, about every ${toWhole(facts.memberInterval)} s, each time for about ${toTenths(facts.memberDuration)} s. What this means cannot be seen in a video: show this clip to a doctor.`,
    measures: [
      asMeasure("members", run.length, "events", "at least", options.flexionCount),
      asMeasure("memberInterval", facts.memberInterval, "s", "at least", options.flexionIntervalFrom),
      asMeasure("memberInterval", facts.memberInterval, "s", "at most", options.flexionIntervalTo),
      asMeasure("memberDuration", facts.memberDuration, "s", "at most", options.flexionLongest),
    ],
  });
}

function describeJerks(run: readonly MovementEvent[], options: EventOptions): UnnumberedEvent {
  const facts = factsOf(run);
  return clusterOf(run, "jerk-cluster", facts, {
    because: `${run.length} jerks followed each other within ${(endOf(run.at(-1)!) - run[0]!.onset).toFixed(0)} s, never more than ${options.jerkClusterInterval} s apart.`,
    measures: [
      asMeasure("members", run.length, "events", "at least", options.jerkClusterCount),
      asMeasure("memberInterval", facts.memberInterval, "s", "at most", options.jerkClusterInterval),
    ],
  });
}

interface ClusterFacts {
  readonly members: number;
  readonly memberInterval: number;
  readonly memberIntervalVariation: number;
  readonly memberDuration: number;
}

function factsOf(run: readonly MovementEvent[]): ClusterFacts {
  const intervals = run.slice(1).map((event, i) => event.onset - run[i]!.onset);
  return {
    members: run.length,
    memberInterval: mean(intervals),
    memberIntervalVariation: coefficientOfVariation(intervals),
    memberDuration: mean(run.map(({ duration }) => duration)),
  };
}

function clusterOf(
  run: readonly MovementEvent[],
  kind: "jerk-cluster" | "flexion-cluster",
  facts: ClusterFacts,
  { because, measures }: { readonly because: string; readonly measures: readonly Measure[] },
): UnnumberedEvent {
  const features = Object.entries(facts)
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value]) => [name, Number((value as number).toPrecision(5))] as const);
  return {
    ...NOTHING_MORE,
    ...between(run[0]!.onset, endOf(run.at(-1)!)),
    kind,
    limb: limbOf(run),
    confidence: Number(mean(run.map(({ confidence }) => confidence)).toFixed(2)),
    members: run.map(({ id }) => id),
    evidence: {
      rule: kind,
      because,
      measures,
      witnesses: {
        flow: `${run.length} events found by flow, see each`,
        pose: "see each event",
        agree: run.every(({ evidence }) => evidence.witnesses.agree === true) ? true : null,
      },
      nearest: undefined,
      features: Object.fromEntries(features),
    },
  };
}

function limbOf(run: readonly MovementEvent[]): EventLimb {
  const limbs = new Set(run.map(({ limb }) => limb));
  return limbs.size === 1 ? run[0]!.limb : "both legs";
}

function asMeasure(
  name: string,
  value: number,
  unit: string,
  comparison: Measure["comparison"],
  limit: number,
): Measure {
  const distance = comparison === "at least" ? value - limit : limit - value;
  return { name, value, unit, comparison, limit, margin: distance / Math.max(limit, 1e-9), witness: "flow" };
}
