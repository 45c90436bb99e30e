import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { type Probe, type ProbeRow, probeRecording } from "../../index.ts";
import { formatSpan } from "../../time.ts";
import { EXIT } from "../exit.ts";
import { listenForStop } from "../interrupt.ts";
import { wholeFlag } from "../read-flags.ts";

interface ProbeFlags {
  readonly stretches: string;
  readonly model?: string;
  readonly encode: boolean;
  readonly json?: boolean;
}

/** `kickline probe RECORDING... [--stretches N] [--json]` */
export function addProbe(program: Command): void {
  program
    .command("probe")
    .description("paint movements of known size into still stretches of a recording, and say which are found")
    .argument("<recording...>", "the file, the files of one night, or a folder of them")
    .option("--stretches <n>", "still stretches to paint into; each takes a minute or more", "4")
    .option("--model <name>", "pose model, such as movenet-lightning (`kickline models list`)")
    .option("--no-encode", "judge the painted pictures as they are: quicker, and rosier")
    .option("--json", "print as JSON")
    .action(async (files: string[], flags: ProbeFlags) => {
      process.exitCode = await probe(files, flags);
    });
}

async function probe(files: readonly string[], flags: ProbeFlags): Promise<number> {
  const stretches = wholeFlag("--stretches", flags.stretches);
  const folder = flags.encode ? await mkdtemp(join(tmpdir(), "kickline-probe-")) : undefined;
  const stop = listenForStop();
  try {
    const found = await probeRecording(files, {
      ...{ stretches, parallel: availableParallelism(), signal: stop.signal },
      ...(folder === undefined ? {} : { encodeIn: folder }),
      ...(flags.model === undefined ? {} : { options: { pose: { model: flags.model } } }),
      onProgress: tellTrials,
    });
    process.stdout.write(`${flags.json ? JSON.stringify(found, null, 2) : tellProbe(found).join("\n")}\n`);
    return found.stretches.length > 0 ? EXIT.done : EXIT.notFitToJudge;
  } finally {
    stop.end();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

function tellTrials(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\rPainted movements looked at: ${done} of ${total}${done === total ? "\n" : ""}`);
}

function tellProbe({ stretches, passedOver, rows, smallest }: Probe): string[] {
  const others = `${passedOver.moving} others were moving, in ${passedOver.legsNotSeen} no leg was seen`;
  if (stretches.length === 0) {
    return [
      `No still stretch of 14 s in which a leg is seen: nothing could be painted (${others}).`,
      "What this recording could show is not known. A longer recording, or one with the legs in view, may tell.",
    ];
  }
  const isEncoded = smallest.encodedAnew.length > 0;
  return [
    `Painted into ${stretches.length} still stretch${stretches.length === 1 ? "" : "es"} (${others}):`,
    ...stretches.map(
      ({ onset, leg, shankPx, frameRate, crf }) =>
        `  at ${formatSpan(onset)}: ${leg}, shank ${round(shankPx)} px, ${round(frameRate)} pictures a second${Number.isNaN(crf) ? "" : `, compressed like x264 at ${crf}`}`,
    ),
    "",
    ...table(rows),
    "",
    "Smallest swing of a tremor-like rhythm found in four of five or more, px to one side:",
    ...smallest.asPainted.map(({ frequencyHz, sizePx }, i) => {
      const anew = smallest.encodedAnew[i]?.sizePx;
      return `  ${frequencyHz} Hz: ${sizeOf(sizePx)} as painted${isEncoded ? `, ${sizeOf(anew ?? NaN)} encoded anew` : ""}`;
    }),
    "",
    isEncoded
      ? "As painted is the best case (no encoder spoilt the movement), encoded anew the worst (spoilt twice): the truth lies between."
      : "As painted is the best case: no encoder spoilt the movement.",
    "A painted movement is a model of a real one: these shares say what the film can carry, not what an infant does.",
  ];
}

function table(rows: readonly ProbeRow[]): string[] {
  const head = ["kind", "pictures", "Hz", "px", "shanks", "found", "95 %", "else seen as"];
  const body = rows.map((row) => [
    row.kind,
    row.isEncoded ? "anew" : "as painted",
    Number.isNaN(row.frequencyHz) ? "" : String(row.frequencyHz),
    round(row.sizePx),
    row.sizeShanks.toFixed(3),
    `${row.found} of ${row.trials}`,
    `${Math.round(100 * row.recall95.from)}-${Math.round(100 * row.recall95.to)} %`,
    elseSeen(row),
  ]);
  const widths = head.map((word, i) => Math.max(word.length, ...body.map((cells) => cells[i]!.length)));
  return [head, ...body].map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
}

function elseSeen({ kind, seenAs }: ProbeRow): string {
  const others = Object.entries(seenAs).filter(([name]) => name !== kind);
  return others.map(([name, count]) => `${name} ${count}`).join(", ");
}

function sizeOf(px: number): string {
  return Number.isNaN(px) ? "none" : `${round(px)} px`;
}

/** Two digits that count. */
function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
