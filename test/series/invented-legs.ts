import type { EventKind } from "../../src/events/movement-event.ts";
import type { LegEvent } from "../../src/series/leg-movements.ts";

/** An event of a leg, made up. */
export function legEvent(
  onset: number,
  duration = 1,
  limb: LegEvent["limb"] = "left leg",
  kind: EventKind = "leg-movement",
): LegEvent {
  return { id: `${kind}-${limb}-${onset}`, onset, duration, kind, limb };
}

export const everyLeg = (onsets: readonly number[]) => onsets.map((onset) => legEvent(onset));
