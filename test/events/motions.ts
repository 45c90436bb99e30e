import { seededRandom } from "../signal/seeded-random.ts";
import type { Motion } from "./synthetic-span.ts";

/** An even swing of a limb from `onset` on, for `duration` seconds. Amplitude in trunk lengths. */
export function rhythm(amplitude: number, hz: number, onset: number, duration: number): Motion {
  return (time) => {
    const at = time - onset;
    return at < 0 || at > duration ? 0 : amplitude * Math.sin(2 * Math.PI * hz * at);
  };
}

/** Out and back once, smoothly. */
export function stroke(reach: number, onset: number, duration: number): Motion {
  return (time) => {
    const at = time - onset;
    return at < 0 || at > duration ? 0 : (reach / 2) * (1 - Math.cos((2 * Math.PI * at) / duration));
  };
}

/** Several motions of one limb. */
export function together(...motions: readonly Motion[]): Motion {
  return (time) => motions.reduce((sum, motion) => sum + motion(time), 0);
}

/** Strokes at the given moments. */
export function strokes(reach: number, duration: number, onsets: readonly number[]): Motion {
  return together(...onsets.map((onset) => stroke(reach, onset, duration)));
}

/** Wide aimless movement, as in turning over: strokes of all sizes and lengths, one into the other. */
export function writhing(reach: number, onset: number, duration: number, seed: number): Motion {
  const random = seededRandom(seed);
  const parts: Motion[] = [];
  for (let at = onset; at < onset + duration - 0.4; ) {
    const length = Math.min(0.4 + 1.4 * random(), onset + duration - at);
    parts.push(stroke(reach * (0.4 + 0.6 * random()), at, length));
    at += length * (0.6 + 0.4 * random());
  }
  return together(...parts);
}
