/**
 * A farm of workers on one queue, by simulation: what is measured of single jobs goes in, what a thousand
 * machines would make of a hundred thousand nights comes out. Nothing here is a measurement of such a farm.
 */
export interface JobCost {
  /** Median seconds of a job, and the spread of its logarithm. */
  readonly seconds: number;
  readonly spread: number;
  /** Bytes it reads from the storage, and writes to it. */
  readonly reads: number;
  readonly writes: number;
}

export interface FarmSetup {
  readonly workers: number;
  readonly nights: number;
  /** Parts of a night in each of the two rounds. */
  readonly surveyParts: number;
  readonly spanParts: number;
  readonly open: JobCost;
  readonly middle: JobCost;
  readonly survey: JobCost;
  readonly spans: JobCost;
  readonly finish: JobCost;
  /** Time of the queue's one thread for a job, from claim to end, seconds; and for a look when nothing is due. */
  readonly queueSeconds: number;
  readonly lookSeconds: number;
  /** Seconds between looks of an idle worker. */
  readonly pollSeconds: number;
  /** Bytes a second that the storage gives to all together. */
  readonly storageBytes: number;
  readonly random: () => number;
}

export interface FarmResult {
  readonly seconds: number;
  readonly nightsPerHour: number;
  /** Share of the workers' time spent on jobs. */
  readonly busy: number;
  /** Share of the time the queue's thread was busy with jobs and with idle workers' looks. */
  readonly queueBusy: number;
  /** Share of the time the storage was giving all it can. */
  readonly storageBusy: number;
  /** Most nights begun and not finished at a time. */
  readonly mostOpen: number;
}

type Step = "open" | "survey" | "middle" | "spans" | "finish";

/** A heap of events by time. */
class Agenda {
  readonly #times: number[] = [];
  readonly #items: (readonly [night: number, step: Step])[] = [];

  get size(): number {
    return this.#times.length;
  }

  push(time: number, item: readonly [number, Step]): void {
    let i = this.#times.push(time) - 1;
    this.#items.push(item);
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (this.#times[up]! <= time) break;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): { time: number; item: readonly [number, Step] } {
    const found = { time: this.#times[0]!, item: this.#items[0]! };
    const [lastTime, lastItem] = [this.#times.pop()!, this.#items.pop()!];
    if (this.#times.length === 0) return found;
    this.#times[0] = lastTime;
    this.#items[0] = lastItem;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < this.#times.length && this.#times[left]! < this.#times[least]!) least = left;
      if (right < this.#times.length && this.#times[right]! < this.#times[least]!) least = right;
      if (least === i) return found;
      this.#swap(i, least);
      i = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b]!, this.#times[a]!];
    [this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!];
  }
}

/**
 * Plays it through, job by job. Parts go before new nights, as in the queue. Queue and storage are each one
 * server that takes its work in order: a job waits for its turn at both.
 */
export function simulateFarm(setup: FarmSetup): FarmResult {
  const { workers, nights } = setup;
  const agenda = new Agenda();
  const left = new Int32Array(nights);
  const ready: (readonly [number, Step])[] = [];
  let [idle, nextNight, finished, open, mostOpen] = [workers, 0, 0, 0, 0];
  let [queueFree, storageFree, queueUsed, storageUsed, worked, now] = [0, 0, 0, 0, 0, 0];
  let idleSeconds = 0;
  const costs: Readonly<Record<Step, JobCost>> = {
    ...{ open: setup.open, middle: setup.middle, survey: setup.survey },
    ...{ spans: setup.spans, finish: setup.finish },
  };
  const begin = (item: readonly [number, Step]) => {
    const cost = costs[item[1]];
    queueFree = Math.max(now, queueFree) + setup.queueSeconds;
    queueUsed += setup.queueSeconds;
    const moved = (cost.reads + cost.writes) / setup.storageBytes;
    storageFree = Math.max(queueFree, storageFree) + moved;
    storageUsed += moved;
    const own = cost.seconds * Math.exp(cost.spread * normal(setup.random));
    // Reading goes on beside the work: the slower of the two counts.
    const end = Math.max(queueFree + own, storageFree);
    worked += own;
    agenda.push(end, item);
  };
  const giveOut = () => {
    while (idle > 0) {
      const item = ready.pop();
      if (item) begin(item);
      else if (nextNight < nights) {
        begin([nextNight++, "open"]);
        mostOpen = Math.max(mostOpen, ++open);
      } else return;
      idle--;
    }
  };
  giveOut();
  while (agenda.size > 0) {
    const { time, item } = agenda.pop();
    idleSeconds += idle * (time - now);
    now = time;
    idle++;
    const [night, step] = item;
    const split = (parts: number, kind: Step, then: Step) => {
      left[night] = parts;
      if (parts === 0) ready.push([night, then]);
      for (let i = 0; i < parts; i++) ready.push([night, kind]);
    };
    if (step === "open") split(setup.surveyParts, "survey", "middle");
    else if (step === "middle") split(setup.spanParts, "spans", "finish");
    else if (step === "finish") {
      finished++;
      open--;
    } else if (--left[night]! === 0) ready.push([night, step === "survey" ? "middle" : "finish"]);
    giveOut();
  }
  const looks = (idleSeconds / setup.pollSeconds) * setup.lookSeconds;
  return {
    seconds: now,
    nightsPerHour: (3600 * finished) / now,
    busy: worked / (workers * now),
    queueBusy: (queueUsed + looks) / now,
    storageBusy: storageUsed / now,
    mostOpen,
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
