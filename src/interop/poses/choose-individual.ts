import { unreadablePoses } from "./unreadable-poses.ts";

/**
 * Which of several individuals of a file is meant.
 *
 * @returns its place in `names`.
 * @throws KicklineError `poses-unreadable` naming those there are, when the one wanted is none, or several are there and
 * none is wanted: a guess would be somebody's movements in place of the infant's.
 */
export function chooseIndividual(
  names: readonly string[],
  wanted: string | undefined,
  format: string,
): number {
  const list = names.map((name) => `"${name}"`).join(", ");
  if (wanted !== undefined) {
    const place = names.indexOf(wanted);
    if (place < 0) throw unreadablePoses(format, `nobody in it is called "${wanted}"; there are: ${list}`);
    return place;
  }
  if (names.length === 1) return 0;
  const what =
    names.length === 0 ? "nobody is in it" : `several are in it: ${list}; say which with --poses-of NAME`;
  throw unreadablePoses(format, what);
}
