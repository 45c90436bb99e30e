import type { EventKind } from "./movement-event.ts";

/** Who measured a number. */
export type Witness = "flow" | "pose" | "survey" | "clock";

/** One number used by a rule, with its limit. */
export interface Measure {
  /** Name of the feature, as in docs/definitions.md. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the rule asks: the value at least, or at most, this. */
  readonly comparison: "at least" | "at most";
  readonly limit: number;
  /** How far inside (positive) or outside (negative) the limit, as a share of the limit. */
  readonly margin: number;
  readonly witness: Witness;
}

/** The rule trace of an event: what the report, the app and a clinician argue with. */
export interface Evidence {
  /** Name of the rule that decided. */
  readonly rule: EventKind;
  /** One sentence in plain words. */
  readonly because: string;
  readonly measures: readonly Measure[];
  /** What flow and pose each say; agree is null when one of them could not see. */
  readonly witnesses: { readonly flow: string; readonly pose: string; readonly agree: boolean | null };
  /** The kind it came closest to otherwise, and what would have to change. */
  readonly nearest: { readonly kind: EventKind; readonly flip: string } | undefined;
  /** Every measured feature, for later re-thresholding. */
  readonly features: Readonly<Record<string, number>>;
}
