import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { matchEvents } from "../src/agreement/match-events.ts";
import { analyzeRecording } from "../src/analyze.ts";
import { quantile } from "../src/signal/statistics.ts";
import { raiseRatchet } from "./ratchet.ts";
import { checkSignals, wordSignals } from "./signals/print-signals.ts";
import { runSuite } from "./suite/run-suite.ts";
import { findTruthClips, type TruthEvent } from "./truth.ts";

/**
 * `npm run validate [-- --data DIR] [--only NAME]`: accuracy on clips with exact truth, or on sensor recordings.
 * `--suite [--only NAME] [--limit N] [--cache DIR]`: the widened suite, rendered on demand; `--suite --stills`: two hours
 * in which nothing happens.
 * `--ratchet`: raises the least figures that the tests allow.
 */

interface Row {
  truth: number;
  found: number;
  extra: number;
  onset: number[];
  hz: number[];
  strokes: number[];
  details: number;
  rightDetails: number;
}

interface Seen {
  readonly kind: string;
  readonly detail: string | null;
  readonly onset: number;
  readonly duration: number;
  readonly frequencyHz: number | null;
  readonly strokes: number | null;
}

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "fixtures" },
    only: { type: "string" },
    verbose: { type: "boolean" },
    suite: { type: "boolean" },
    stills: { type: "boolean" },
    ratchet: { type: "boolean" },
    limit: { type: "string", default: "999" },
    cache: { type: "string" },
  },
});
if (values.ratchet) {
  const fallen = await raiseRatchet();
  for (const line of fallen) console.error(line);
  process.exit(fallen.length > 0 ? 1 : 0);
}
if (values.suite) {
  await runSuite({
    ...{ only: values.only, limit: Number(values.limit), cache: values.cache },
    stills: values.stills ?? false,
  });
  process.exit(0);
}
const signals = checkSignals(values.data);
if (signals) {
  for (const line of wordSignals(signals)) console.log(line);
  process.exit(0);
}
const OVERLAP = 0.5;
/** A true motion above what the frame rate shows: nothing but "indeterminate" is right. */
const NOT_RESOLVABLE = "not-resolvable";

const clips = findTruthClips(values.data).filter((clip) => !values.only || clip.name.includes(values.only));
const rows = new Map<string, Row>();
const confusion: string[] = [];
let seconds = 0;
for (const clip of clips) {
  const { report, recording } = await analyzeRecording([clip.video]);
  // Truth counts time as the container does; ours starts at the first frame.
  const shift = recording.files[0]!.firstTimestamp;
  const seen: Seen[] = report.events.map((event) => ({ ...event, onset: event.onset + shift }));
  seconds += clip.duration;
  const truth = clip.events.map((event) =>
    event.kind === NOT_RESOLVABLE ? { ...event, kind: "indeterminate" } : event,
  );
  const exact = matchEvents(truth, seen, OVERLAP);
  // A change of light is a moment: any overlap finds it.
  const moments = matchEvents(
    exact.missed.filter(({ kind }) => kind === "light-change"),
    exact.extra,
    1e-6,
  );
  const matches = [...exact.matches, ...moments.matches];
  const missed = exact.missed.filter((one) => !moments.matches.some(({ reference }) => reference === one));
  for (const { reference, detection } of matches) {
    const row = rowOf(reference.kind);
    row.truth++;
    row.found++;
    if (reference.detail !== undefined) {
      row.details++;
      if (reference.detail === detection.detail) row.rightDetails++;
      else
        confusion.push(
          `${clip.name}: ${describe(reference)} is ${reference.detail}, seen as ${detection.detail}`,
        );
    }
    row.onset.push(Math.abs(detection.onset - reference.onset));
    if (reference.hz !== undefined && reference.kind !== "indeterminate" && detection.frequencyHz !== null) {
      row.hz.push(Math.abs(detection.frequencyHz - reference.hz));
    }
    if (reference.strokes && detection.strokes !== null)
      row.strokes.push(detection.strokes - reference.strokes.length);
  }
  for (const one of missed) {
    rowOf(one.kind).truth++;
    const instead = seen.filter(
      (other) => Math.min(endOf(one), endOf(other)) > Math.max(one.onset, other.onset),
    );
    confusion.push(
      `${clip.name}: ${describe(one)} not found; there: ${instead.map(describe).join(", ") || "nothing"}`,
    );
  }
  for (const one of moments.extra) {
    rowOf(one.kind).extra++;
    confusion.push(`${clip.name}: ${describe(one)} found, not true`);
  }
  if (values.verbose)
    for (const one of report.events)
      console.log(
        clip.name,
        describe({ ...one, onset: one.onset + shift }),
        one.confidence,
        one.evidence.because,
      );
  else
    console.error(`${clip.name}: ${matches.length} of ${truth.length} found, ${moments.extra.length} extra`);
}

console.log(`${clips.length} clips, ${(seconds / 60).toFixed(1)} min, overlap over union >= ${OVERLAP}`);
console.log(`node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
console.log("");
console.log(
  "kind              true  found  extra  recall  precision  onset error s (median, worst)  Hz error (median, worst)  sub-kind right  strokes off",
);
for (const [kind, row] of [...rows].sort()) {
  const ratio = (part: number, whole: number) => (whole === 0 ? "   -" : (part / whole).toFixed(2));
  const spread = (errors: number[], digits: number) =>
    errors.length === 0
      ? "-"
      : `${quantile(errors, 0.5).toFixed(digits)}, ${Math.max(...errors).toFixed(digits)}`;
  console.log(
    [
      kind.padEnd(17),
      String(row.truth).padStart(4),
      String(row.found).padStart(6),
      String(row.extra).padStart(6),
      ratio(row.found, row.truth).padStart(7),
      ratio(row.found, row.found + row.extra).padStart(10),
      spread(row.onset, 2).padStart(30),
      spread(row.hz, 3).padStart(25),
      (row.details === 0 ? "-" : `${row.rightDetails} of ${row.details}`).padStart(15),
      row.strokes.length === 0 ? "-".padStart(12) : row.strokes.map(signed).join(" ").padStart(12),
    ].join(" "),
  );
}
for (const line of confusion) console.log(line);

function rowOf(kind: string): Row {
  const row = rows.get(kind) ?? {
    truth: 0,
    found: 0,
    extra: 0,
    onset: [],
    hz: [],
    strokes: [],
    details: 0,
    rightDetails: 0,
  };
  rows.set(kind, row);
  return row;
}

function endOf(event: { onset: number; duration: number }): number {
  return event.onset + event.duration;
}

function describe(event: Pick<TruthEvent, "kind" | "onset" | "duration">): string {
  return `${event.kind} ${event.onset.toFixed(2)}-${endOf(event).toFixed(2)}`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
