import type { EventKind } from "../../src/events/movement-event.ts";
import { EVENT_KINDS } from "../../src/events/movement-event.ts";
import { issue } from "../../src/issues.ts";
import { DEFAULT_OPTIONS } from "../../src/options.ts";
import { type NightReport, nightReportSchema, type ReportEvent } from "../../src/report/night-report.ts";
import { wallTimeAt } from "../../src/time.ts";
import { inventEvent } from "./invented-event.ts";
import { inventIndices } from "./invented-indices.ts";

export interface InventedNight {
  readonly seed: number;
  readonly duration: number;
  readonly events: number;
  readonly startedAt?: string;
  readonly fileName?: string;
  readonly fitToJudge?: boolean;
  readonly hasSound?: boolean;
}

/** A small fast generator (mulberry32), so that an invented night is the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How often each kind comes, out of 100. */
const SHARES: Readonly<Record<EventKind, number>> = {
  "leg-movement": 32,
  kicking: 14,
  jerk: 16,
  "tremor-like": 5,
  "slow-rhythm": 2,
  "jerk-cluster": 1,
  "flexion-cluster": 1,
  startle: 6,
  rubbing: 1,
  "leg-slapping": 1,
  stretch: 1,
  "position-change": 1,
  "large-movement": 8,
  caregiver: 3,
  "light-change": 3,
  artefact: 1,
  indeterminate: 4,
};

/** A whole report, made up: movements come in clusters, as an infant's do. It satisfies the schema. */
export function inventNight(night: InventedNight): NightReport {
  const random = seededRandom(night.seed);
  const startedAt = night.startedAt ?? null;
  const file = night.fileName ?? "invented.mp4";
  const events = inventEvents(night, random, startedAt, file);
  const timeline = inventTimeline(night, events, random);
  const seconds = (state: string) =>
    timeline.coverage.filter((one) => one === state).length * timeline.binDuration;
  const coverage = {
    still: seconds("still") + seconds("light"),
    legsSeen: seconds("legs-seen"),
    legsNotSeen: seconds("legs-not-seen"),
    carer: seconds("carer"),
    gap: seconds("gap"),
    unreadable: seconds("unreadable"),
  };
  const observableHours = (coverage.still + coverage.legsSeen + coverage.legsNotSeen) / 3600;
  const fitToJudge = night.fitToJudge ?? true;
  return nightReportSchema.parse({
    schemaVersion: "1.3",
    recording: {
      id: `invented-${night.seed}`,
      files: [
        {
          name: file,
          hash: "sha256:0",
          bytes: 1000,
          onset: 0,
          duration: night.duration,
          frames: night.duration * 20,
          container: "mp4",
          codec: "h264",
        },
      ],
      startedAt,
      startedAtSource: startedAt === null ? null : "given",
      timeZone: null,
      clockChanges: [],
      duration: night.duration,
      frameRate: 20,
      width: 1280,
      height: 720,
      hasAudio: false,
    },
    clock: inventClock(night.duration),
    coverage: { ...coverage, observableHours: fitToJudge ? observableHours : observableHours / 20 },
    limits: {
      highestHz: 8,
      smallestAmplitude: 0.0031,
      trunkLengthPx: 142,
      cannotShow: [
        "Rhythms faster than 8.0 a second, at 20.0 frames a second.",
        "Whether the infant was asleep or awake, and any stage of sleep.",
      ],
    },
    resolvability: inventResolvability(night.duration),
    summary: EVENT_KINDS.map((kind) => {
      const own = events.filter((event) => event.kind === kind);
      const sum = own.reduce((total, { duration }) => total + duration, 0);
      return {
        kind,
        count: own.length,
        seconds: Number(sum.toFixed(3)),
        perObservableHour: Number((own.length / observableHours).toFixed(3)),
      };
    }),
    fitToJudge,
    timeline,
    sound: night.hasSound ? inventSound(timeline, random) : null,
    events,
    indices: inventIndices(events, night.duration, fitToJudge ? observableHours : observableHours / 20),
    issues: inventIssues(fitToJudge, night.duration),
    options: { ...DEFAULT_OPTIONS, pose: { ...DEFAULT_OPTIONS.pose, rateHz: 4 } },
    provenance: {
      kickline: "0.1.0",
      inputHash: "0123456789abcdef",
      models: [{ name: "movenet-thunder", version: "4", sha256: "ab".repeat(32) }],
      decoder: "ffmpeg 5.1.9",
      classifier: "heuristic",
    },
    timing: {
      finishedAt: "2026-11-15T08:00:00.000Z",
      node: "v20.20.2",
      stages: { survey: 410.2, "pose and flow": 1204.9, total: 1650.3 },
    },
  });
}

function inventClock(duration: number): NightReport["clock"] {
  const stretches = Array.from({ length: Math.ceil(duration / 600) }, (_, i) => {
    const own = Math.min(600, duration - i * 600);
    return { onset: i * 600, duration: own, frames: own * 20, frameRate: 20, unevenShare: 0.01 };
  });
  return {
    ...{ frameRate: 20, statedFrameRate: 25, interval: 0.05, shortestInterval: 0.04, longestInterval: 0.11 },
    ...{ frames: duration * 20, duplicateFrames: 0, droppedFrames: 12, stretches, gaps: [] },
  };
}

function inventResolvability(duration: number): NightReport["resolvability"] {
  const hours = Array.from({ length: Math.ceil(duration / 3600) }, (_, i) => ({
    ...{ onset: i * 3600, duration: Math.min(3600, duration - i * 3600), frameRate: 20, highestHz: 8 },
    ...{
      exposure: 0.05,
      blurKept: 0.757,
      noiseSpeed: 0.012,
      noisePx: 1.7,
      noiseSeconds: i % 2 === 0 ? 31 : 0,
    },
    ...{ trunkPx: 142, shankPx: 61, atHz: 5, smallestPx: 0.75, smallestShanks: 0.0123 },
    legsSeen: i % 2 === 0 ? 0.8 : null,
  }));
  const reason = "At 20 pictures a second no rhythm faster than 8 a second can be shown.";
  return {
    hours,
    kinds: [
      {
        ...{ what: "Fast tremor-like rhythm (6 to 12 a second)", kind: "tremor-like", judged: "partly" },
        ...{ reason, hours: hours.map((_, i) => i) },
      },
      { what: "Jerk", kind: "jerk", judged: "yes", reason: null, hours: [] },
      {
        ...{ what: "Which leg moved", kind: "leg-movement", judged: "no" },
        reason: "The legs were hardly ever in view while something moved.",
        hours: hours.map((_, i) => i),
      },
    ],
  };
}

function inventSound({ bins }: NightReport["timeline"], random: () => number): NightReport["sound"] {
  const lane = Array.from({ length: bins }, () => Number((random() * 40).toFixed(1)));
  return {
    ...{ heard: 5400, cryLike: 42, lane },
    stretches: [
      { kind: "loud", onset: 100.5, duration: 0.7, above: 22.4, pitchHz: null },
      { kind: "cry-like", onset: 1200, duration: 42, above: 31, pitchHz: 421 },
    ],
  };
}

function inventIssues(fitToJudge: boolean, duration: number) {
  if (!fitToJudge) return [issue("infant-not-found", { onset: 0, duration }), issue("picture-dark")];
  return [
    issue("frame-rate-low"),
    ...[0.2, 0.5, 0.7].map((share) => issue("legs-not-found", { onset: duration * share, duration: 30 })),
  ];
}

function inventEvents(
  night: InventedNight,
  random: () => number,
  startedAt: string | null,
  file: string,
): ReportEvent[] {
  const clusters = Array.from(
    { length: Math.max(3, Math.round(night.duration / 1500)) },
    () => random() * night.duration,
  );
  const onsets = Array.from({ length: night.events }, () => {
    const centre = clusters[Math.floor(random() * clusters.length)]!;
    const spread = random() < 0.3 ? night.duration : night.duration / 60;
    return Math.min(night.duration - 20, Math.max(0, centre + (random() - 0.5) * spread));
  }).sort((a, b) => a - b);
  const counts = new Map<EventKind, number>();
  return onsets.map((at) => {
    const kind = pickKind(random);
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const onset = Number(at.toFixed(2));
    return {
      ...inventEvent(kind, random),
      id: `${kind}-${String(number).padStart(3, "0")}`,
      onset,
      wallTime: wallTimeAt(startedAt ?? undefined, onset) ?? null,
      file,
      fileTime: onset,
    };
  });
}

function pickKind(random: () => number): EventKind {
  let left = random() * 100;
  for (const kind of EVENT_KINDS) {
    left -= SHARES[kind];
    if (left < 0) return kind;
  }
  return "leg-movement";
}

function inventTimeline(
  night: InventedNight,
  events: readonly ReportEvent[],
  random: () => number,
): NightReport["timeline"] {
  const binDuration = Math.max(0.5, night.duration / 2400);
  const bins = Math.ceil(night.duration / binDuration);
  const series = (base: number, spread: number) =>
    Array.from({ length: bins }, () => Number((base + spread * random()).toFixed(2)));
  const activity = series(0.8, 0.7);
  const leftLeg = new Array<number | null>(bins).fill(null);
  const rightLeg = new Array<number | null>(bins).fill(null);
  const coverage = new Array<NightReport["timeline"]["coverage"][number]>(bins).fill("still");
  for (const event of events) {
    const from = Math.max(0, Math.floor((event.onset - 2) / binDuration));
    const to = Math.min(bins, Math.ceil((event.onset + event.duration + 2) / binDuration));
    const isHidden = event.limb === "unseen" || event.onset % 7200 > 5400;
    for (let bin = from; bin < to; bin++) {
      activity[bin] = Math.max(activity[bin]!, Number((20 + random() * 100).toFixed(2)));
      coverage[bin] =
        event.kind === "caregiver"
          ? "carer"
          : event.kind === "light-change"
            ? "light"
            : isHidden
              ? "legs-not-seen"
              : "legs-seen";
      if (coverage[bin] !== "legs-seen") continue;
      if (event.limb !== "right leg") leftLeg[bin] = Number((random() * 2.4).toFixed(3));
      if (event.limb !== "left leg") rightLeg[bin] = Number((random() * 2.4).toFixed(3));
    }
  }
  if (bins > 400) coverage.fill("gap", Math.floor(bins * 0.62), Math.floor(bins * 0.632));
  const brightness = Array.from({ length: bins }, (_, bin) =>
    Number((bin < bins * 0.06 || bin > bins * 0.93 ? 128 : 62 + random()).toFixed(2)),
  );
  return { binDuration, bins, activity, leftLeg, rightLeg, brightness, noise: series(2, 2), coverage };
}
