import type { NightReport } from "../../../src/report/night-report.ts";

/** What the server says of a night in lists. */
export interface NightBrief {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly addedAt: string;
  readonly job: {
    readonly state: "waiting" | "running" | "done" | "dead" | "cancelled";
    readonly attempts: number;
    readonly progress: AnalysisProgress | null;
    readonly reason: string | null;
  } | null;
  readonly report: {
    readonly startedAt: string | null;
    readonly duration: number;
    readonly summary: NightReport["summary"];
    readonly coverage: NightReport["coverage"];
    readonly fitToJudge: boolean;
    readonly highestHz: number;
  } | null;
}

export interface AnalysisProgress {
  readonly stage: "opening" | "survey" | "movement" | "report";
  readonly done: number | null;
  readonly total: number;
  readonly timesRealTime: number | null;
  readonly secondsLeft: number | null;
}

export interface Reviewer {
  readonly id: string;
  readonly name: string;
  readonly seesMachine: boolean;
}

export interface DiaryEntry {
  readonly id: string;
  readonly subject: string;
  readonly at: string;
  readonly kind: "feed" | "medicine" | "iron" | "fever" | "routine" | "other";
  readonly text: string;
}
