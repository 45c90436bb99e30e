import type { Rule } from "./rule.ts";
import { cameraKnock } from "./rules/camera-knock.ts";
import { caregiver } from "./rules/caregiver.ts";
import { jerk } from "./rules/jerk.ts";
import { keyFramePulse } from "./rules/key-frame-pulse.ts";
import { kicking } from "./rules/kicking.ts";
import { largeMovement } from "./rules/large-movement.ts";
import { bothLegsMoved, oneLegMoved } from "./rules/leg-movement.ts";
import { legSlapping } from "./rules/leg-slapping.ts";
import { offBodyMotion } from "./rules/off-body-motion.ts";
import { rolled, shifted, turned } from "./rules/position-change.ts";
import { rubbing } from "./rules/rubbing.ts";
import { slowRhythm } from "./rules/slow-rhythm.ts";
import { startle } from "./rules/startle.ts";
import { stretch } from "./rules/stretch.ts";
import { tremorLike } from "./rules/tremor-like.ts";

/**
 * The rules in order: the first that holds names the kind. What is not the infant's comes first, then what
 * is told by place (a foot at the other leg, a hand at a leg), rhythms, what the whole body does, and single
 * movements last.
 *
 * Below 5 Hz frequency alone separates nothing: regularity (concentration, variation of the frequency),
 * amplitude, strokes and pauses decide between kicking, slow rhythm and tremor-like rhythm.
 *
 * Clusters, changes of light and flicker are not made of single candidates: see `clusters.ts` and
 * `picture-events.ts` beside the detection of events.
 */
export const RULES: readonly Rule[] = [
  cameraKnock,
  caregiver,
  offBodyMotion,
  keyFramePulse,
  legSlapping,
  rubbing,
  tremorLike,
  slowRhythm,
  stretch,
  turned,
  rolled,
  shifted,
  largeMovement,
  kicking,
  startle,
  jerk,
  oneLegMoved,
  bothLegsMoved,
];
