import { legFromShank, viewOf } from "../../../src/resolvability/coach-advice.ts";
import { median } from "../../../src/signal/statistics.ts";
import type { SeenBody } from "./pose-check.ts";

/** Points of the body in the model's order. */
const POINTS = { shoulders: [11, 12], hips: [23, 24], knees: [25, 26], ankles: [27, 28] } as const;
export const LINES = [
  ...[
    [11, 12],
    [11, 23],
    [12, 24],
    [23, 24],
    [11, 13],
    [13, 15],
    [12, 14],
    [14, 16],
  ],
  ...[
    [23, 25],
    [25, 27],
    [24, 26],
    [26, 28],
  ],
] as const as readonly (readonly [number, number])[];
const SEEN = 0.5;
const MOST = 60;

/** Sizes of the body over the last poses, px of the picture as filmed; NaN where it was not seen. */
export class BodyMeter {
  readonly #trunks: number[] = [];
  readonly #shanks: number[] = [];
  readonly #widths: number[] = [];
  #looks = 0;
  #found = 0;

  add(body: SeenBody | undefined, width: number, height: number): void {
    this.#looks++;
    if (!body) return;
    const at = (i: number) => ({ x: body.points[i]!.x * width, y: body.points[i]!.y * height });
    const isSeen = (pair: readonly number[]) => pair.every((i) => body.points[i]!.visibility > SEEN);
    const middle = ([a, b]: readonly [number, number]) => ({
      x: (at(a).x + at(b).x) / 2,
      y: (at(a).y + at(b).y) / 2,
    });
    const apart = (p: { x: number; y: number }, q: { x: number; y: number }) =>
      Math.hypot(p.x - q.x, p.y - q.y);
    if (!isSeen([...POINTS.shoulders, ...POINTS.hips])) return;
    this.#found++;
    const trunk = apart(middle(POINTS.shoulders), middle(POINTS.hips));
    keep(this.#trunks, trunk);
    const across = (pair: readonly [number, number]) => apart(at(pair[0]), at(pair[1]));
    keep(this.#widths, (across(POINTS.shoulders) + across(POINTS.hips)) / 2 / trunk);
    for (const side of [0, 1] as const) {
      if (isSeen([POINTS.knees[side], POINTS.ankles[side]]))
        keep(this.#shanks, apart(at(POINTS.knees[side]), at(POINTS.ankles[side])) / trunk);
    }
  }

  read() {
    const trunkPx = median(this.#trunks);
    return {
      ...{
        trunkPx,
        legPx: legFromShank(median(this.#shanks) * trunkPx),
        view: viewOf(this.#widths, this.#shanks),
      },
      /** Share of looks that found the body, 0-1. */
      foundShare: this.#looks === 0 ? 0 : this.#found / this.#looks,
    };
  }
}

function keep(list: number[], value: number): void {
  list.push(value);
  if (list.length > MOST) list.shift();
}
