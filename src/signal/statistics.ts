/** The value below which the share `q` (0-1) of the finite values lies; NaN when there are none. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const finite = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  if (finite.length === 0) return NaN;
  const at = q * (finite.length - 1);
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return finite[low]! + (finite[high]! - finite[low]!) * (at - low);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Mean of the finite values; NaN when there are none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    sum += values[i]!;
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

/** Standard deviation over mean of the finite values; NaN with fewer than two. */
export function coefficientOfVariation(values: ArrayLike<number>): number {
  const m = mean(values);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    sum += (values[i]! - m) ** 2;
    count++;
  }
  return count < 2 ? NaN : Math.sqrt(sum / (count - 1)) / Math.abs(m);
}
