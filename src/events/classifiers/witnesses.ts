import type { Evidence } from "../evidence.ts";
import type { Features } from "../features.ts";
import type { EventKind } from "../movement-event.ts";

/** Pose sees a leg swing when an ankle's path or a knee's angle spans this much. */
const SWING_ANKLE = 0.2;
const SWING_KNEE = 15;
/** Jitter of the keypoints alone can look like this much ankle path, trunk lengths. */
const SMALL_ANKLE = 0.45;

/**
 * Holds flow and pose against each other. Pose is a few pictures a second and jitters by several px: it can
 * confirm or contradict large movements, never a small rhythm.
 */
export function judgeWitnesses(kind: EventKind, features: Features): Evidence["witnesses"] {
  const flow = Number.isNaN(features.frequencyHz)
    ? `highest leg speed ${show(features.peakSpeed)} trunk lengths/s`
    : `${show(features.frequencyHz)} Hz, amplitude at least ${show(features.amplitude)} trunk lengths`;
  const canSee = features.legCoverage >= 0.3 && !Number.isNaN(features.ankleExcursion);
  if (!canSee) return { flow, pose: "legs not seen", agree: null };
  const pose = `ankle path ${show(features.ankleExcursion)} trunk lengths, knee range ${show(features.kneeRange)} degrees`;
  const swings = features.ankleExcursion >= SWING_ANKLE || features.kneeRange >= SWING_KNEE;
  switch (kind) {
    case "kicking":
    case "large-movement":
    case "stretch":
    case "rubbing":
    case "flexion-cluster":
      return { flow, pose, agree: swings };
    case "tremor-like":
      return { flow, pose, agree: features.ankleExcursion <= SMALL_ANKLE };
    case "leg-movement":
    case "jerk":
    case "startle":
      return { flow, pose, agree: swings ? true : null };
    case "position-change":
      return { flow, pose, agree: true };
    case "slow-rhythm":
    case "jerk-cluster":
    case "leg-slapping":
    case "caregiver":
    case "light-change":
    case "artefact":
    case "indeterminate":
      return { flow, pose, agree: null };
  }
}

function show(value: number): string {
  return Number.isNaN(value) ? "not measured" : String(Number(value.toPrecision(2)));
}
