/**
 * Exact two-sided interval of a binomial share (Clopper & Pearson 1934, doi 10.1093/biomet/26.4.404).
 *
 * @returns lower and upper end, 0-1; [0, 1] when nothing was tried.
 */
export function clopperPearson(hits: number, tries: number, level = 0.95): readonly [number, number] {
  const tail = (1 - level) / 2;
  const low = hits === 0 ? 0 : solve((p) => 1 - atMost(hits - 1, tries, p) - tail);
  const high = hits === tries ? 1 : solve((p) => tail - atMost(hits, tries, p));
  return [low, high];
}

/** Where an increasing function of a share crosses zero. */
function solve(increasing: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (increasing(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of at most `hits` of `tries`; terms by logarithms, so that many tries do not overflow. */
function atMost(hits: number, tries: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return hits >= tries ? 1 : 0;
  let [sum, logTerm] = [0, tries * Math.log1p(-p)];
  for (let k = 0; k <= hits; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((tries - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
