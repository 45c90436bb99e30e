/** A number with the range its counting error leaves, 95 % unless told. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const LEVEL = 0.95;
/** Halvings of a search: far below what a double can tell apart. */
const STEPS = 200;

/**
 * Exact range of the mean of a Poisson count: the smallest and largest mean under which a count this extreme
 * still has half of what the level leaves out. A count of 0 gives 0 to 3.69.
 *
 * *Source:* Garwood 1936, Biometrika 28:437. *Assumes* that events come independently of each other; movements
 * that come in bouts do not, and then the true range is wider.
 *
 * @param count of events, 0 or more, whole.
 */
export function poissonRange(count: number, level = LEVEL): Range {
  const tail = (1 - level) / 2;
  const most = count + 20 + 20 * Math.sqrt(count + 1);
  return {
    from: count === 0 ? 0 : search(0, count, (mean) => 1 - poissonAtMost(count - 1, mean) >= tail),
    to: search(count, most, (mean) => poissonAtMost(count, mean) <= tail),
  };
}

/**
 * Exact range of a share, successes out of trials.
 *
 * *Source:* Clopper & Pearson 1934, Biometrika 26:404.
 */
export function shareRange(successes: number, trials: number, level = LEVEL): Range {
  const tail = (1 - level) / 2;
  return {
    from: successes === 0 ? 0 : search(0, 1, (p) => 1 - binomialAtMost(successes - 1, trials, p) >= tail),
    to: successes === trials ? 1 : search(0, 1, (p) => binomialAtMost(successes, trials, p) <= tail),
  };
}

/** A count over a time, per unit of that time, with its exact range; NaN over no time. */
export function rateRange(count: number, time: number): Range & { readonly rate: number } {
  const { from, to } = poissonRange(count);
  return time > 0 ? { rate: count / time, from: from / time, to: to / time } : { rate: NaN, ...UNKNOWN };
}

/**
 * The second of two rates over the first, with its exact range: given how many events there were in all, those
 * in the second time are binomial.
 *
 * *Source:* Przyborowski & Wilenski 1940, Biometrika 31:313, with the range of Clopper & Pearson.
 *
 * @returns NaN without events or time; an upper end of Infinity where the first time had no event.
 */
export function rateRatio(
  first: { readonly count: number; readonly time: number },
  second: { readonly count: number; readonly time: number },
): Range & { readonly ratio: number } {
  const all = first.count + second.count;
  if (all === 0 || !(first.time > 0) || !(second.time > 0)) return { ratio: NaN, ...UNKNOWN };
  const times = first.time / second.time;
  const toRatio = (share: number) => (share >= 1 ? Infinity : (share / (1 - share)) * times);
  const { from, to } = shareRange(second.count, all);
  return { ratio: toRatio(second.count / all), from: toRatio(from), to: toRatio(to) };
}

const UNKNOWN = { from: NaN, to: NaN };

/** The first place between two at which a test that fails before it holds. */
function search(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [from, to];
  for (let i = 0; i < STEPS && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function poissonAtMost(count: number, mean: number): number {
  if (mean === 0) return 1;
  return sumOfTerms(count, (k) => k * Math.log(mean) - mean - logFactorial(k));
}

function binomialAtMost(count: number, trials: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return count >= trials ? 1 : 0;
  const whole = logFactorial(trials);
  return sumOfTerms(
    count,
    (k) =>
      whole - logFactorial(k) - logFactorial(trials - k) + k * Math.log(p) + (trials - k) * Math.log1p(-p),
  );
}

function sumOfTerms(count: number, logTerm: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k <= count; k++) sum += Math.exp(logTerm(k));
  return Math.min(1, sum);
}

const FACTORIALS = [0];

/** ln(k!), remembered: counts of a night are small and asked for again and again. */
function logFactorial(k: number): number {
  for (let i = FACTORIALS.length; i <= k; i++) FACTORIALS.push(FACTORIALS[i - 1]! + Math.log(i));
  return FACTORIALS[k]!;
}
