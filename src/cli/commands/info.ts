import { availableParallelism, platform, release } from "node:os";
import { basename } from "node:path";
import type { Command } from "commander";
import {
  type ClockReport,
  DEFAULT_OPTIONS,
  describeClockReport,
  findFfmpeg,
  type Issue,
  KicklineError,
  listAddedModels,
  listModels,
  openRecording,
  type Recording,
  VERSION,
} from "../../index.ts";
import { formatSpan, wallTimeAt } from "../../time.ts";

interface InfoFlags {
  readonly options?: boolean;
  readonly json?: boolean;
  readonly startedAt?: string;
  readonly timeZone?: string;
}

/** `kickline info [RECORDING...]` */
export function addInfo(program: Command): void {
  program
    .command("info")
    .description("print versions, the decoder and the models; or what a recording is, without analysing it")
    .argument("[recording...]", "files or folders of one night: its clock, gaps and findings are told")
    .option("--options", "print the default options as JSON")
    .option("--started-at <time>", "clock at the first frame, such as 2026-11-22T21:30:00")
    .option("--time-zone <name>", "zone the clock was in, such as Europe/Berlin")
    .option("--json", "print as JSON")
    .action(async (paths: string[], flags: InfoFlags) => {
      if (flags.options) {
        process.stdout.write(`${JSON.stringify(DEFAULT_OPTIONS, null, 2)}\n`);
        return;
      }
      const info = paths.length > 0 ? await describeRecording(paths, flags) : await collect();
      if (flags.json) process.stdout.write(`${JSON.stringify(info, null, 2)}\n`);
      else if ("clock" in info) process.stdout.write(`${tellRecording(info).join("\n")}\n`);
      else
        process.stdout.write(
          `${Object.entries(info)
            .map(([key, value]) => `${key.padEnd(10)} ${show(value)}`)
            .join("\n")}\n`,
        );
    });
}

async function collect() {
  const ffmpeg = await findFfmpeg().then(
    ({ path, version, source }) => ({ path, version, source }),
    (error: unknown) => ({ missing: error instanceof KicklineError ? error.message : String(error) }),
  );
  return {
    kickline: VERSION,
    node: process.version,
    system: `${platform()} ${release()}, ${availableParallelism()} cores`,
    ffmpeg,
    models: [...(await listModels()), ...(await listAddedModels()).flatMap(({ identity }) => identity ?? [])],
  };
}

interface RecordingInfo {
  readonly recording: Omit<Recording, "files"> & { readonly files: readonly object[] };
  readonly clock: ClockReport;
  readonly issues: readonly Issue[];
}

/** Opens a recording as an analysis does. Numbers that are not known become null in JSON. */
async function describeRecording(paths: readonly string[], flags: InfoFlags): Promise<RecordingInfo> {
  const { recording, issues } = await openRecording(await findFfmpeg(), paths, flags);
  const files = recording.files.map(({ frames, path, ...file }) => ({
    name: basename(path),
    ...file,
    frames: frames.time.length,
  }));
  return { recording: { ...recording, files }, clock: describeClockReport(recording), issues };
}

function tellRecording({ recording, clock, issues }: RecordingInfo): string[] {
  const { startedAt, clockChanges, duration, size } = recording;
  const at = (seconds: number) => wallTimeAt(startedAt, seconds, clockChanges) ?? formatSpan(seconds);
  const stated = Number.isNaN(clock.statedFrameRate) ? "" : `, stated ${round(clock.statedFrameRate)}`;
  const rates = clock.stretches.map(({ frameRate }) => (Number.isNaN(frameRate) ? "-" : round(frameRate)));
  const pairs: [string, string][] = [
    ["files", String(recording.files.length)],
    ["from", at(0)],
    ["to", at(duration)],
    ["length", formatSpan(duration)],
    ["picture", `${size.width}x${size.height}`],
    ["frames", `${clock.frames}, ${round(clock.frameRate)} a second${stated}`],
    ["interval", [clock.interval, clock.shortestInterval, clock.longestInterval].map(inMs).join(", ")],
    ["missing", `${clock.droppedFrames} frames`],
    ["repeated", `${clock.duplicateFrames} frames of the same time`],
    [
      "pauses",
      clock.gaps.map((gap) => `${at(gap.onset)} for ${formatSpan(gap.duration)}`).join("; ") || "none",
    ],
    ["by 10 min", rates.join(" ")],
  ];
  const findings = issues.map(
    ({ code, onset, message }) => `${onset === undefined ? "" : `${at(onset)} `}${code}: ${message}`,
  );
  return [...pairs.map(([key, value]) => `${key.padEnd(10)} ${value}`), ...findings];
}

function inMs(seconds: number): string {
  return Number.isNaN(seconds) ? "not known" : `${round(1000 * seconds)} ms`;
}

function round(value: number): string {
  return String(Number(value.toFixed(2)));
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value))
    return value
      .map((one) => `${(one as { name: string }).name} ${(one as { version: string }).version}`)
      .join(", ");
  return Object.values(value as Record<string, unknown>).join(", ");
}
