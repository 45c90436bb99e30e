import type { EventDetail, EventKind } from "../events/movement-event.ts";
import { toTenths } from "../signal/tenths.ts";
import type { NightReport, ReportEvent, Timeline } from "./night-report.ts";

/** The words of one kind of event, for parents first. */
export interface KindWords {
  /** Name in lists and on the timeline. */
  readonly name: string;
  /** Inside a sentence: "would be <this> if ...". */
  readonly noun: string;
  /** "kicking 12 times", inside a sentence. */
  readonly count: (n: number) => string;
  /** One sentence: what is called so. The limits stand with the options. */
  readonly definition: string;
  /** Whether it is something the infant did; the rest is about the room, the camera or other people. */
  readonly isOfInfant: boolean;
}

const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${showCount(n)} times`);
const counted = (one: string, many: string) => (n: number) =>
  n === 1 ? `one ${one}` : `${showCount(n)} ${many}`;

/** Words for every kind of event, in the order reports show them. */
export const KIND_WORDS: Readonly<Record<EventKind, KindWords>> = {
  "leg-movement": {
    name: "Leg movement",
    noun: "a single leg movement",
    count: counted("single leg movement", "single leg movements"),
    definition: "One or both legs moved once, neither suddenly nor as part of a bout of kicking.",
    isOfInfant: true,
  },
  kicking: {
    name: "Kicking",
    noun: "kicking",
    count: (n) => `kicking ${times(n)}`,
    definition: "A run of strokes of one or both legs, with uneven pauses between them.",
    isOfInfant: true,
  },
  "tremor-like": {
    name: "Tremor-like rhythm",
    noun: "a tremor-like rhythm",
    count: counted("stretch of even, tremor-like movement", "stretches of even, tremor-like movement"),
    definition: "A small to-and-fro movement that keeps one even, fast rhythm for several cycles.",
    isOfInfant: true,
  },
  "slow-rhythm": {
    name: "Slow rhythm",
    noun: "a slow rhythm",
    count: counted("stretch of slow, even rhythm", "stretches of slow, even rhythm"),
    definition: "A to-and-fro movement that keeps one even, slow rhythm for several cycles.",
    isOfInfant: true,
  },
  jerk: {
    name: "Jerk",
    noun: "a jerk",
    count: counted("single jerk of a leg", "single jerks of a leg"),
    definition: "One short leg movement that reaches its highest speed at once.",
    isOfInfant: true,
  },
  "jerk-cluster": {
    name: "Run of jerks",
    noun: "a run of jerks",
    count: counted("run of jerks", "runs of jerks"),
    definition: "Three jerks or more, each within ten seconds of the last; each is listed by itself as well.",
    isOfInfant: true,
  },
  "flexion-cluster": {
    name: "Repeated bending",
    noun: "repeated bending",
    count: counted("run of repeated bending", "runs of repeated bending"),
    definition:
      "The legs bent again and again, for one to three seconds each, every five to ten seconds; show such a clip to a doctor, for what it means cannot be seen in a video.",
    isOfInfant: true,
  },
  startle: {
    name: "Startle",
    noun: "a startle",
    count: counted("startle", "startles"),
    definition: "Arms and legs moved suddenly together, for a moment.",
    isOfInfant: true,
  },
  rubbing: {
    name: "Rubbing",
    noun: "rubbing of a foot along the other leg",
    count: (n) => `rubbing one foot along the other leg ${times(n)}`,
    definition: "One foot moved to and fro along the other leg.",
    isOfInfant: true,
  },
  "leg-slapping": {
    name: "Hand to leg",
    noun: "moving a hand to a leg again and again",
    count: (n) => `moving a hand to a leg again and again ${times(n)}`,
    definition: "A hand moved to a leg several times in a row.",
    isOfInfant: true,
  },
  stretch: {
    name: "Stretch",
    noun: "a stretch",
    count: counted("stretch", "stretches"),
    definition:
      "Both legs straightened slowly and were held so; when the head went back too, the back arched.",
    isOfInfant: true,
  },
  "position-change": {
    name: "Change of position",
    noun: "a change of position",
    count: counted("change of position", "changes of position"),
    definition: "The body turned or moved and lay otherwise afterwards than before.",
    isOfInfant: true,
  },
  "large-movement": {
    name: "Large movement",
    noun: "a large movement",
    count: counted("large movement of the body", "large movements of the body"),
    definition: "Several parts of the body moved together for some seconds, as in turning or stretching.",
    isOfInfant: true,
  },
  indeterminate: {
    name: "Undecided",
    noun: "undecided",
    count: counted("movement that fits no rule", "movements that fit no rule"),
    definition:
      "Something of the infant moved, but no rule fits it, or the recording cannot decide between two.",
    isOfInfant: true,
  },
  caregiver: {
    name: "Someone else in view",
    noun: "someone else in view",
    count: (n) => `someone or something else came into view ${times(n)}`,
    definition:
      "Something that is not the infant was in view, such as a carer's arm; movement meanwhile is not counted.",
    isOfInfant: false,
  },
  "light-change": {
    name: "Light change",
    noun: "a light change",
    count: (n) => `the light changed ${times(n)}`,
    definition: "The light of the whole picture changed; nothing is measured while it does.",
    isOfInfant: false,
  },
  artefact: {
    name: "Picture disturbed",
    noun: "a disturbed picture",
    count: (n) => `the picture was disturbed ${times(n)}`,
    definition:
      "The camera or something away from the infant moved, a lamp flickered, or the video's coding made a pulse.",
    isOfInfant: false,
  },
};

/** Every kind in the order reports show them: the infant's movements first. */
export const KIND_ORDER = Object.keys(KIND_WORDS) as readonly EventKind[];

/** Words for every sub-kind, to follow the kind's name. */
export const DETAIL_WORDS: Readonly<Record<EventDetail, string>> = {
  unilateral: "one leg",
  bilateral: "both legs",
  alternating: "one leg after the other",
  synchronous: "both legs at once",
  "one-sided": "one leg only",
  mixed: "in no fixed order",
  ankle: "at the ankle",
  knee: "at the knee",
  "whole-leg": "whole leg",
  arm: "arm",
  head: "head",
  trunk: "trunk",
  stretching: "straight",
  arching: "back arched",
  turn: "turned",
  shift: "moved over",
  patting: "patting",
  rocking: "rocking",
  stroking: "stroking",
  switched: "at once",
  "auto-gain": "slowly, by the camera",
  "camera-knock": "camera touched",
  "key-frame-pulse": "pulse of the video's coding",
  flicker: "flickering light",
  insect: "something small flying about",
  curtain: "something large swaying",
  "off-body": "away from the infant",
};

/** How the minute around an event looked. */
export const AROUND_WORDS = {
  "awake-looking": "much movement around it, as when awake",
  resting: "hardly any movement around it",
} as const;

/** What may have set an event off. */
export const PROVOKED_WORDS = { sound: "just after a sound", movement: "just after a movement" } as const;

/** What each state of the coverage lane means. */
export const COVERAGE_WORDS: Readonly<Record<Timeline["coverage"][number], string>> = {
  still: "Nothing moved",
  "legs-seen": "Movement, legs in view",
  "legs-not-seen": "Movement, legs not in view",
  carer: "Someone else in view",
  light: "Light changing",
  gap: "No picture",
  unreadable: "Damaged",
};

/** Names of the limbs in lists. */
export const LIMB_WORDS: Readonly<Record<ReportEvent["limb"], string>> = {
  "left leg": "Left leg",
  "right leg": "Right leg",
  "both legs": "Both legs",
  arm: "Arm",
  head: "Head",
  body: "Body",
  unseen: "Under a cover",
  none: "",
};

/** Who measured a number, in plain words. */
export const WITNESS_WORDS = {
  flow: "Motion",
  pose: "Leg positions",
  survey: "Whole picture",
  clock: "Frame timing",
} as const;

/** From this confidence on the rule is met clearly, or well. The edge of a rule is 0.5. */
const CLEARLY_FROM = 0.85;
const WELL_FROM = 0.65;

/** Confidence in words: how clearly the rule was met. It is no probability. */
export function describeClearness(event: Pick<ReportEvent, "kind" | "confidence">): string {
  if (event.kind === "indeterminate") return "No rule met";
  if (event.confidence >= CLEARLY_FROM) return "Clearly met";
  return event.confidence >= WELL_FROM ? "Well met" : "Just met";
}

/** Whether flow and pose agree, in words. */
export function describeAgreement(agree: boolean | null): string {
  if (agree === null) return "Only one of the two could tell.";
  return agree ? "The two agree." : "The two do not agree.";
}

/** A length of time in words: "45 s", "3 min 20 s", "7 h 30 min". */
export function describeDuration(seconds: number): string {
  if (seconds < 9.95) return `${Number(toTenths(seconds))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 600) return join(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : join(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A count with thin groups of three digits: 5 000 would wrap, so a comma. */
export function showCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a, b and c". */
export function listInWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Kinds that occur in the report, in report order, with what the summary counted. */
export function kindsPresent(report: NightReport): NightReport["summary"] {
  const byKind = new Map(report.summary.map((entry) => [entry.kind, entry]));
  return KIND_ORDER.flatMap((kind) => {
    const entry = byKind.get(kind);
    return entry && entry.count > 0 ? [entry] : [];
  });
}
