import type { Keypoint, KeypointName } from "../pose/keypoint.ts";
import type { Segment } from "./limb-flow.ts";
import type { PixelRegion } from "./lucas-kanade.ts";

/** Half widths of the parts, in trunk lengths: what a limb of an infant fills, and little beside it. */
const HALF_WIDTH = { thigh: 0.17, shank: 0.14, foot: 0.16, arm: 0.13, head: 0.34, trunk: 0.3 } as const;
/** The foot reaches this far beyond the ankle, in trunk lengths (Passmore et al.: foot 0.33, foreshortened). */
const FOOT_REACH = 0.2;
/** Most pixels of a region at one level: more adds cost and no precision. */
const MOST_PIXELS = 420;

/** A stretch of the body: all points within `radius` of the line from a to b. */
interface Capsule {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly radius: number;
}

/** Keypoints a segment needs to be seen. */
const NEEDS: Readonly<Record<Segment, readonly KeypointName[]>> = {
  leftThigh: ["leftHip", "leftKnee"],
  leftShank: ["leftKnee", "leftAnkle"],
  leftFoot: ["leftKnee", "leftAnkle"],
  rightThigh: ["rightHip", "rightKnee"],
  rightShank: ["rightKnee", "rightAnkle"],
  rightFoot: ["rightKnee", "rightAnkle"],
  leftArm: ["leftElbow", "leftWrist"],
  rightArm: ["rightElbow", "rightWrist"],
  head: ["nose"],
  trunk: ["leftShoulder", "rightShoulder", "leftHip", "rightHip"],
};

/**
 * Where a segment lies in the picture, from the keypoints.
 *
 * @param trunkLength px.
 * @returns undefined when a keypoint it needs is missing (NaN) or below `confidence`.
 */
export function segmentRegion(
  segment: Segment,
  keypoint: (name: KeypointName) => Keypoint,
  trunkLength: number,
  confidence: number,
  picture: { readonly width: number; readonly height: number; readonly levels: number },
): PixelRegion | undefined {
  const points = NEEDS[segment].map(keypoint);
  if (points.some((point) => !(point.confidence >= confidence) || Number.isNaN(point.x))) return undefined;
  const capsule = capsuleOf(segment, points, trunkLength);
  return capsuleRegion(capsule, picture);
}

function capsuleOf(segment: Segment, points: readonly Keypoint[], trunkLength: number): Capsule {
  const [a, b] = points as [Keypoint, Keypoint];
  const line = (radius: number): Capsule => ({
    ax: a.x,
    ay: a.y,
    bx: b.x,
    by: b.y,
    radius: radius * trunkLength,
  });
  switch (segment) {
    case "leftThigh":
    case "rightThigh":
      return line(HALF_WIDTH.thigh);
    case "leftShank":
    case "rightShank":
      return line(HALF_WIDTH.shank);
    case "leftArm":
    case "rightArm":
      return line(HALF_WIDTH.arm);
    case "leftFoot":
    case "rightFoot": {
      const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const reach = (FOOT_REACH * trunkLength) / length;
      const toe = { x: b.x + (b.x - a.x) * reach, y: b.y + (b.y - a.y) * reach };
      return { ax: b.x, ay: b.y, bx: toe.x, by: toe.y, radius: HALF_WIDTH.foot * trunkLength };
    }
    case "head":
      return { ax: a.x, ay: a.y, bx: a.x, by: a.y, radius: HALF_WIDTH.head * trunkLength };
    case "trunk": {
      const [ls, rs, lh, rh] = points as [Keypoint, Keypoint, Keypoint, Keypoint];
      // Inset from hips and shoulders: their joints move with the limbs.
      const top = { x: (ls.x + rs.x) / 2, y: (ls.y + rs.y) / 2 };
      const foot = { x: (lh.x + rh.x) / 2, y: (lh.y + rh.y) / 2 };
      const at = (share: number) => ({
        x: top.x + (foot.x - top.x) * share,
        y: top.y + (foot.y - top.y) * share,
      });
      return {
        ...{ ax: at(0.25).x, ay: at(0.25).y, bx: at(0.7).x, by: at(0.7).y },
        radius: HALF_WIDTH.trunk * trunkLength,
      };
    }
  }
}

/** All pixels of a capsule at each level, thinned out evenly when there are too many. */
function capsuleRegion(
  capsule: Capsule,
  picture: { readonly width: number; readonly height: number; readonly levels: number },
): PixelRegion {
  const levels = Array.from({ length: picture.levels }, (_, level) => {
    const scale = 1 / 2 ** level;
    const part = {
      ...{ ax: capsule.ax * scale, ay: capsule.ay * scale, bx: capsule.bx * scale, by: capsule.by * scale },
      radius: capsule.radius * scale,
    };
    return fill(part, picture.width >> level, picture.height >> level);
  });
  return { levels };
}

function fill({ ax, ay, bx, by, radius }: Capsule, width: number, height: number) {
  const left = Math.max(1, Math.floor(Math.min(ax, bx) - radius));
  const right = Math.min(width - 2, Math.ceil(Math.max(ax, bx) + radius));
  const top = Math.max(1, Math.floor(Math.min(ay, by) - radius));
  const bottom = Math.min(height - 2, Math.ceil(Math.max(ay, by) + radius));
  const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
  const area = 2 * radius * Math.sqrt(lengthSquared) + Math.PI * radius * radius;
  const stride = Math.max(1, Math.round(Math.sqrt(area / MOST_PIXELS)));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = top; y <= bottom; y += stride) {
    for (let x = left; x <= right; x += stride) {
      const share = lengthSquared === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / lengthSquared;
      const along = Math.min(1, Math.max(0, share));
      const distance = Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
      if (distance <= radius) {
        xs.push(x);
        ys.push(y);
      }
    }
  }
  return { x: Int16Array.from(xs), y: Int16Array.from(ys) };
}

/** A square cell around a centre (px of the full-size picture). */
export function cellRegion(
  centre: { readonly x: number; readonly y: number; readonly size: number },
  picture: { readonly width: number; readonly height: number; readonly levels: number },
): PixelRegion {
  const levels = Array.from({ length: picture.levels }, (_, level) => {
    const scale = 1 / 2 ** level;
    const half = (centre.size * scale) / 2;
    const stride = Math.max(1, Math.round((2 * half) / Math.sqrt(MOST_PIXELS)));
    return grid(
      centre.x * scale,
      centre.y * scale,
      half,
      stride,
      picture.width >> level,
      picture.height >> level,
    );
  });
  return { levels };
}

function grid(x: number, y: number, half: number, stride: number, width: number, height: number) {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let v = Math.max(1, Math.round(y - half)); v < Math.min(height - 1, y + half); v += stride) {
    for (let u = Math.max(1, Math.round(x - half)); u < Math.min(width - 1, x + half); u += stride) {
      xs.push(u);
      ys.push(v);
    }
  }
  return { x: Int16Array.from(xs), y: Int16Array.from(ys) };
}

/** A part of the picture, px of the full-size picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A sparse lattice over the picture that leaves out some boxes (the infant, what moves): the surroundings. */
export function backgroundRegion(
  boxes: readonly Box[],
  picture: { readonly width: number; readonly height: number; readonly levels: number },
): PixelRegion {
  const levels = Array.from({ length: picture.levels }, (_, level) => {
    const scale = 1 / 2 ** level;
    const width = picture.width >> level;
    const height = picture.height >> level;
    const stride = Math.max(1, Math.round(8 * scale));
    const xs: number[] = [];
    const ys: number[] = [];
    for (let y = stride; y < height - 1; y += stride) {
      for (let x = stride; x < width - 1; x += stride) {
        const isLeftOut = boxes.some(
          (box) =>
            x > box.left * scale && x < box.right * scale && y > box.top * scale && y < box.bottom * scale,
        );
        if (!isLeftOut) {
          xs.push(x);
          ys.push(y);
        }
      }
    }
    return { x: Int16Array.from(xs), y: Int16Array.from(ys) };
  });
  return { levels };
}
