import { median } from "../signal/statistics.ts";
import type { Judgement, ResolvableHour } from "./resolvability.ts";

/** From where the camera looks, as far as the infant's proportions tell. */
export type View = "from above" | "slanted" | "not known";

/** What a short clip says about a camera and where it hangs. */
export interface CameraCheck {
  /** Seconds that were looked at. */
  readonly seconds: number;
  /** Pictures a second: as the file states (NaN: not), as it holds, and those that are new. */
  readonly statedFrameRate: number;
  readonly frameRate: number;
  readonly newPictureRate: number;
  /** px as filmed; NaN when the infant was not found. */
  readonly picture: { readonly width: number; readonly height: number };
  readonly trunkPx: number;
  readonly legPx: number;
  readonly view: View;
  /** Gray levels, 0-255; the noise is that of small averaged blocks from one picture to the next. */
  readonly brightness: number;
  readonly noise: number;
  /** What such a camera can show. */
  readonly floor: ResolvableHour;
  readonly kinds: readonly Judgement[];
}

/** Width of shoulders and hips, and the shank, in trunk lengths, seen from above: 0.69-0.74 and 0.54-0.62. */
const WIDTH = { usual: 0.7, from: 0.6, to: 1.3 } as const;
const SHANK = { usual: 0.58, from: 0.7, to: 1.15 } as const;
/** A leg, hip to ankle, in shanks. */
const SHANKS_A_LEG = 1.85;
const SHORTEST = 20;
const GOOD_RATE = 25;
const MISSTATED = 0.1;
const REPEATED = 0.05;
const DARK = 40;
const TOO_DARK = 12;
const BRIGHT = 235;
const NOISY = 8;
const SMALL_LEG_PX = 60;

/** Length of a leg from that of its shank, px. */
export function legFromShank(shankPx: number): number {
  return SHANKS_A_LEG * shankPx;
}

/**
 * Guesses from where the camera looks. Seen from the foot end at a slant the legs are nearer and look long for the
 * trunk, from the head end short; across a slant the trunk looks narrow, along a steep one wide.
 *
 * *Source:* ours, on rendered clips: shanks of 0.54-0.62 trunk lengths from above, 0.73 from a shelf at the foot
 * end. *Limits:* rough; infants differ by a fifth, and lying on the side or with legs drawn up looks alike.
 *
 * @param widths of shoulders and hips (the mean of both). @param shanks, both in trunk lengths, one a pose.
 */
export function viewOf(widths: ArrayLike<number>, shanks: ArrayLike<number>): View {
  const [width, shank] = [median(widths) / WIDTH.usual, median(shanks) / SHANK.usual];
  if (Number.isNaN(width)) return "not known";
  const isSlanted = width < WIDTH.from || width > WIDTH.to || shank < SHANK.from || shank > SHANK.to;
  return isSlanted ? "slanted" : "from above";
}

/** What advice is made of: all that a page in a browser can measure too. */
export type AdvisedBy = Omit<CameraCheck, "picture" | "floor" | "kinds"> & {
  readonly floor: Pick<ResolvableHour, "highestHz">;
};

/** What to change, in plain words, the most useful first; empty when nothing is to be gained. */
export function adviseCamera(check: AdvisedBy): string[] {
  const { seconds, frameRate, newPictureRate, statedFrameRate, brightness, noise, legPx } = check;
  const advice: string[] = [];
  if (Number.isNaN(check.trunkPx)) {
    advice.push(
      "The infant was not found. Point the camera so that the whole body is in the picture, without a cover over the legs.",
    );
  } else if (legPx < SMALL_LEG_PX) {
    const nearer = Math.max(1.5, Math.round((2 * SMALL_LEG_PX) / legPx) / 2);
    advice.push(
      `The legs are small in the picture. Bring the camera nearer or zoom in until the body fills it (about ${nearer} times larger), or choose a higher resolution.`,
    );
  }
  if (newPictureRate < (1 - REPEATED) * frameRate) {
    advice.push(
      `The file holds ${show(frameRate)} pictures a second, but only ${show(newPictureRate)} are new. More infrared light or daylight lets the camera keep its rate; some have a night mode that can be switched off.`,
    );
  } else if (statedFrameRate * (1 - MISSTATED) > frameRate) {
    advice.push(
      `The camera states ${show(statedFrameRate)} pictures a second and gives ${show(frameRate)}. More light, a fixed frame rate or a better connection helps.`,
    );
  } else if (frameRate < GOOD_RATE - 1) {
    advice.push(
      `Set the camera to ${GOOD_RATE} or 30 pictures a second: with ${show(frameRate)} nothing faster than ${show(check.floor.highestHz)} a second can be shown.`,
    );
  }
  if (brightness < TOO_DARK)
    advice.push("The picture is almost black. Switch the infrared light on or add one.");
  else if (brightness < DARK)
    advice.push("The picture is dark. A second infrared lamp beside the camera helps.");
  else if (brightness > BRIGHT)
    advice.push("The picture is too bright to show anything. Turn the lamp away.");
  if (noise > NOISY) {
    advice.push("The picture is noisy. More light helps most, then a higher bit rate.");
  }
  if (check.view === "slanted") {
    advice.push(
      "The camera seems to look at a slant (or the infant lies on its side). Hang it straight above the cot: movements towards it are not seen.",
    );
  }
  if (seconds < SHORTEST) advice.push("The clip is short; a minute tells more.");
  return advice;
}

/** A number with two or three digits that count. */
function show(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}
