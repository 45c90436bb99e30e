import type { Evidence } from "../evidence.ts";
import type { Candidate } from "../features.ts";
import type { EventDetail, EventKind } from "../movement-event.ts";

/** What a classifier says of one candidate. */
export interface Verdict {
  readonly kind: EventKind;
  /** Sub-kind, one of `DETAILS_OF[kind]`. */
  readonly detail?: EventDetail | undefined;
  /** 0-1; 0.5 is on the edge of the rule. */
  readonly confidence: number;
  readonly evidence: Evidence;
}

/**
 * The contract of every classifier of candidates (proved by `test/conformance/classifiers.test.ts`):
 *
 * - pure: the same candidate gives the same verdict;
 * - every verdict carries its evidence: each number used, its limit and margin, the nearest other kind;
 * - mirror images (left and right exchanged) get the same kind; time shifts change nothing;
 * - what the frame rate cannot show is never guessed: such a rhythm is indeterminate;
 * - "indeterminate" is a good answer.
 */
export interface EventClassifier {
  readonly name: string;
  classify(candidate: Candidate): Verdict;
}
