import { describe, expect, it } from "vitest";
import { importsOf, readSource, type SourceImport, sourceFiles } from "./source-imports.ts";

/** The way of a recording through the house: each stage knows what comes before it, and only by its types. */
const STAGES = [
  ...["recording", "frames", "survey", "pose", "flow", "tracks", "movement", "sound", "events"],
  ...[
    "epochs",
    "series",
    "soothing",
    "uncertainty",
    "agreement",
    "resolvability",
    "probe",
    "report",
    "store",
  ],
];
/** What any file may import. */
const COMMON = ["signal", "time.ts", "issues.ts", "errors.ts", "options.ts", "version.ts"];
/** Stages that must no longer see these: after flow no pixels, after movement no tracks. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  tracks: ["frames"],
  movement: ["frames"],
  sound: ["frames", "survey", "pose", "flow", "tracks", "movement"],
  events: ["frames", "pose", "flow", "tracks"],
  epochs: ["frames", "pose", "flow", "tracks", "movement"],
  series: ["frames", "pose", "flow", "tracks", "movement"],
  soothing: ["frames", "pose", "flow", "tracks", "movement"],
  uncertainty: ["frames", "pose", "flow", "tracks", "movement"],
  agreement: ["frames", "pose", "flow", "tracks", "movement"],
  resolvability: ["frames", "pose", "flow", "tracks"],
  report: ["frames", "pose", "flow", "tracks"],
};
/** Where Node may be seen; everything else runs in a browser too. */
const NODE =
  /^(recording|frames\/readers|media|pose\/estimators|store|study|queue\/queues|cli|server|worker)\//;
/** Packages that must stay replaceable, and the one place that knows each. */
const HEAVY: readonly [name: RegExp, place: RegExp][] = [
  [/^onnxruntime-node$/, /^pose\/estimators\/onnx\.ts$/],
  [/^h5wasm$/, /^interop\/poses\/hdf5-file\.ts$/],
  [/^@bufbuild\/protobuf/, /^pose\/estimators\/onnx-outline\.ts$/],
  [/^@tensorflow\//, /^pose\/estimators\/tfjs\.ts$/],
  [/^sharp$/, /^media\/thumbnail-strip\.ts$/],
  [/^fluent-ffmpeg$/, /^media\/event-clip\.ts$/],
  [/^fast-xml-parser$/, /^interop\/annotations\/elan\.ts$/],
  [/^webvtt-parser$/, /^interop\/annotations\/webvtt\.ts$/],
  [/^commander$/, /^cli\/(main|commands\/[\w-]+)\.ts$/],
  [/^@libsql\/client$/, /^server\/database\/open-database\.ts$/],
  [/^@tus\//, /^server\/uploads\/upload-server\.ts$/],
  [/^pdfkit$/, /^server\/pdf\/night-pdf\.ts$/],
  [/^client-zip$/, /^server\/routes\/exports\.ts$/],
  [/^hono/, /^server\/(app|routes\/[\w-]+|security\/[\w-]+)\.ts$/],
  [/^bullmq$/, /^queue\/queues\/bullmq\.ts$/],
  [/^ioredis$/, /^queue\/queues\/redis-connection\.ts$/],
  [/^@aws-sdk\//, /^store\/storages\/s3\.ts$/],
  [/^prom-client$/, /^worker\/metrics\.ts$/],
  [/^@hono\/node-server/, /^server\/(start-server|routes\/uploads)\.ts$/],
];
/** Known exceptions, "from -> to", each with its reason. One that no longer occurs fails the test. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "tracks/link-poses.ts -> pose/keypoint.ts": "the list of keypoint names is the contract itself",
  "flow/moving-cells.ts -> survey/survey.ts": "the coding of the motion map belongs to its type",
  "movement/foreign-motion.ts -> survey/survey.ts": "the coding of the motion map belongs to its type",
  "events/find-candidates.ts -> movement/movement.ts": "the list of limbs is the contract itself",
  "report/build-report.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "report/night-report.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "report/resolvability-schema.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "report/indices-schema.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "report/indices-schema.ts -> epochs/label-epochs.ts": "the list of states is the contract itself",
  "report/indices-schema.ts -> series/rule-sets.ts": "the list of rule sets is the contract itself",
  "report/formats/sketch-svg.ts -> survey/sketch.ts": "drawn while there is no report yet; a type only",
  "report/apply-review.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "agreement/compare-raters.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "agreement/review-action.ts -> events/movement-event.ts": "the list of kinds is the contract itself",
  "pose/estimators/examination.ts -> media/child-limits.ts":
    "the limits that the system keeps on child processes",
  "store/write-night.ts -> report/night-report.ts": "a report that is read is checked by its own schema",
  "store/write-night.ts -> report/formats/events-sidecar.ts": "the night folder is written in these formats",
  "store/write-night.ts -> report/formats/events-tsv.ts": "the night folder is written in these formats",
  "store/write-night.ts -> report/formats/indices-tsv.ts": "the night folder is written in these formats",
  "store/write-night.ts -> report/formats/report-html.ts": "the night folder is written in these formats",
  "store/write-night.ts -> report/formats/timeline-svg.ts": "the night folder is written in these formats",
  "options.ts -> epochs/epoch-options.ts": "the limits of epochs stand beside what uses them",
  "options.ts -> events/event-options.ts": "the limits of events stand beside the rules that use them",
  "options.ts -> sound/sound-options.ts": "likewise",
  "report/formats/compare-html.ts -> agreement/bland-altman.ts":
    "a comparison is a report of its own; types only",
  "report/formats/compare-html.ts -> agreement/compare-annotations.ts": "the same",
  "store/read-annotations.ts -> interop/annotations/annotation.ts": "the formats that are read",
  "store/read-annotations.ts -> interop/annotations/formats.ts": "the same",
  "store/read-poses.ts -> interop/poses/coco.ts": "the formats that are read",
  "store/read-poses.ts -> interop/poses/deeplabcut-csv.ts": "the same",
  "store/read-poses.ts -> interop/poses/openpose.ts": "the same",
  "store/read-poses.ts -> interop/poses/parse-hdf5.ts": "the same",
  "store/journal.ts -> night/journal.ts": "keeps the contract of the journal that the compositions use",
  "cli/commands/serve.ts -> server/start-server.ts": "a command that starts the other face",
  "cli/commands/work.ts -> worker/work.ts": "the same",
  "cli/commands/work.ts -> worker/metrics.ts": "the same",
  "cli/commands/work.ts -> worker/health-server.ts": "the same",
  "cli/commands/batch.ts -> worker/queue-study.ts": "gives a study to the workers of a queue",
  "cli/queue-flags.ts -> worker/open-queue.ts": "the queue that flags name",
  "cli/queue-flags.ts -> queue/job-queue.ts": "the same; types only",
  "cli/commands/queue.ts -> queue/job.ts": "the list of states is the contract itself",
  "queue/queues/redis-connection.ts -> errors.ts": "a server that is away is an error people can act on",
  "analyze.ts -> node:os": "loaded only when the caller names no number of cores",
  "night/free-memory.ts -> node:v8": "asks the engine for its memory; does nothing where there is none",
  "night/free-memory.ts -> node:vm": "the same",
  "night/picture-events.ts -> node:path": "composes media, as analyze.ts composes stages",
};

const FILES = sourceFiles();
const IMPORTS = FILES.flatMap(importsOf);
const nameOf = ({ from, to }: SourceImport) => `${from} -> ${to}`;
const stageOf = (path: string) => path.split("/")[0]!;
const isOurs = ({ to }: SourceImport) => FILES.includes(to);

/** The imports that break a rule, without the known exceptions. */
function breaches(isBroken: (one: SourceImport) => boolean): string[] {
  return IMPORTS.filter(isBroken)
    .map(nameOf)
    .filter((name) => !(name in EXCEPTIONS));
}

describe("the architecture", () => {
  it("lets a stage know earlier stages by their types, and later ones not at all", () => {
    const isBroken = ({ from, to, isType }: SourceImport) => {
      const [own, other] = [STAGES.indexOf(stageOf(from)), STAGES.indexOf(stageOf(to))];
      return own !== -1 && other !== -1 && own !== other && (other > own || !isType);
    };
    expect(breaches(isBroken)).toEqual([]);
  });

  it("shows later stages neither pixels nor tracks", () => {
    expect(breaches(({ from, to }) => HIDDEN[stageOf(from)]?.includes(stageOf(to)) ?? false)).toEqual([]);
  });

  it("keeps what all may import free of stages", () => {
    const isBroken = (one: SourceImport) =>
      isOurs(one) && COMMON.includes(stageOf(one.from)) && !COMMON.includes(stageOf(one.to));
    expect(breaches(isBroken)).toEqual([]);
  });

  it("lets stages import no composition and no face", () => {
    const known = [...STAGES, ...COMMON, "media"];
    const isBroken = (one: SourceImport) =>
      isOurs(one) && STAGES.includes(stageOf(one.from)) && !known.includes(stageOf(one.to));
    expect(breaches(isBroken)).toEqual([]);
  });

  it("lets only readers of recordings, compositions and faces start ffmpeg or touch picture files", () => {
    const allowed = /^(recording|frames\/readers|media|night|cli|server|worker)\/|^[\w-]+\.ts$/;
    expect(
      breaches(({ from, to, isType }) => stageOf(to) === "media" && !isType && !allowed.test(from)),
    ).toEqual([]);
  });

  it("shows Node to the outer rooms only", () => {
    expect(breaches(({ from, to }) => to.startsWith("node:") && !NODE.test(from))).toEqual([]);
  });

  it("lets the command line see the public library only", () => {
    const isBroken = (one: SourceImport) =>
      isOurs(one) && stageOf(one.from) === "cli" && !/^(cli\/.*|index\.ts|time\.ts)$/.test(one.to);
    expect(breaches(isBroken)).toEqual([]);
  });

  it("lets the server see the public library, the queue and the clock only", () => {
    const isBroken = (one: SourceImport) =>
      isOurs(one) &&
      stageOf(one.from) === "server" &&
      !/^(server\/.*|queue\/.*|index\.ts|time\.ts)$/.test(one.to);
    expect(breaches(isBroken)).toEqual([]);
  });

  it("lets a worker see studies and the queue, and no other face", () => {
    const isBroken = (one: SourceImport) =>
      isOurs(one) &&
      stageOf(one.from) === "worker" &&
      !/^(worker|queue|study)\/|^(analyze|errors|version|night\/split-night)\.ts$/.test(one.to);
    expect(breaches(isBroken)).toEqual([]);
  });

  it("lets a queue know nothing of what its jobs are about", () => {
    const isBroken = (one: SourceImport) =>
      isOurs(one) && stageOf(one.from) === "queue" && stageOf(one.to) !== "queue";
    expect(breaches(isBroken)).toEqual([]);
  });

  it("keeps the formats of a report pure: text and bytes, made of the report alone", () => {
    const allowed = /^(report\/|events\/|signal\/|time\.ts|issues\.ts|options\.ts)/;
    const isBroken = ({ from, to, isType }: SourceImport) =>
      from.startsWith("report/formats/") && (!allowed.test(to) || (to.startsWith("events/") && !isType));
    expect(breaches(isBroken)).toEqual([]);
  });

  it("keeps each heavy package in its one place", () => {
    for (const [name, place] of HEAVY) {
      const users = IMPORTS.filter(({ to, isType }) => name.test(to) && !isType);
      expect(users.length).toBeGreaterThan(0);
      expect(users.map(({ from }) => from).filter((file) => !place.test(file))).toEqual([]);
    }
  });

  it("has no cycle of imports (types, gone at run time, may refer to each other)", () => {
    const next = new Map(FILES.map((file) => [file, [] as string[]]));
    for (const one of IMPORTS) if (isOurs(one) && !one.isType) next.get(one.from)!.push(one.to);
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`a cycle: ${[...path, file].join(" -> ")}`);
      if (done.has(file)) return;
      for (const to of next.get(file)!) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
  });

  it("imports only files that exist, with their ending", () => {
    expect(IMPORTS.filter(({ to }) => /\.[jt]s$/.test(to) && !FILES.includes(to)).map(nameOf)).toEqual([]);
  });

  it("has no drawer for odds and ends, no default export and no barrel but the door", () => {
    expect(FILES.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.|-)/.test(file))).toEqual([]);
    const sources = FILES.map((file) => ({ file, source: readSource(file) }));
    expect(sources.filter(({ source }) => /^export default/m.test(source)).map(({ file }) => file)).toEqual(
      [],
    );
    const barrels = sources.filter(({ source }) => /^export (\*|(type )?\{[^}]*\} from)/m.test(source));
    expect(barrels.map(({ file }) => file)).toEqual(["index.ts"]);
  });

  it("needs every exception it lists", () => {
    const names = new Set(IMPORTS.map(nameOf));
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
  });
});
