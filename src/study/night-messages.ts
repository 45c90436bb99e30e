import type { Progress } from "../analyze.ts";
import type { ErrorCode } from "../errors.ts";
import type { NightPart, NightPlan, PartSizes } from "../night/split-night.ts";
import type { NightTask } from "./analyze-input.ts";
import type { LedgerEntry } from "./ledger.ts";

/** What is asked of a program that analyses nights. */
export type NightOrder = { readonly task: NightTask } & (
  | { readonly kind: "analyze" }
  | { readonly kind: "plan"; readonly sizes: PartSizes }
  | { readonly kind: "measure"; readonly part: NightPart }
);

/** What the study sends it. */
export type NightMessage = NightOrder | { readonly kind: "stop" };

/** What that program answers; all but `ready` and `progress` end an order. */
export type NightAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "entry"; readonly entry: LedgerEntry }
  | { readonly kind: "plan"; readonly plan: NightPlan }
  | { readonly kind: "measured" }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly code: string; readonly why: string }
  | {
      readonly kind: "unwritable";
      readonly code: ErrorCode;
      readonly message: string;
      readonly advice: string;
    };
