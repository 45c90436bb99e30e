import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";

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
