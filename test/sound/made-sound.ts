import { SAMPLE_RATE } from "../../src/sound/sound.ts";
import { seededNormal } from "../signal/seeded-random.ts";

/** Samples of a made sound: `at(t)` is between -1 and 1. */
export function samplesOf(seconds: number, at: (time: number) => number): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) =>
    Math.max(-32_768, Math.min(32_767, Math.round(32_767 * at(i / SAMPLE_RATE)))),
  );
}

/** A voice: a fundamental that may glide, with overtones that fall off slowly. */
export function voice(hz: (time: number) => number, overtones: number, level = 0.2) {
  let phase = 0;
  let last = 0;
  return (time: number) => {
    phase += 2 * Math.PI * hz(time) * (time - last);
    last = time;
    let sum = 0;
    for (let k = 1; k <= overtones; k++) sum += Math.sin(k * phase) / Math.sqrt(k);
    return (level * sum) / Math.sqrt(overtones);
  };
}

/** Noise of a level, the same for the same seed. */
export function noise(level: number, seed = 1) {
  const next = seededNormal(seed);
  return () => level * next();
}

/** On for a while, off for a while, with soft edges: breaths out and in. */
export function breathing(time: number, out: number, inward: number): number {
  const at = time % (out + inward);
  return Math.max(0, Math.min(1, at / 0.03, (out - at) / 0.03));
}

/** A made cry: 0.9 s out, 0.4 s in, gliding between 380 and 480 Hz. */
export function cry(level = 0.2) {
  const sung = voice((time) => 430 + 50 * Math.sin(5 * time), 10, level);
  return (time: number) => sung(time) * breathing(time, 0.9, 0.4);
}
