import type { Frame } from "../../src/frames/frame.ts";
import { seededNormal, seededRandom } from "../signal/seeded-random.ts";

export const WIDTH = 64;
export const HEIGHT = 48;

export interface Film {
  readonly frames: number;
  readonly rate?: number;
  readonly seed?: number;
  /** Gray levels of noise in every pixel. */
  readonly noise?: number;
  /** Gray levels added to the whole picture at a moment. */
  readonly light?: (time: number) => number;
  /** Left edge of a bright square of 12 px, px; undefined: out of the picture. */
  readonly body?: (time: number) => number | undefined;
  /** Every how many frames a key frame comes. */
  readonly keyEvery?: number;
  /** Frames lost. */
  readonly lost?: (index: number) => boolean;
}

export interface FilmedFrame {
  readonly frame: Frame;
  readonly isKey: boolean;
}

/** A short gray film: a textured bed, a bright square that may move, noise and light. */
export function film(scene: Film): FilmedFrame[] {
  const { rate = 10, seed = 1, noise = 1, light = () => 0, body = () => undefined, keyEvery = 20 } = scene;
  const random = seededRandom(seed);
  const bed = Float32Array.from({ length: WIDTH * HEIGHT }, () => 70 + 50 * random());
  const normal = seededNormal(seed + 1);
  const filmed: FilmedFrame[] = [];
  for (let i = 0; i < scene.frames; i++) {
    const time = i / rate;
    const left = body(time);
    const lamp = light(time);
    const data = new Uint8Array(WIDTH * HEIGHT);
    for (let p = 0; p < data.length; p++) {
      const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)];
      const isBody = left !== undefined && x >= left && x < left + 12 && y >= 18 && y < 30;
      const level = (isBody ? 190 : bed[p]!) + lamp + noise * normal();
      data[p] = Math.max(0, Math.min(255, Math.round(level)));
    }
    const frame = { width: WIDTH, height: HEIGHT, channels: 1, data, index: i, time } as const;
    if (!scene.lost?.(i)) filmed.push({ frame, isKey: i % keyEvery === 0 });
  }
  return filmed;
}
