import { DETAILS_OF, type EventKind } from "../../src/events/movement-event.ts";
import type { ReportEvent } from "../../src/report/night-report.ts";

type Invented = Omit<ReportEvent, "id" | "onset" | "wallTime" | "file" | "fileTime">;

const LEGS = ["left leg", "right leg", "both legs"] as const;
const LONGEST: Readonly<Record<EventKind, number>> = {
  "leg-movement": 4,
  kicking: 40,
  "tremor-like": 12,
  "slow-rhythm": 20,
  jerk: 1.4,
  "jerk-cluster": 25,
  "flexion-cluster": 60,
  startle: 1.5,
  rubbing: 8,
  "leg-slapping": 4,
  stretch: 5,
  "position-change": 6,
  "large-movement": 14,
  caregiver: 90,
  "light-change": 6,
  artefact: 5,
  indeterminate: 6,
};

/** An event of one kind with evidence shaped like the heuristic classifier's. */
export function inventEvent(kind: EventKind, random: () => number): Invented {
  const duration = Number((0.3 + random() * LONGEST[kind]).toFixed(2));
  const isRhythm = kind === "tremor-like" || kind === "slow-rhythm";
  const isOfLegs = !["caregiver", "light-change", "artefact"].includes(kind);
  const frequencyHz = isRhythm
    ? Number((kind === "tremor-like" ? 3.2 + random() * 4 : 0.6 + random()).toFixed(3))
    : null;
  const limb = !isOfLegs ? "none" : random() < 0.08 ? "unseen" : LEGS[Math.floor(random() * 3)]!;
  const agree = !isOfLegs || limb === "unseen" ? null : random() < 0.9;
  const margin = Number((random() * 1.2).toPrecision(3));
  return {
    duration,
    kind,
    detail: DETAILS_OF[kind][0] ?? null,
    limb,
    confidence: kind === "indeterminate" ? 0.5 : Number((0.5 + Math.min(0.5, margin)).toFixed(2)),
    frequencyHz,
    amplitude: isRhythm ? Number((0.01 + random() * 0.1).toFixed(4)) : null,
    amplitudeShanks: isRhythm ? 0.05 : null,
    cycles: isRhythm ? 12 : null,
    regularity: isRhythm ? 0.9 : null,
    strokes: kind === "kicking" ? 4 + Math.floor(random() * 30) : null,
    strokesOf: kind === "kicking" ? { left: 3, right: 2 } : null,
    provokedBy: kind === "tremor-like" ? "movement" : null,
    around: isRhythm ? "resting" : null,
    members: kind === "jerk-cluster" ? ["jerk-001", "jerk-002", "jerk-003"] : [],
    steadiness: margin > 0.2 ? 1 : 0.75,
    evidence: {
      rule: kind,
      because: `Invented for a test: it lasted ${duration} s.`,
      measures: [
        {
          name: "duration",
          value: duration,
          unit: "s",
          comparison: "at least",
          limit: 0.3,
          margin: Number((duration / 0.3 - 1).toPrecision(3)),
          witness: "flow",
        },
        {
          name: "peakSpeed",
          value: Number((0.25 * (1 + margin)).toPrecision(4)),
          unit: "trunk lengths/s",
          comparison: "at least",
          limit: 0.25,
          margin,
          witness: "flow",
        },
        ...(frequencyHz === null
          ? []
          : [
              {
                name: "frequencyHz",
                value: frequencyHz,
                unit: "Hz",
                comparison: "at most" as const,
                limit: 12,
                margin: 0.5,
                witness: "flow" as const,
              },
            ]),
      ],
      witnesses: {
        flow: "highest leg speed 0.44 trunk lengths/s",
        pose: agree === null ? "legs not seen" : "ankle path 0.18 trunk lengths, knee range 12 degrees",
        agree,
      },
      nearest:
        kind === "jerk"
          ? { kind: "leg-movement", flip: 'rule "jerk" comes first' }
          : {
              kind: "jerk",
              flip: `if duration ${duration} s were at most 1.5 and riseTime 0.6 s were at most 0.4`,
            },
      features: {
        ...{
          duration,
          frameRate: 20,
          peakSpeed: 0.43637,
          riseTime: 0.2,
          strokes: 2,
          strokesPerSecond: 1.1111,
          aliasHz: 99,
        },
        ...{
          leftLegShare: 0,
          rightLegShare: 1,
          armShare: 0,
          headShare: 0,
          trunkShare: 0,
          bodyParts: 1,
          foreignShare: 0.0021435,
        },
        ...{
          foreignPresence: 0,
          cameraSpeed: 0.005951,
          legCoverage: 1,
          kneeRange: 11.873,
          ankleExcursion: 0.18033,
          trunkTurn: 0.084203,
        },
      },
    },
  };
}
