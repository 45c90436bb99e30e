import type { ReportEvent } from "../night-report.ts";
import { KIND_WORDS } from "../wording.ts";

/** A measured feature in plain English: its name, and what it means where the name does not say. */
export interface FeatureWords {
  readonly name: string;
  readonly meaning: string;
  readonly unit: string;
}

const words = (name: string, unit = "", meaning = ""): FeatureWords => ({ name, unit, meaning });
const TRUNKS = "trunk lengths";

/**
 * Plain names of every feature of src/events/features.ts (a test holds the two together); a trunk length is the
 * distance from shoulders to hips.
 */
export const FEATURE_WORDS: Readonly<Record<string, FeatureWords>> = {
  duration: words("Length of the movement", "s"),
  frameRate: words("Frames filmed", "a second"),
  peakSpeed: words("Highest speed", `${TRUNKS} a second`),
  riseTime: words("Time to half the highest speed", "s", "Short: a sudden start."),
  strokes: words("Strokes", "", "Single swings of a leg."),
  strokesPerSecond: words("Strokes a second"),
  strokeVariation: words("Unevenness of the strokes", "", "0: like a clock; kicking pauses unevenly."),
  leftStrokes: words("Strokes of the left leg"),
  rightStrokes: words("Strokes of the right leg"),
  togetherShare: words("Strokes of both legs at once", "of all strokes"),
  alternationShare: words("Strokes followed by one of the other leg", "of all strokes"),
  armStrokes: words("Strokes of an arm"),
  armPeakSpeed: words("Highest speed of an arm", `${TRUNKS} a second`),
  trunkLead: words("Swing of the trunk against the limb", "", "Near 1: the whole body is shaken."),
  armLead: words("Speed of the arm against the legs", "", "Above 1: the arm is faster."),
  legBalance: words("Slower leg against the faster one", "", "1: both move alike; 0: one alone."),
  frequencyHz: words("Rhythm", "a second", "To-and-fro movements a second."),
  bandUse: words("Rhythm against the camera's limit", "", "1: the fastest rhythm this frame rate can show."),
  concentration: words(
    "Evenness of the rhythm",
    "",
    "Share of the movement that lies at one single rhythm; 1 is all.",
  ),
  snrDb: words("Rhythm above the background", "dB"),
  cycles: words("To-and-fro movements"),
  frequencyVariation: words("Drift of the rhythm", "", "0: the rhythm keeps its speed."),
  periodVariation: words("Unevenness of single swings", "", "0: every swing takes as long as the others."),
  asymmetry: words("Difference between to and fro", "", "0: to and fro are alike."),
  rhythmShare: words("Rhythm's share of the movement", "", "1: nothing but the rhythm moved."),
  amplitudeVariation: words("Change in size", "", "0: every swing is as large as the others."),
  amplitude: words("Size of the swing", TRUNKS, "A lower bound: from the middle to one side."),
  amplitudeShanks: words("Size of the swing", "shank lengths", "A lower bound; a shank is knee to ankle."),
  thighSwing: words("Swing of the thigh", TRUNKS),
  shankSwing: words("Swing of the lower leg", TRUNKS),
  footSwing: words("Swing of the foot", TRUNKS),
  secondDifferenceHz: words(
    "Difference of a second measurement",
    "a second",
    "The rhythm measured in two ways.",
  ),
  aliasHz: words(
    "Nearest rhythm that would look the same",
    "a second",
    "Because a camera takes single pictures.",
  ),
  leftLegShare: words("Left leg moving", "of the time"),
  rightLegShare: words("Right leg moving", "of the time"),
  armShare: words("Arms moving", "of the time"),
  headShare: words("Head moving", "of the time"),
  trunkShare: words("Trunk moving", "of the time"),
  bodyParts: words("Parts of the body that moved", "", "Legs, arms, head and trunk: 6 at most."),
  foreignShare: words("Motion away from the infant", "of all motion"),
  foreignPresence: words("Something else in the picture", "of the picture"),
  awayArea: words("Moving part away from the infant", "of the picture"),
  awayTravel: words("Wandering of what moves there", "picture widths a second"),
  pulseShare: words(
    "Movement just after key frames",
    "of the movement",
    "High: the video's coding makes it.",
  ),
  carerRhythmShare: words("Rhythm while someone else is there", "of the time"),
  carerHz: words("That rhythm", "a second"),
  carerBodySwing: words("Swing of legs and head meanwhile", TRUNKS),
  cameraSpeed: words("Movement of the surroundings", "px a second", "High: the camera moved."),
  legCoverage: words("Legs in view", "of the time"),
  kneeRange: words("Bending of the knee", "degrees"),
  ankleExcursion: words("Path of the ankle", TRUNKS),
  trunkTurn: words("Turn of the trunk", "degrees"),
  trunkShift: words("Shift of the trunk", TRUNKS),
  trunkRoll: words("Change in the trunk's width", "", "A trunk that rolls to its side looks narrower."),
  kneeStretch: words("Straightening of the knees", "degrees"),
  headBack: words("Head moved along the trunk", TRUNKS),
  legDraw: words("Ankles drawn towards the hips", TRUNKS),
  footToLeg: words("Usual distance of a foot from the other leg", TRUNKS),
  handToLeg: words("Distance of a hand from a leg", TRUNKS),
  members: words("Events in the cluster"),
  memberInterval: words("From one to the next", "s"),
  memberIntervalVariation: words("Unevenness of these intervals", "", "0: like a clock."),
  memberDuration: words("Length of one", "s"),
  soundDelay: words("Time since a loud sound began", "s"),
  cryShare: words("Cry-like sound meanwhile", "of the time"),
  lostTimeDistance: words("Distance from time that was lost", "s", "Near: it may be cut off."),
  lightShift: words("Change of the light", "gray levels"),
};

/** Words for a feature; one from a newer version keeps its own name. */
export function wordsOfFeature(name: string): FeatureWords {
  return (Object.hasOwn(FEATURE_WORDS, name) ? FEATURE_WORDS[name] : undefined) ?? words(name);
}

const CHANGE = /^(\w+) (\S+) (?:.*? )?were (at least|at most) (\S+)$/;

/**
 * The nearest other kind as one sentence: "It would be a slow rhythm if the rhythm were at most 2.2 a second
 * (it was 5)." The evidence names features as the code does; a sentence that does not fit is shown as it is.
 */
export function describeNearest(event: ReportEvent): string {
  const { nearest } = event.evidence;
  if (!nearest) return "";
  const noun = KIND_WORDS[nearest.kind].noun;
  if (!nearest.flip.startsWith("if ")) {
    return event.kind === nearest.kind || nearest.flip.includes("comes first")
      ? `It also meets the rule for ${noun}; the rule for ${KIND_WORDS[event.kind].noun} is asked first.`
      : `It would be ${noun}: ${nearest.flip}.`;
  }
  const changes = nearest.flip.slice(3).split(" and ").map(describeChange);
  return `It would be ${noun} if ${changes.join(" and ")}.`;
}

function describeChange(text: string): string {
  const match = CHANGE.exec(text);
  if (!match) return text;
  const [, feature, value, comparison, limit] = match as unknown as [string, string, string, string, string];
  const { name, unit } = wordsOfFeature(feature);
  const limitWithUnit = unit === "" ? limit : `${limit} ${unit}`;
  const measured = value === "unmeasured" ? "it could not be measured" : `it was ${value}`;
  return `“${name.toLowerCase()}” were ${comparison} ${limitWithUnit} (${measured})`;
}
