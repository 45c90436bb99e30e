import type { CountChange, LedgerEntry, NightState } from "../index.ts";
import { EXIT } from "./exit.ts";

const MOST_LINES = 10;

/** The exit code that agrees with what became of the inputs. */
export function exitOf(counts: Readonly<Record<NightState, number>>): number {
  if (counts.failed > 0) return EXIT.failed;
  return counts.partial > 0 ? EXIT.notFitToJudge : EXIT.done;
}

/** Where a study's page lies. */
export function pageOf(study: string): string {
  return `${study.replace(/[\\/]+$/, "")}/study.html`;
}

/** What became of a study, in a few lines for a terminal. */
export function describeStudy(
  counts: Readonly<Record<NightState, number>>,
  entries: readonly LedgerEntry[],
): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const words = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  const others = entries.filter(({ state }) => state !== "done");
  const lines = others
    .slice(0, MOST_LINES)
    .map(({ subject, night, state, why }) => `  sub-${subject}_ses-${night} ${state}: ${why ?? ""}`);
  if (others.length > MOST_LINES) lines.push(`  ... and ${others.length - MOST_LINES} more in ledger.tsv`);
  return [`${total} ${total === 1 ? "night" : "nights"}: ${words.join(", ")}.`, ...lines].join("\n");
}

/** How counts differ between two option sets, by kind. */
export function describeChanges(changes: readonly CountChange[]): string {
  if (changes.length === 0) return "No count differs.";
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const lines = kinds.map((kind) => {
    const own = changes.filter((one) => one.kind === kind);
    const sum = (read: (one: CountChange) => number) => own.reduce((total, one) => total + read(one), 0);
    const difference = sum(({ after }) => after) - sum(({ before }) => before);
    return `  ${kind.padEnd(18)} ${difference >= 0 ? "+" : ""}${difference} in ${own.length} ${own.length === 1 ? "night" : "nights"} (${sum(({ before }) => before)} before, ${sum(({ after }) => after)} after)`;
  });
  return ["Counts that differ:", ...lines].join("\n");
}

/** The same night by night, as a table for programs. */
export function formatChanges(changes: readonly CountChange[]): string {
  const lines = changes.map(
    ({ subject, night, kind, before, after }) =>
      `sub-${subject}\tses-${night}\t${kind}\t${before}\t${after}\t${after - before}`,
  );
  return `${["participant_id\tsession_id\tkind\tbefore\tafter\tdifference", ...lines].join("\n")}\n`;
}
