import type { NightReport, ReportEvent } from "../../night-report.ts";
import {
  AROUND_WORDS,
  COVERAGE_WORDS,
  DETAIL_WORDS,
  describeAgreement,
  describeClearness,
  KIND_WORDS,
  kindsPresent,
  LIMB_WORDS,
  PROVOKED_WORDS,
  WITNESS_WORDS,
} from "../../wording.ts";
import { faceMsOf } from "../clock-axis.ts";
import { describeNearest, wordsOfFeature } from "../feature-words.ts";
import { MOST_SOUND, scalesOf } from "../svg/lanes.ts";

/**
 * What the page's script draws from, kept small: names are numbered once, events are short rows. A night of
 * 5,000 events with all its features stays at a few megabytes.
 */
export function collectData(report: NightReport) {
  const features = numberNames(
    report.events.flatMap(({ evidence }) => [
      ...Object.keys(evidence.features),
      ...evidence.measures.map(({ name }) => name),
    ]),
  );
  const { recording, timeline } = report;
  const scales = scalesOf(report);
  return {
    duration: recording.duration,
    faceMs: faceMsOf(recording.startedAt) ?? null,
    clockChanges: recording.clockChanges,
    isFit: report.fitToJudge,
    files: recording.files.map(({ name }) => name),
    kinds: kindsPresent(report).map(({ kind, count }) => ({ id: kind, name: KIND_WORDS[kind].name, count })),
    coverageWords: Object.values(COVERAGE_WORDS),
    witnesses: WITNESS_WORDS,
    features: [...features.keys()].map((name) => ({ id: name, ...wordsOfFeature(name) })),
    scales: {
      motion: scales.mostMotion,
      speed: scales.mostSpeed,
      noise: scales.mostNoise,
      sound: MOST_SOUND,
    },
    timeline: {
      binDuration: timeline.binDuration,
      activity: timeline.activity,
      leftLeg: timeline.leftLeg,
      rightLeg: timeline.rightLeg,
      brightness: timeline.brightness.map((value) => Math.round(value)),
      noise: timeline.noise,
      sound: report.sound ? report.sound.lane : null,
      coverage: timeline.coverage.map((state) => COVERAGE_ORDER.indexOf(state)),
    },
    events: [...report.events]
      .sort((a, b) => a.onset - b.onset)
      .map((event) => compactEvent(event, report, features)),
  };
}

const COVERAGE_ORDER = Object.keys(COVERAGE_WORDS);

function numberNames(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(names)].map((name, i) => [name, i]));
}

function compactEvent(event: ReportEvent, { recording }: NightReport, features: ReadonlyMap<string, number>) {
  const { evidence } = event;
  const file = recording.files.findIndex(({ name }) => name === event.file);
  return {
    id: event.id,
    on: event.onset,
    len: event.duration,
    kind: event.kind,
    limb: LIMB_WORDS[event.limb],
    more: moreWords(event),
    conf: Number(event.confidence.toFixed(2)),
    clear: describeClearness(event),
    hz: event.frequencyHz,
    strokes: event.strokes,
    file,
    at: event.fileTime,
    why: evidence.because,
    agree: describeAgreement(evidence.witnesses.agree),
    flow: evidence.witnesses.flow,
    pose: evidence.witnesses.pose,
    near: describeNearest(event),
    rule: evidence.measures.map((measure) => [
      features.get(measure.name),
      measure.value,
      measure.comparison,
      measure.limit,
      measure.margin,
      measure.witness,
    ]),
    all: Object.entries(evidence.features).flatMap(([name, value]) => [features.get(name), value]),
  };
}

/** The sub-kind and what the neighbours say, in a few words. */
function moreWords({ detail, around, provokedBy, strokesOf, members }: ReportEvent): string[] {
  return [
    detail === null ? "" : DETAIL_WORDS[detail],
    strokesOf === null ? "" : `left ${strokesOf.left}, right ${strokesOf.right} strokes`,
    members.length === 0 ? "" : `${members.length} events`,
    provokedBy === null ? "" : PROVOKED_WORDS[provokedBy],
    around === null ? "" : AROUND_WORDS[around],
  ].filter((words) => words !== "");
}

const PICTURE = /^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Thumbnails of events the report has; anything but a picture inside a data URI is left out. */
export function collectThumbnails(
  report: NightReport,
  thumbnails: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = report.events.flatMap(({ id }) => {
    const picture = Object.hasOwn(thumbnails, id) ? thumbnails[id] : undefined;
    return picture !== undefined && PICTURE.test(picture) ? [[id, picture] as const] : [];
  });
  return Object.fromEntries(kept);
}
