import type { Progress } from "../analyze.ts";
import type { LedgerEntry } from "./ledger.ts";

/** What the study sends to a program that analyses nights. */
export type NightOrder =
  | { readonly kind: "analyze"; readonly task: import("./analyze-input.ts").NightTask }
  | { readonly kind: "stop" };

/** What that program answers. */
export type NightAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "entry"; readonly entry: LedgerEntry }
  | { readonly kind: "stopped" }
  | { readonly kind: "unwritable"; readonly message: string; readonly advice: string };
