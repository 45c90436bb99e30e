import type { RegionFlow, Segment, SpanFlow } from "../flow/limb-flow.ts";
import { median } from "../signal/statistics.ts";
import type { Limb, LimbSignal } from "./movement.ts";

const SEGMENTS_OF: Readonly<Record<Exclude<Limb, "region">, readonly Segment[]>> = {
  leftLeg: ["leftThigh", "leftShank", "leftFoot"],
  rightLeg: ["rightThigh", "rightShank", "rightFoot"],
  leftArm: ["leftArm"],
  rightArm: ["rightArm"],
  head: ["head"],
  trunk: ["trunk"],
};

/** A shift whose standard error exceeds this (px) says nothing. */
const WORST_SIGMA = 1;
/** The same for the surroundings: what is taken out of every limb must be sure, px. */
const SURE_CAMERA = 0.3;
/** The trunk's and the camera's own movement is taken out where it exceeds this many px a frame. */
const CARRY_PX = 0.25;

/**
 * Turns the flow of an active span into one velocity signal per limb, in trunk lengths per second.
 *
 * What moves the camera, or carries the legs along with the trunk, is subtracted from the limbs where it is
 * more than noise (a small constant subtraction would only add the trunk's noise to the legs').
 *
 * @param unitPx px of the flow picture per trunk length.
 * @param isUsable per frame pair; unusable ones (light changes, key frames) are NaN.
 */
export function computeLimbSignals(
  flow: SpanFlow,
  unitPx: number,
  isUsable: Uint8Array,
): Record<Limb, LimbSignal> {
  const carry = carriedBy(flow);
  const signals = {} as Record<Limb, LimbSignal>;
  for (const [limb, segments] of Object.entries(SEGMENTS_OF) as [
    Exclude<Limb, "region">,
    readonly Segment[],
  ][]) {
    const withTrunk = limb === "trunk" ? carry.camera : carry.trunk;
    signals[limb] = signalOf(
      limb,
      segments.map((segment) => flow.segments[segment]),
      { flow, unitPx, isUsable, carry: withTrunk },
    );
  }
  signals.region = signalOf(
    "region",
    flow.cells.map((cell) => cell.flow),
    { flow, unitPx, isUsable, carry: carry.camera },
  );
  return signals;
}

interface Carry {
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

function signalOf(
  limb: Limb,
  regions: readonly RegionFlow[],
  context: { flow: SpanFlow; unitPx: number; isUsable: Uint8Array; carry: Carry },
): LimbSignal {
  const { flow, unitPx, isUsable, carry } = context;
  const length = flow.time.length;
  const velocity: Float32Array[] = [];
  const displacement: Float32Array[] = [];
  const squares = new Float32Array(length);
  const counts = new Uint8Array(length);
  for (const region of regions) {
    const vx = new Float32Array(length);
    const vy = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      const isGood = isUsable[i] === 1 && region.sigma[i]! <= WORST_SIGMA;
      const perSecond = 1 / (unitPx * flow.interval[i]!);
      vx[i] = isGood ? (region.dx[i]! - carry.dx[i]!) * perSecond : NaN;
      vy[i] = isGood ? (region.dy[i]! - carry.dy[i]!) * perSecond : NaN;
      if (!isGood) continue;
      squares[i]! += vx[i]! ** 2 + vy[i]! ** 2;
      counts[i]!++;
    }
    velocity.push(bridgeSingles(vx), bridgeSingles(vy));
    displacement.push(
      region.meanDx.map((value) => value / unitPx),
      region.meanDy.map((value) => value / unitPx),
    );
  }
  const speed = squares.map((sum, i) => (counts[i] === 0 ? NaN : Math.sqrt(sum / counts[i]!)));
  return { limb, velocity, displacement, speed: bridgeSingles(speed) };
}

/** A single missing sample between two good ones takes their mean; longer gaps stay. Changes its argument. */
function bridgeSingles(values: Float32Array): Float32Array {
  for (let i = 1; i < values.length - 1; i++) {
    if (Number.isNaN(values[i]!) && !Number.isNaN(values[i - 1]!) && !Number.isNaN(values[i + 1]!)) {
      values[i] = (values[i - 1]! + values[i + 1]!) / 2;
    }
  }
  return values;
}

/** What carries the limbs along at each frame, px; zero where it is no more than noise. */
function carriedBy(flow: SpanFlow): { camera: Carry; trunk: Carry } {
  const camera = denoise(flow.background, { dx: zeros(flow), dy: zeros(flow) }, SURE_CAMERA);
  return { camera, trunk: denoise(flow.segments.trunk, camera) };
}

function denoise(region: RegionFlow, otherwise: Carry, worst = WORST_SIGMA): Carry {
  const dx = otherwise.dx.slice();
  const dy = otherwise.dy.slice();
  for (let i = 0; i < dx.length; i++) {
    // A median of five frames decides *whether* it moves; what is taken out is the frame's own shift.
    const from = Math.max(0, i - 2);
    const typical = median(
      Array.from(region.dx.subarray(from, i + 3), (x, k) => Math.hypot(x, region.dy[from + k]!)),
    );
    if (!(typical > CARRY_PX) || Number.isNaN(region.dx[i]!) || !(region.sigma[i]! <= worst)) continue;
    dx[i] = region.dx[i]!;
    dy[i] = region.dy[i]!;
  }
  return { dx, dy };
}

function zeros(flow: SpanFlow): Float32Array {
  return new Float32Array(flow.time.length);
}
