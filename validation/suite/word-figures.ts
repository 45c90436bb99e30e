import type { Figures } from "./figures.ts";

/** The figures as lines of plain text. */
export function wordFigures(one: Figures): string {
  const share = ({ count, of }: { count: number; of: number }) => `${count} of ${of}`;
  const spread = (of: Figures["onsetErrorS"]) =>
    of ? `median ${of.median}, worst ${of.worst} (${of.of})` : "-";
  const span = ([low, high]: readonly [number, number]) => `${low.toFixed(2)}-${high.toFixed(2)}`;
  const kinds = Object.entries(one.kinds).map(([kind, row]) =>
    [
      kind.padEnd(16),
      `${row.truth} true, ${row.found} found, ${row.extra} extra;`,
      `recall ${row.recall ?? "-"} (${span(row.recall95)}),`,
      `precision ${row.precision ?? "-"} (${span(row.precision95)})`,
    ].join(" "),
  );
  const confusion = Object.entries(one.confusion).map(
    ([truth, row]) =>
      `  ${truth.padEnd(16)} seen as ${Object.entries(row)
        .map(([seen, count]) => `${seen} ${count}`)
        .join(", ")}`,
  );
  return [
    `${one.clips} clips, ${(one.seconds / 60).toFixed(1)} min`,
    ...kinds,
    ...confusion,
    `macro F1: ${one.macroF1}; at 20-30 frames/s in plain view ${one.macroF1PlainView}`,
    `frequency error Hz: ${spread(one.frequencyErrorHz)}; onset error s: ${spread(one.onsetErrorS)}`,
    `false events on stills: ${one.stills.falseEvents} in ${(one.stills.hours * 60).toFixed(1)} min (${one.stills.perHour ?? "-"} an hour)`,
    `at 15 frames/s or more: kicking called tremor-like ${share(one.kickingCalledTremor)}, tremor called kicking ${share(one.tremorCalledKicking)}`,
    `smallest tremor found ${one.smallestTremorFoundPx ?? "-"} px, largest missed ${one.largestTremorMissedPx ?? "-"} px`,
    `patting counted as the infant's: ${share(one.pattingCountedAsInfants)}`,
  ].join("\n");
}
