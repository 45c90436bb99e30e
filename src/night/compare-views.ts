import { computeBlandAltman } from "../agreement/bland-altman.ts";
import {
  COMPARE_DEFAULTS,
  type CompareOptions,
  type Comparison,
  compareAnnotations,
} from "../agreement/compare-annotations.ts";
import { KicklineError } from "../errors.ts";
import type { RateComparison } from "../report/formats/compare-html.ts";
import { type NamedAnnotations, readAnnotations } from "../store/read-annotations.ts";

/** Two views of the same recordings, compared, with rates by recording. */
export interface ViewComparison {
  readonly comparison: Comparison;
  readonly rates: readonly RateComparison[];
  /** Recordings that only one of both has. */
  readonly unpaired: readonly string[];
}

/**
 * Compares two views of the same recordings: nights, files of annotations, or folders of either, which are paired by name.
 *
 * @throws KicklineError `annotations-unreadable`, `report-unreadable`, or `annotations-unreadable` where nothing pairs.
 */
export async function compareViews(
  first: string,
  second: string,
  options: Partial<CompareOptions> = {},
): Promise<ViewComparison> {
  const [ours, theirs] = await Promise.all([readAnnotations(first), readAnnotations(second)]);
  // Two single files are meant for each other, whatever they are called.
  const isSingle = ours.length === 1 && theirs.length === 1;
  const partner = ({ name }: NamedAnnotations) =>
    isSingle ? theirs[0] : theirs.find((other) => other.name === name);
  const paired = ours.flatMap((one) => {
    const other = partner(one);
    return other ? [{ name: one.name, first: one.set, second: other.set }] : [];
  });
  const used = new Set(paired.map(({ name }) => name));
  const unpaired = isSingle
    ? []
    : [...ours, ...theirs]
        .map(({ name }) => name)
        .filter((name, i, all) => !used.has(name) && all.indexOf(name) === i);
  if (paired.length === 0) {
    throw new KicklineError(
      "annotations-unreadable",
      `no recording of ${first} has the name of one of ${second}`,
      "Give both views of a recording the same name, such as night-1.tsv in both folders.",
    );
  }
  const pairs = paired.map((pair) => ({
    ...{ name: pair.name, first: pair.first.annotations, second: pair.second.annotations },
    duration: Math.max(pair.first.duration || 0, pair.second.duration || 0),
  }));
  const comparison = compareAnnotations(pairs, { ...COMPARE_DEFAULTS, ...options });
  return { comparison, rates: compareRates(pairs, comparison), unpaired };
}

function compareRates(
  pairs: readonly {
    readonly name: string;
    readonly first: readonly { readonly kind: string }[];
    readonly second: readonly { readonly kind: string }[];
    readonly duration: number;
  }[],
  { kinds }: Comparison,
): RateComparison[] {
  const timed = pairs.filter(({ duration }) => duration > 0);
  if (timed.length < 2) return [];
  return kinds.map(({ kind }) => {
    const rate = (events: readonly { readonly kind: string }[], duration: number) =>
      events.filter((event) => event.kind === kind).length / (duration / 3600);
    const recordings = timed.map(({ name, first, second, duration }) => ({
      ...{ name, first: rate(first, duration), second: rate(second, duration) },
    }));
    return {
      kind,
      recordings,
      agreement: computeBlandAltman(recordings.map((one) => [one.first, one.second])),
    };
  });
}
