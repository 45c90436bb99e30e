import type { Range } from "../signal/exact-range.ts";

/** Agreement of two series of answers beyond what chance would give. */
export interface Kappa {
  /** 1 is full agreement, 0 what chance gives; NaN where one answer only was ever given. */
  readonly kappa: number;
  /** Approximate 95 % range; NaN where kappa is. */
  readonly kappa95: Range;
  /** Share of answers that were the same. */
  readonly same: number;
  readonly answers: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.96;

/**
 * Computes Cohen's kappa of two series of answers of the same length.
 *
 * *Source:* Cohen 1960, doi 10.1177/001316446002000104, with its approximate standard error. *Limits:* where nearly all
 * answers are the same (a quiet night), kappa is low though raters agree; read it beside the share of same answers.
 */
export function computeKappa(first: ArrayLike<string | number>, second: ArrayLike<string | number>): Kappa {
  const n = Math.min(first.length, second.length);
  const counts = new Map<string | number, [number, number]>();
  let equal = 0;
  const count = (answer: string | number, side: 0 | 1) => {
    const both = counts.get(answer) ?? [0, 0];
    both[side]++;
    counts.set(answer, both);
  };
  for (let i = 0; i < n; i++) {
    if (first[i] === second[i]) equal++;
    count(first[i]!, 0);
    count(second[i]!, 1);
  }
  const same = equal / n;
  const expected = [...counts.values()].reduce((sum, [a, b]) => sum + (a * b) / (n * n), 0);
  if (!(expected < 1)) return { kappa: NaN, kappa95: { from: NaN, to: NaN }, same, answers: n };
  const kappa = (same - expected) / (1 - expected);
  const error = Math.sqrt((same * (1 - same)) / (n * (1 - expected) ** 2));
  const kappa95 = { from: Math.max(-1, kappa - Z * error), to: Math.min(1, kappa + Z * error) };
  return { kappa, kappa95, same, answers: n };
}
