import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const PARTS: Readonly<Record<string, string>> = {
  ...{ eye: "Eye", ear: "Ear", shoulder: "Shoulder", elbow: "Elbow", wrist: "Wrist", hand: "Wrist" },
  ...{ hip: "Hip", knee: "Knee", ankle: "Ankle", foot: "Ankle" },
};

/**
 * Which of the 17 COCO keypoints a name means, as people write them: `left_knee`, `LKnee`, `knee-R`, `Right Ankle`; `hand` counts as
 * wrist and `foot` as ankle.
 *
 * @returns its number in COCO order; -1 for others.
 */
export function keypointOf(name: string): number {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trim();
  if (words === "nose") return 0;
  const match = /^(left|right|l|r) ?([a-z]+)$/.exec(words) ?? /^([a-z]+?) ?(left|right| l| r)$/.exec(words);
  if (!match) return -1;
  const [one, two] = [match[1]!.trim(), match[2]!.trim()];
  const [side, part] = /^(left|right|l|r)$/.test(one) ? [one, two] : [two, one];
  const known = PARTS[part];
  if (known === undefined) return -1;
  return (KEYPOINT_NAMES as readonly string[]).indexOf(`${side.startsWith("l") ? "left" : "right"}${known}`);
}

/**
 * Which of a file's body parts are keypoints: their numbers in COCO order and their places in the file. Of two parts
 * that mean the same keypoint the first counts.
 *
 * @throws KicklineError `poses-unreadable` when none is a knee or an ankle.
 */
export function needLegs(parts: readonly string[], format: string) {
  const found = parts.map((name, part) => ({ keypoint: keypointOf(name), part }));
  const first = found.filter(
    ({ keypoint }, i) => keypoint >= 0 && found.findIndex((one) => one.keypoint === keypoint) === i,
  );
  if (!first.some(({ keypoint }) => /Knee|Ankle/.test(KEYPOINT_NAMES[keypoint]!)))
    throw unreadablePoses(format, `no body part is a knee or an ankle: ${parts.slice(0, 40).join(", ")}`);
  return first;
}
