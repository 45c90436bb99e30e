/**
 * The median (upper, for an even count) of values, found by selection. Reorders `values`: give it a copy.
 *
 * *Source:* Hoare 1961, Algorithm 65: FIND.
 */
export function selectMedian(values: Float32Array): number {
  const wanted = values.length >> 1;
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let k = right;
    while (i <= k) {
      while (values[i]! < pivot) i++;
      while (values[k]! > pivot) k--;
      if (i > k) break;
      const held = values[i]!;
      values[i] = values[k]!;
      values[k] = held;
      i++;
      k--;
    }
    if (wanted <= k) right = k;
    else if (wanted >= i) left = i;
    else break;
  }
  return values[wanted] ?? NaN;
}
