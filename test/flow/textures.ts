import { createPyramid, fillPyramid, type Pyramid } from "../../src/flow/pyramid.ts";
import { seededRandom } from "../signal/seeded-random.ts";

/** Gray level of a picture at any point, whole or not: shifting it by any amount is exact. */
export type Texture = (x: number, y: number) => number;

/** Smooth random texture: waves of 9 to 40 px in all directions, gray levels about 128. */
export function randomTexture(seed: number, contrast = 40): Texture {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 24 }, () => {
    const k = (2 * Math.PI) / (9 + 31 * random());
    const angle = 2 * Math.PI * random();
    return { kx: k * Math.cos(angle), ky: k * Math.sin(angle), phase: 2 * Math.PI * random() };
  });
  const scale = contrast / Math.sqrt(waves.length / 2);
  return (x, y) =>
    128 + scale * waves.reduce((sum, { kx, ky, phase }) => sum + Math.cos(kx * x + ky * y + phase), 0);
}

export function shifted(texture: Texture, dx: number, dy: number): Texture {
  return (x, y) => texture(x - dx, y - dy);
}

export const WIDTH = 160;
export const HEIGHT = 120;

/** The gray picture of a texture, not rounded to whole levels. */
export function paint(texture: Texture): Float32Array {
  return Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => texture(i % WIDTH, Math.floor(i / WIDTH)));
}

export function pyramidOf(texture: Texture, levels = 3): Pyramid {
  const pyramid = createPyramid(WIDTH, HEIGHT, levels);
  fillPyramid(pyramid, paint(texture));
  return pyramid;
}
