import type { NightReport } from "../report/night-report.ts";

/** Measures how long each stage of a run took. */
export interface Stopwatch {
  /** Ends a stage and begins the next. */
  lap(stage: string): void;
  /** Seconds by stage, with what pose and flow cost within theirs (side by side: sums may exceed the clock). */
  timing(costs: readonly { readonly poseMs: number; readonly flowMs: number }[]): NightReport["timing"];
}

export function createStopwatch(): Stopwatch {
  const started = performance.now();
  const stages: Record<string, number> = {};
  let last = started;
  const seconds = (ms: number) => Number((ms / 1000).toFixed(3));
  return {
    lap(stage) {
      const now = performance.now();
      stages[stage] = seconds(now - last);
      last = now;
    },
    timing(costs) {
      return {
        finishedAt: new Date().toISOString(),
        node: process.version,
        stages: {
          ...stages,
          "of which pose": seconds(costs.reduce((sum, cost) => sum + cost.poseMs, 0)),
          "of which flow": seconds(costs.reduce((sum, cost) => sum + cost.flowMs, 0)),
          total: seconds(performance.now() - started),
        },
      };
    },
  };
}
