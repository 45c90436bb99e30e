/** A discrete Fourier transform of one length, in place; twiddle factors are made once. */
export interface Fourier {
  readonly length: number;
  /** Replaces (re, im) by its transform (forward, not scaled). */
  transform(re: Float64Array, im: Float64Array): void;
}

/**
 * Makes a radix-2 transform.
 *
 * *Source:* Cooley & Tukey 1965, decimation in time.
 *
 * @param length a power of two. @throws RangeError when it is none.
 */
export function createFourier(length: number): Fourier {
  if (length < 2 || (length & (length - 1)) !== 0) throw new RangeError(`${length} is no power of two`);
  const cos = Float64Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sin = Float64Array.from({ length: length / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  const bits = Math.log2(length);
  const reversed = Uint32Array.from({ length }, (_, i) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) value |= ((i >> bit) & 1) << (bits - 1 - bit);
    return value;
  });
  return {
    length,
    transform(re, im) {
      for (let i = 0; i < length; i++) {
        const j = reversed[i]!;
        if (j <= i) continue;
        const [x, y] = [re[i]!, im[i]!];
        re[i] = re[j]!;
        im[i] = im[j]!;
        re[j] = x;
        im[j] = y;
      }
      for (let half = 1; half < length; half *= 2) {
        const stride = length / (2 * half);
        for (let from = 0; from < length; from += 2 * half) {
          for (let k = 0; k < half; k++) {
            const c = cos[k * stride]!;
            const s = sin[k * stride]!;
            const a = from + k;
            const b = a + half;
            const x = re[b]! * c - im[b]! * s;
            const y = re[b]! * s + im[b]! * c;
            re[b] = re[a]! - x;
            im[b] = im[a]! - y;
            re[a] = re[a]! + x;
            im[a] = im[a]! + y;
          }
        }
      }
    },
  };
}
