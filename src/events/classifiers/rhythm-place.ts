import type { Candidate, Features } from "../features.ts";
import type { EventDetail } from "../movement-event.ts";

/** A shank that swings less than this share of its foot rests: the ankle turns. */
const RESTING_SHANK = 0.42;
/** A thigh that swings at least this share of the foot goes along: the hip turns. */
const MOVING_THIGH = 0.2;

/**
 * Which joint of the leg a rhythm turns about, from how far its segments swing. Flow of one segment also sees
 * its neighbour, so a segment at rest seems to move a little. *Source:* ours; measured on rendered clips with
 * known joints: the thigh's share was at most 0.01
 * for ankle and knee, 0.3 and more for the hip.
 */
export function jointOf({ thighSwing, shankSwing, footSwing }: Features): EventDetail | undefined {
  const widest = Math.max(thighSwing || 0, shankSwing || 0, footSwing || 0);
  if (!(widest > 0) || Number.isNaN(footSwing)) return undefined;
  if (shankSwing < RESTING_SHANK * footSwing) return "ankle";
  return thighSwing >= MOVING_THIGH * widest ? "whole-leg" : "knee";
}

/** Where on the body a rhythm is. */
export function placeOf({ limb, features }: Pick<Candidate, "limb" | "features">): EventDetail | undefined {
  switch (limb) {
    case "left leg":
    case "right leg":
    case "both legs":
      return jointOf(features);
    case "arm":
    case "head":
      return limb;
    case "body":
      return "trunk";
    case "unseen":
    case "none":
      return undefined;
  }
}

/** "about the ankle", for a sentence. */
export function placeWords(detail: EventDetail | undefined): string {
  switch (detail) {
    case "ankle":
    case "knee":
      return ` at the ${detail}`;
    case "whole-leg":
      return " from the hip";
    default:
      return "";
  }
}
