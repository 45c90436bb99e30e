import type { AnnotationSet } from "./annotation.ts";
import { formatEdfPlus } from "./edf-plus.ts";

const SIDES: Readonly<Record<string, readonly string[]>> = {
  "left leg": ["left"],
  "right leg": ["right"],
  "both legs": ["left", "right"],
  body: ["left", "right"],
};
/** Texts by which a scorer of leg movements tells the sides; chosen in its own dialog. */
export const LEG_MOVEMENT_TEXTS = { left: "LM left (video)", right: "LM right (video)" } as const;

/**
 * Writes the leg movements of a night as EDF+ for scorers of leg movements in sleep recordings, such as SOMAS: one text a
 * side, a movement of both legs once for each, and the recording's start and end to be chosen as the window.
 *
 * *Source:* what SOMAS reads (github.com/macesari/SOMAS, `get_PLM_indices_WASM.m`): one text for each leg, durations
 * above 0. *Cannot be given:* sleep stages. Kickline has none, so that indices by stage stay empty there; and what is
 * seen on video is no electromyogram: the texts say so.
 *
 * @param isLegMovement which kinds count as leg movements.
 */
export function formatLegMovementEdf(
  set: AnnotationSet,
  isLegMovement: (kind: string) => boolean,
): Uint8Array {
  const movements = set.annotations
    .filter(({ kind, duration }) => isLegMovement(kind) && duration > 0)
    .flatMap(({ onset, duration, limb }) =>
      (SIDES[limb ?? ""] ?? []).map((side) => ({
        ...{ onset, duration, kind: LEG_MOVEMENT_TEXTS[side as "left" | "right"] },
      })),
    );
  const window = Number.isNaN(set.duration)
    ? []
    : [
        { onset: 0, duration: 0, kind: "Recording start" },
        { onset: set.duration, duration: 0, kind: "Recording end" },
      ];
  return formatEdfPlus({ ...set, annotations: [...movements, ...window].sort((a, b) => a.onset - b.onset) });
}
