/**
 * A number to a tenth ("0.9"), half a tenth upwards, from its thousandths, as results keep it: so that what is said before
 * and after a result was written is the same. (0.95 is less than 0.95 in binary, and `toFixed` says 0.9 of it.)
 */
export function toTenths(value: number): string {
  return (Math.round(toThousandths(value) / 100) / 10).toFixed(1);
}

/** The same to a whole number. */
export function toWhole(value: number): string {
  return String(Math.round(toThousandths(value) / 1000));
}

function toThousandths(value: number): number {
  return Math.round(value * 1000);
}
