import type { EventOptions } from "../events/event-options.ts";
import type { EventKind } from "../events/movement-event.ts";

/** What a kind of movement asks of a recording before anything can be said of it. */
export interface Demand {
  readonly what: string;
  readonly kind: EventKind;
  /** Rhythms of these frequencies, Hz: up to the first nothing of it can be seen, from the second on all. */
  readonly hz?: readonly [from: number, to: number];
  /** New pictures a second. */
  readonly frameRate?: number;
  /** A swing of so many shank lengths must stand out. */
  readonly swing?: number;
  /** Whether pose must see the legs. */
  readonly needsLegs?: boolean;
}

/** Fine tremor begins at about so many a second. */
const FINE_HZ = 6;
/** A fine tremor's swing in shank lengths: about half a centimetre. */
const FINE_SWING = 0.05;
/** Frame intervals that the shortest movement of a kind must last to have a beginning and an end. */
const INTERVALS = 2;

/**
 * What each kind asks for, made of the limits of its own rule.
 *
 * *Source:* fine tremor above about 6 a second and below 3 cm, coarse slower and larger (clinical tradition, not
 * measured in infants); a single infant leg movement lasts 0.23-0.33 s (Trujillo-Priego & Smith 2017), limit
 * `shortestMovement`. The swing of a fine tremor (0.05 shank lengths) and the two frame intervals are ours.
 */
export function demandsOf(options: EventOptions): readonly Demand[] {
  const { tremorFrom, tremorTo, slowFrom, slowTo, shortestMovement, legMovementShortest } = options;
  const fine = Math.min(Math.max(FINE_HZ, tremorFrom), tremorTo);
  const sudden = INTERVALS / shortestMovement;
  return [
    {
      what: `Fast tremor-like rhythm (${fine} to ${tremorTo} a second)`,
      kind: "tremor-like",
      hz: [fine, tremorTo],
    },
    {
      what: `Slower tremor-like rhythm (${tremorFrom} to ${fine} a second)`,
      kind: "tremor-like",
      hz: [tremorFrom, fine],
    },
    {
      what: "Fine tremor-like rhythm, whatever its speed (a swing of a twentieth of the shank)",
      kind: "tremor-like",
      swing: FINE_SWING,
    },
    { what: `Slow rhythm (${slowFrom} to ${slowTo} a second)`, kind: "slow-rhythm", hz: [slowFrom, slowTo] },
    { what: "Jerk", kind: "jerk", frameRate: sudden },
    { what: "Startle", kind: "startle", frameRate: sudden },
    { what: "Kicking, stroke by stroke", kind: "kicking", frameRate: sudden },
    { what: "Single leg movement", kind: "leg-movement", frameRate: INTERVALS / legMovementShortest },
    { what: "Which leg moved", kind: "leg-movement", needsLegs: true },
    { what: "Stretch, rubbing and hand to leg", kind: "stretch", needsLegs: true },
    { what: "Repeated bending", kind: "flexion-cluster", needsLegs: true },
  ];
}
