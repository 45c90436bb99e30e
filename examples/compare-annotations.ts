/**
 * Says how far two views of the same recording agree: `compare-annotations.ts FIRST SECOND`. Each is a night's folder, a
 * file of annotations (BIDS, EDF+, BORIS, ELAN, WebVTT), or a folder of either.
 */
import { compareViews } from "kickline";

const [first, second] = process.argv.slice(2);
if (first === undefined || second === undefined) throw new Error("give two views");

const { comparison, unpaired } = await compareViews(first, second, { overlap: 0.3, epochSeconds: 10 });
for (const { kind, both, precision, recall, f1, epochs } of [...comparison.kinds, comparison.any]) {
  const shares = [precision, recall, f1].map((share) => share.toFixed(2)).join(" / ");
  console.log(
    `${kind}: ${both} in both, precision / recall / F1 ${shares}, kappa ${epochs.kappa.toFixed(2)}`,
  );
}
if (unpaired.length > 0) console.log(`only in one of both: ${unpaired.join(", ")}`);
