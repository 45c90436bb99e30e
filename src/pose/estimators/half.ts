const EXPONENT_BIAS = 15;
const FRACTION_BITS = 10;
const SMALLEST_NORMAL = 2 ** -14;
const LARGEST = 65504;

/**
 * A number as the 16 bits of IEEE 754 binary16, rounded to nearest, ties to even; beyond its range the infinity.
 * Node 20 has no `Float16Array`.
 */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // Half a unit beyond the largest is where rounding goes to infinity.
  if (size >= LARGEST + 16) return sign | 0x7c00;
  if (size < SMALLEST_NORMAL) return sign | roundToEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // A logarithm may be off by one at powers of two; the fraction then says so.
  const right = size < 2 ** exponent ? exponent - 1 : size >= 2 ** (exponent + 1) ? exponent + 1 : exponent;
  const fraction = roundToEven((size / 2 ** right - 1) * 2 ** FRACTION_BITS);
  // A fraction that is rounded up to a whole carries into the exponent by itself.
  return sign | (((right + EXPONENT_BIAS) << FRACTION_BITS) + fraction);
}

/** What the 16 bits of a binary16 number stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 2 ** FRACTION_BITS) * 2 ** (exponent - EXPONENT_BIAS);
}

function roundToEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  if (rest !== 0.5) return Math.round(value);
  return whole % 2 === 0 ? whole : whole + 1;
}
