import type { NightReport } from "../night-report.ts";

export type IndexRate = NightReport["indices"]["series"][0]["night"]["candidatesPerHour"];
type RuleSetName = NightReport["indices"]["series"][0]["ruleSet"];

/** The rule sets in words; the numbers stand with their sources in the rule sets themselves. */
export const RULE_SET_WORDS: Readonly<
  Record<RuleSetName, { readonly name: string; readonly rules: string }>
> = {
  WASM_2016: {
    name: "WASM 2016",
    rules:
      "0.5-10 s of one leg, 0.5-15 s of both, 10-90 s from onset to onset, four or more; any other leg movement ends a series (Ferri and others, 2016).",
  },
  AASM: {
    name: "AASM",
    rules:
      "0.5-10 s, 5-90 s from onset to onset, four or more (manual 2.5, 2018). Twitches in an infant’s sleep come at intervals of ten seconds or less, and these rules make series of them.",
  },
};

/** A rate with its range: "12.3 (9.8 to 15.1)"; a dash where too little could be judged. */
export function showRate(rate: IndexRate): string {
  if (rate === null) return "–";
  return `${rate.rate.toFixed(1)} (${rate.from.toFixed(1)} to ${rate.to.toFixed(1)})`;
}

/** A share between 0 and 1. */
export function showShare(share: number | null): string {
  return share === null ? "–" : share.toFixed(2);
}
