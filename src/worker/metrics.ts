import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { JobQueue } from "../queue/job-queue.ts";
import { VERSION } from "../version.ts";
import type { WorkNews } from "./work.ts";

/** What Prometheus is told of a worker and its queue. Numbers only: no names of files, infants or nights. */
export interface WorkMetrics {
  readonly contentType: string;
  readonly count: (news: WorkNews) => void;
  /** The text that Prometheus reads. */
  readonly read: () => Promise<string>;
}

/** Seconds of a job, from a short clip to a whole night on one core. */
const BUCKETS = [1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400];

export function createMetrics(queue: JobQueue): WorkMetrics {
  const registry = new Registry();
  const registers = [registry];
  registry.setDefaultLabels({ kickline: VERSION });
  collectDefaultMetrics({ register: registry });
  new Gauge({
    ...{ name: "kickline_queue_jobs", help: "Jobs in the queue by state", labelNames: ["state"], registers },
    async collect() {
      for (const [state, count] of Object.entries(await queue.counts())) this.set({ state }, count);
    },
  });
  const running = new Gauge({
    ...{ name: "kickline_worker_jobs_running", help: "Jobs this worker has in hand", registers },
  });
  const ended = new Counter({
    name: "kickline_worker_jobs_total",
    help: "Jobs this worker has had in hand, by kind and how they left it",
    labelNames: ["of", "outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "kickline_worker_job_seconds",
    help: "Time a job was in hand, by kind and how it left",
    ...{ labelNames: ["of", "outcome"], buckets: BUCKETS, registers },
  });
  return {
    contentType: registry.contentType,
    count({ kind, of, seconds: spent }) {
      if (kind === "begun") running.inc();
      else {
        running.dec();
        ended.inc({ of, outcome: kind });
        seconds.observe({ of, outcome: kind }, spent);
      }
    },
    read: () => registry.metrics(),
  };
}
