import { countStates, type LedgerEntry, type NightNews, type Progress } from "../index.ts";
import { formatSpan } from "../time.ts";
import type { ProgressMode } from "./progress.ts";

const EVERY_MS = 250;
const BAR = 20;
/** Most nights shown at a time. */
const MOST_LINES = 12;
/** Where each stage of a night begins and how much of the night it is, roughly: for the time left only. */
const STAGES: Readonly<Record<Progress["stage"], readonly [from: number, share: number, word: string]>> = {
  opening: [0, 0.05, "opening"],
  survey: [0.05, 0.35, "looking for movement"],
  movement: [0.4, 0.58, "measuring movement"],
  report: [0.98, 0.02, "writing"],
};

interface Running {
  share: number;
  stage: string;
}

/** A study's progress on stderr: a table that is drawn over on a terminal, JSON lines, or a line a night. */
export class StudyTeller {
  readonly #total: number;
  readonly #mode: "table" | "json" | "lines" | "none";
  readonly #stream: NodeJS.WriteStream;
  readonly #started = performance.now();
  readonly #ended: LedgerEntry[] = [];
  readonly #running = new Map<string, Running>();
  #kept = 0;
  #drawn = 0;
  #last = -Infinity;

  constructor(total: number, mode: ProgressMode, stream: NodeJS.WriteStream = process.stderr) {
    this.#total = total;
    this.#stream = stream;
    this.#mode =
      mode === "bar" || (mode === "auto" && stream.isTTY) ? "table" : mode === "auto" ? "lines" : mode;
  }

  readonly tell = (news: NightNews): void => {
    if (news.kind === "kept") {
      this.#kept++;
      this.#ended.push(news.entry);
    } else if (news.kind === "started") this.#running.set(name(news.input), { share: 0, stage: "waiting" });
    else if (news.kind === "progress") {
      const { stage, done, total } = news.progress;
      const [from, share, word] = STAGES[stage];
      this.#running.set(name(news.input), {
        share: from + share * (total > 0 ? Math.min(1, done / total) : 0),
        stage: word,
      });
    } else {
      this.#running.delete(name(news.entry));
      this.#ended.push(news.entry);
    }
    this.#show(news);
  };

  /** Clears the table and leaves its last words. */
  end(): void {
    if (this.#mode === "table") this.#erase();
  }

  #show(news: NightNews): void {
    if (this.#mode === "json") {
      if (news.kind !== "progress" || this.#isDue())
        this.#stream.write(`${JSON.stringify(this.#line(news))}\n`);
    } else if (this.#mode === "lines" && news.kind === "ended") {
      const { entry, seconds } = news;
      const why = entry.why === null ? "" : `: ${entry.why}`;
      this.#stream.write(`${name(entry)} ${entry.state} (${seconds.toFixed(0)} s)${why}\n`);
    } else if (this.#mode === "table" && (news.kind !== "progress" || this.#isDue())) this.#draw();
  }

  #line(news: NightNews) {
    const left = this.#secondsLeft();
    const counts = { ended: this.#ended.length, total: this.#total, ...countStates(this.#ended) };
    const of = news.kind === "ended" || news.kind === "kept" ? name(news.entry) : name(news.input);
    const more =
      news.kind === "progress"
        ? { stage: news.progress.stage, share: Number((this.#running.get(of)?.share ?? 0).toFixed(3)) }
        : news.kind === "ended" || news.kind === "kept"
          ? { state: news.entry.state, code: news.entry.code, why: news.entry.why }
          : {};
    return { event: news.kind, night: of, ...more, ...counts, secondsLeft: left && Math.round(left) };
  }

  #isDue(): boolean {
    const now = performance.now();
    if (now - this.#last < EVERY_MS) return false;
    this.#last = now;
    return true;
  }

  /** Of the nights that were worked on, at the pace so far; undefined before anything is known. */
  #secondsLeft(): number | undefined {
    const worked = this.#ended.length - this.#kept;
    const done = worked + [...this.#running.values()].reduce((sum, { share }) => sum + share, 0);
    const elapsed = (performance.now() - this.#started) / 1000;
    if (done < 0.05 || elapsed < 1) return undefined;
    return ((this.#total - this.#kept - done) * elapsed) / done;
  }

  #draw(): void {
    this.#erase();
    const counts = countStates(this.#ended);
    const left = this.#secondsLeft();
    const words = Object.entries(counts).flatMap(([state, count]) =>
      count > 0 ? [`${count} ${state}`] : [],
    );
    const lines = [
      `${this.#ended.length} of ${this.#total} nights${words.length > 0 ? `: ${words.join(", ")}` : ""}${left === undefined ? "" : `  ${formatSpan(left)} left`}`,
      ...[...this.#running].slice(0, MOST_LINES).map(([night, { share, stage }]) => {
        const filled = Math.round(share * BAR);
        return `  ${night.slice(0, 34).padEnd(34)} ${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${(100 * share).toFixed(0).padStart(3)} %  ${stage}`;
      }),
    ];
    this.#stream.write(`${lines.join("\n")}\n`);
    this.#drawn = lines.length;
  }

  #erase(): void {
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }
}

function name({ subject, night }: { readonly subject: string; readonly night: string }): string {
  return `sub-${subject}_ses-${night}`;
}
