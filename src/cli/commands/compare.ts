import type { Command } from "commander";
import { compareViews, openOutFolder, renderComparePage, VERSION, type ViewComparison } from "../../index.ts";
import { numberFlag } from "../read-flags.ts";

interface CompareFlags {
  readonly out?: string;
  readonly overlap: string;
  readonly epoch: string;
  readonly names?: string;
  readonly json?: boolean;
}

/** `kickline compare A B [--out DIR]` */
export function addCompare(program: Command): void {
  program
    .command("compare")
    .description("compare two views of the same recordings: machine and human, two humans, two versions")
    .argument(
      "<first>",
      "a night's folder, a study, a file of annotations, or a folder of many; counts as the reference",
    )
    .argument("<second>", "the same, of the other view; recordings are paired by name")
    .option("-o, --out <folder>", "also write compare.html, compare.tsv and compare.json there")
    .option("--overlap <share>", "overlap over union that makes two events one", "0.5")
    .option("--epoch <seconds>", "length of the epochs for kappa, above 0.1", "30")
    .option("--names <first,second>", "what the two views are called", "first,second")
    .option("--json", "print as JSON")
    .action(async (first: string, second: string, flags: CompareFlags) => {
      const options = {
        overlap: numberFlag("--overlap", flags.overlap, { above: 0, most: 1 }),
        epochSeconds: numberFlag("--epoch", flags.epoch, { above: 0.1 }),
      };
      const [ours = "first", theirs = "second"] = (flags.names ?? "")
        .split(",")
        .filter((name) => name !== "");
      const found = await compareViews(first, second, options);
      const table = tellKinds(found, ours, theirs);
      const json = `${JSON.stringify(found, null, 1)}\n`;
      if (flags.out !== undefined) {
        const folder = await openOutFolder(flags.out);
        const page = renderComparePage({ ...found, first: ours, second: theirs, version: VERSION });
        await folder.publish({ "compare.html": page, "compare.tsv": toTsv(table), "compare.json": json });
      }
      const alone = found.unpaired.length > 0 ? `Only one of both has: ${found.unpaired.join(", ")}.\n` : "";
      process.stdout.write(flags.json ? json : `${aligned(table)}\n${alone}`);
    });
}

function tellKinds(
  { comparison: { any, kinds } }: ViewComparison,
  first: string,
  second: string,
): string[][] {
  const head = ["kind", first, second, "both", "precision", "recall", "f1", "onset_s", "length_s", "kappa"];
  const figure = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "n/a");
  const rows = [any, ...kinds].map((one) => [
    ...[one.kind, String(one.first), String(one.second), String(one.both)],
    ...[one.precision, one.recall, one.f1, one.onset.median, one.duration.median, one.epochs.kappa].map(
      figure,
    ),
  ]);
  return [head, ...rows];
}

function toTsv(table: readonly (readonly string[])[]): string {
  return `${table.map((cells) => cells.join("\t")).join("\n")}\n`;
}

function aligned(table: readonly (readonly string[])[]): string {
  const widths = table[0]!.map((_, i) => Math.max(...table.map((cells) => cells[i]!.length)));
  return table
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
