import { CARER_SHOULDER, SCENE_DEFAULTS } from "../../fixtures/clip-scenes.ts";
import { obliqueCamera, topDownCamera } from "../../fixtures/renderer/camera.ts";
import type { MotionSpec } from "../../fixtures/renderer/motions/motion-spec.ts";
import { between, mixSeed, type Random, seededRandom } from "../../fixtures/renderer/random.ts";
import type { ClothSpec, SceneSpec } from "../../fixtures/renderer/scene-spec.ts";

/** A scene of the widened suite, and which part of it the scene belongs to. */
export interface SuiteScene {
  readonly scene: SceneSpec;
  /** Nobody may look at a held-out scene while setting a limit. */
  readonly heldOut: boolean;
  /** Seen straight from above or the foot end, no blanket, 20 frames/s or more. */
  readonly plainView: boolean;
}

const KINDS = [
  "tremor",
  "kicks",
  "slow-rhythm",
  "patting",
  "leg-movement",
  "jerk",
  "still",
  "faint-tremor",
  "startle",
  "still-light",
] as const;
type SuiteKind = (typeof KINDS)[number];

const CLOTHS: readonly ClothSpec[] = [
  { kind: "bodysuit", pattern: "stripes", shade: 0.55, patternShade: 0.28 },
  { kind: "sleepsuit", pattern: "dots", shade: 0.6, patternShade: 0.3 },
  { kind: "bodysuit", pattern: "plain", shade: 0.46, patternShade: 0.46 },
  { kind: "diaper", pattern: "plain", shade: 0.5, patternShade: 0.5 },
];
const SHEETS = ["stars", "dots", "plain"] as const;
const RATES = [10, 12.5, 15, 20, 25, 30];
const NOISES = [1, 1.8, 2.6, 3.4];
const ROLLS = [0, 90, 180, 270, 15, -20];
const OPEN_SEED = 4001;
const HELD_OUT_SEED = 9001;
const OPEN_ROUNDS = 7;
const HELD_OUT_ROUNDS = 6;
/** Nights in which nothing happens: so many, and so long, seconds. */
const STILLS = 24;
const STILL_SECONDS = 300;
const STILL_SEED = 7001;

/**
 * All scenes of the widened suite, kinds taking turns, so that the first N hold a bit of everything: 70 open
 * ones, then 60 held out. Every number of a scene follows from its seed.
 */
export function suiteScenes(): readonly SuiteScene[] {
  const rounds = (count: number, seed: number, heldOut: boolean) =>
    Array.from({ length: count }, (_, round) =>
      KINDS.map((kind, i) => makeScene(kind, mixSeed(seed, round, i), round, heldOut)),
    ).flat();
  return [...rounds(OPEN_ROUNDS, OPEN_SEED, false), ...rounds(HELD_OUT_ROUNDS, HELD_OUT_SEED, true)];
}

/**
 * Long scenes of an infant who only breathes, with a change of light in every second one: for false events per
 * hour, which the short scenes are too short to say.
 */
export function stillScenes(): readonly SuiteScene[] {
  return Array.from({ length: STILLS }, (_, i) => {
    const kind = i % 2 === 0 ? "still" : "still-light";
    const made = makeScene(kind, mixSeed(STILL_SEED, i, 0), i, false);
    return {
      ...made,
      scene: { ...made.scene, name: `long-${kind}-${i + 1}`, duration: STILL_SECONDS },
    };
  });
}

function makeScene(kind: SuiteKind, seed: number, round: number, heldOut: boolean): SuiteScene {
  const random = seededRandom(seed);
  const frameRate = pick(random, RATES);
  const isOblique = random() < 0.3;
  const hasBlanket = random() < 0.15;
  const camera = isOblique
    ? obliqueCamera(between(random, -0.2, 0.25))
    : topDownCamera(pick(random, ROLLS), between(random, 1.35, 1.7));
  const motions = motionsOf(kind, random);
  const name = `${heldOut ? "held-out" : "open"}-${kind}-${round + 1}`;
  const scene: SceneSpec = {
    ...SCENE_DEFAULTS,
    ...{ name, seed, frameRate, camera, motions, width: 480, height: 270, duration: 14 },
    ...{ cloth: pick(random, CLOTHS), sheet: pick(random, SHEETS), noise: pick(random, NOISES) },
    infant: {
      x: between(random, -0.04, 0.04),
      y: between(random, -0.05, 0.01),
      yawDeg: between(random, -12, 12),
      scale: between(random, 0.92, 1.08),
      variety: between(random, 0.2, 1),
    },
    blanket: hasBlanket ? { topY: between(random, -0.05, 0), shade: between(random, 0.4, 0.6) } : null,
    breathsPerMinute: between(random, 28, 48),
    variableRate: random() < 0.15 ? { dropShare: 0.15, jitterMs: 6 } : null,
  };
  return { scene, heldOut, plainView: !hasBlanket && frameRate >= 20 && scene.variableRate === null };
}

function motionsOf(kind: SuiteKind, random: Random): MotionSpec[] {
  const onset = between(random, 4.5, 5.5);
  const side = pick(random, ["L", "R", "B"] as const);
  switch (kind) {
    case "tremor":
    case "faint-tremor": {
      const joint = pick(random, ["hip", "knee", "ankle"] as const);
      const degrees = kind === "tremor" ? between(random, 2.5, 6) : between(random, 0.4, 2);
      const [hz, duration] = [between(random, 3.6, 8), between(random, 4.5, 6.5)];
      return [{ kind: "tremor", onset, duration, hz, amplitudeDeg: degrees, joint, side }];
    }
    case "kicks": {
      const pattern = pick(random, ["alternating", "left", "synchronous"] as const);
      return [
        { kind, onset, duration: between(random, 5, 7), pattern, amplitudeDeg: between(random, 28, 42) },
      ];
    }
    case "slow-rhythm": {
      const hz = between(random, 0.9, 1.8);
      return [{ kind, onset, duration: Math.max(6, 6 / hz), hz, amplitudeDeg: between(random, 6, 12), side }];
    }
    case "patting": {
      const hz = between(random, 1.2, 3.2);
      return [{ kind, onset, duration: 6.5, hz, place: [0.03, 0.04, 0.12], shoulder: CARER_SHOULDER }];
    }
    case "leg-movement": {
      const form = pick(random, ["draw-up", "stretch", "spread"] as const);
      const degrees = between(random, 20, 34);
      const leg = pick(random, ["L", "R"] as const);
      return [{ kind, onset, duration: between(random, 1.4, 3), side: leg, amplitudeDeg: degrees, form }];
    }
    case "jerk":
      return [
        { kind, onset, duration: between(random, 0.5, 1), side, amplitudeDeg: between(random, 18, 28) },
      ];
    case "startle":
      return [{ kind, onset, duration: between(random, 0.9, 1.4), strength: between(random, 0.7, 1.1) }];
    case "still":
      return [];
    case "still-light": {
      const form = pick(random, ["step", "ramp"] as const);
      const duration = form === "step" ? 0.5 : 5;
      return [{ kind: "light-change", onset, duration, form, to: pick(random, [0.55, 0.7, 1.35, 1.6]) }];
    }
  }
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
