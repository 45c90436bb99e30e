import type { EventKind, MovementEvent, Surroundings } from "../events/movement-event.ts";
import { endOf, joinIntervals, overlapOf, subtractIntervals } from "../signal/intervals.ts";
import type { EpochOptions } from "./epoch-options.ts";
import { type Epoch, type EpochInput, labelEpochs } from "./label-epochs.ts";

/** Kinds whose surroundings are worth knowing. */
const DESCRIBED: readonly EventKind[] = ["tremor-like", "slow-rhythm", "startle", "jerk"];
/** The survey sees a movement this long before it begins and after it ends, seconds: it looks at 1.5 s. */
const SMEAR = 1;

/**
 * Adds to each rhythm, startle and jerk whether the minute before and after it looked awake or at rest, by the
 * epochs of those minutes. Movement of the event's own kind is what is asked about, so it is taken out of the
 * epochs first. Nothing is said where less than half of these minutes could be judged.
 */
export function addSurroundings(
  events: readonly MovementEvent[],
  input: EpochInput,
  options: EpochOptions,
): MovementEvent[] {
  const epochsWithout = new Map<EventKind, readonly Epoch[]>();
  const moved = joinIntervals(input.moving, 0);
  for (const kind of DESCRIBED) {
    const own = events.filter((event) => event.kind === kind);
    if (own.length === 0) continue;
    const taken = own.map(({ onset, duration }) => ({
      onset: onset - SMEAR,
      duration: duration + 2 * SMEAR,
    }));
    // What else moved meanwhile stays.
    const others = events.filter((event) => event.kind !== kind && isOwnMovement(event.kind));
    const moving = [...subtractIntervals(moved, taken, 0), ...others];
    epochsWithout.set(kind, labelEpochs({ ...input, moving }, options));
  }
  return events.map((event) => {
    const epochs = epochsWithout.get(event.kind);
    return epochs ? { ...event, around: surroundingsOf(event, epochs, options) } : event;
  });
}

/** Whether a kind of event is a movement of the infant's. A cluster only lists others. */
export function isOwnMovement(kind: EventKind): boolean {
  return !NOT_OWN.has(kind);
}

const NOT_OWN: ReadonlySet<EventKind> = new Set([
  ...(["light-change", "artefact", "caregiver", "jerk-cluster", "flexion-cluster"] as const),
]);

function surroundingsOf(
  event: MovementEvent,
  epochs: readonly Epoch[],
  { aroundSeconds, awakeShare }: EpochOptions,
): Surroundings {
  const sides = [
    { onset: event.onset - aroundSeconds, duration: aroundSeconds },
    { onset: endOf(event), duration: aroundSeconds },
  ];
  const sums = { active: 0, resting: 0, caregiver: 0, "not-observable": 0 };
  for (const epoch of epochs) for (const side of sides) sums[epoch.state] += overlapOf(side, epoch);
  const judged = sums.active + sums.resting;
  if (judged < aroundSeconds) return null;
  if (sums.active >= awakeShare * judged) return "awake-looking";
  return sums.active === 0 ? "resting" : null;
}
