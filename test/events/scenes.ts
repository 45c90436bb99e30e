import type { EventKind } from "../../src/events/movement-event.ts";
import { rhythm, stroke, strokes, together, writhing } from "./motions.ts";
import type { Scene } from "./synthetic-span.ts";

/** What a scene must be read as. */
export interface ToldScene extends Scene {
  readonly tells: readonly {
    readonly kind: EventKind;
    readonly limb: string;
    readonly onset: number;
    readonly end: number;
    readonly frequencyHz?: number;
  }[];
}

const PAUSES = [0, 1.3, 3.6, 5.1, 6.9];
const OTHER_PAUSES = [0.7, 2.6, 4.2, 6, 8];

/** Both legs kick in turn, ten times, at uneven intervals. */
function kicks(from: number): Pick<Scene, "move"> {
  const at = (pauses: readonly number[]) => pauses.map((pause) => from + pause);
  return { move: { leftLeg: strokes(0.5, 0.5, at(PAUSES)), rightLeg: strokes(0.5, 0.5, at(OTHER_PAUSES)) } };
}

/** One scene for each kind that motion alone decides, as an even camera of 25 frames a second sees it. */
export const SCENES: Readonly<Record<string, ToldScene>> = {
  stillness: { duration: 12, tells: [] },
  tremor: {
    duration: 12,
    move: { leftLeg: rhythm(0.02, 6.2, 3, 5) },
    tells: [{ kind: "tremor-like", limb: "left leg", onset: 3, end: 8, frequencyHz: 6.2 }],
  },
  "tremor of both legs": {
    duration: 12,
    move: { leftLeg: rhythm(0.02, 4.4, 3, 5), rightLeg: rhythm(0.015, 4.4, 3, 5) },
    tells: [{ kind: "tremor-like", limb: "both legs", onset: 3, end: 8, frequencyHz: 4.4 }],
  },
  "slow rhythm": {
    duration: 18,
    move: { rightLeg: rhythm(0.2, 1.1, 3, 11) },
    tells: [{ kind: "slow-rhythm", limb: "right leg", onset: 3, end: 14, frequencyHz: 1.1 }],
  },
  kicking: {
    duration: 16,
    ...kicks(3),
    tells: [{ kind: "kicking", limb: "both legs", onset: 3, end: 11.5 }],
  },
  jerk: {
    duration: 8,
    move: { leftLeg: stroke(0.3, 3, 0.4) },
    tells: [{ kind: "jerk", limb: "left leg", onset: 3, end: 3.4 }],
  },
  "leg movement": {
    duration: 10,
    move: { rightLeg: stroke(0.4, 3, 2.5) },
    tells: [{ kind: "leg-movement", limb: "right leg", onset: 3, end: 5.5 }],
  },
  startle: {
    duration: 8,
    move: {
      leftLeg: stroke(0.3, 3, 0.6),
      rightLeg: stroke(0.3, 3, 0.6),
      leftArm: stroke(0.4, 3, 0.6),
      rightArm: stroke(0.4, 3, 0.6),
    },
    tells: [{ kind: "startle", limb: "both legs", onset: 3, end: 3.6 }],
  },
  "large movement": {
    duration: 13,
    move: {
      leftLeg: writhing(0.6, 3, 6, 1),
      rightLeg: writhing(0.6, 3, 6, 2),
      leftArm: writhing(0.5, 3, 6, 3),
      rightArm: writhing(0.5, 3, 6, 4),
      head: writhing(0.3, 3, 6, 5),
      trunk: writhing(0.3, 3, 6, 6),
    },
    tells: [{ kind: "large-movement", limb: "both legs", onset: 3, end: 9 }],
  },
  "tremor, then kicking": {
    duration: 26,
    move: {
      leftLeg: together(rhythm(0.02, 6, 3, 5), kicks(11).move!.leftLeg!),
      rightLeg: kicks(11).move!.rightLeg!,
    },
    tells: [
      { kind: "tremor-like", limb: "left leg", onset: 3, end: 8, frequencyHz: 6 },
      { kind: "kicking", limb: "both legs", onset: 11, end: 19.5 },
    ],
  },
  "a carer's arm": {
    duration: 16,
    carer: { onset: 4, duration: 6 },
    move: { leftLeg: strokes(0.5, 0.5, [5, 6.3, 7.4, 8.6]) },
    tells: [{ kind: "caregiver", limb: "none", onset: 4, end: 10 }],
  },
};
