import type { Progress } from "../index.ts";

/** How progress is told: a bar on a terminal, one JSON object a line, or not at all. */
export type ProgressMode = "auto" | "bar" | "json" | "none";

const WORDS: Readonly<Record<Progress["stage"], string>> = {
  opening: "Opening the recording",
  survey: "Looking for movement",
  movement: "Measuring movement",
  report: "Writing the report",
};
const BAR = 24;
const EVERY_MS = 200;

export interface ProgressTeller {
  readonly tell: (progress: Progress) => void;
  /** Clears the line. */
  readonly end: () => void;
}

/** Seconds over which the pace is measured, and the least that says anything. */
const PACE_SECONDS = 20;
const PACE_LEAST = 0.5;
/** Seconds of recording that no work does in an instant: they came from the journal. */
const LEAP = 60;

/**
 * How fast work goes now. What an earlier run had done comes back in one leap and says nothing of the pace,
 * so the past is forgotten then; and after a while anyway, for a night is not equally hard everywhere.
 */
export class Pace {
  readonly #seen: { readonly now: number; readonly done: number }[] = [];

  /**
   * @param now seconds, any clock.
   * @param done seconds of recording done by now.
   * @returns seconds of recording per second; undefined while too little was seen.
   */
  at(now: number, done: number): number | undefined {
    const before = this.#seen.at(-1);
    if (before && done - before.done > LEAP && now - before.now < PACE_LEAST) this.#seen.length = 0;
    this.#seen.push({ now, done });
    while (this.#seen.length > 2 && now - this.#seen[1]!.now > PACE_SECONDS) this.#seen.shift();
    const first = this.#seen[0]!;
    return now - first.now > PACE_LEAST ? (done - first.done) / (now - first.now) : undefined;
  }
}

/** Tells progress on stderr, with the speed against real time and the time left of the stage. */
export function createProgressTeller(
  mode: ProgressMode,
  stream: NodeJS.WriteStream = process.stderr,
): ProgressTeller {
  const chosen = mode === "auto" ? (stream.isTTY ? "bar" : "none") : mode;
  let stage = "";
  let pace = new Pace();
  let last = 0;
  const tell = (progress: Progress) => {
    const now = performance.now();
    const isNew = progress.stage !== stage;
    if (isNew) {
      stage = progress.stage;
      pace = new Pace();
    } else if (now - last < EVERY_MS && progress.done < progress.total) return;
    last = now;
    const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
    const rate = pace.at(now / 1000, progress.done);
    const left = rate ? (progress.total - progress.done) / rate : undefined;
    if (chosen === "json") {
      const round = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(1)));
      const line = { ...progress, done: round(progress.done), total: round(progress.total) };
      stream.write(`${JSON.stringify({ ...line, timesRealTime: round(rate), secondsLeft: round(left) })}\n`);
    } else if (chosen === "bar") {
      const filled = Math.round(share * BAR);
      const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
      const speed = rate ? `  ${rate.toFixed(0)}x real time` : "";
      const time = left !== undefined ? `  ${formatLeft(left)} left` : "";
      stream.write(
        `\r\u001b[2K${WORDS[progress.stage].padEnd(24)} ${bar} ${(share * 100).toFixed(0).padStart(3)} %${speed}${time}`,
      );
    }
  };
  return { tell, end: () => void (chosen === "bar" && stream.write("\r\u001b[2K")) };
}

function formatLeft(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
