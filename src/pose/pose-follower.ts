import type { Picture } from "../frames/frame.ts";
import { ANATOMY_DEFAULTS, type AnatomyOptions, judgeAnatomy } from "./anatomy.ts";
import { regionAround } from "./body-region.ts";
import { wholePicture } from "./crop.ts";
import type { Keypoint, KeypointName, Pose } from "./keypoint.ts";
import type { BodyRegion, PoseEstimator } from "./pose-estimator.ts";

/** Options of {@link createPoseFollower}. Plain data. */
export interface PoseFollowerOptions {
  /**
   * Size of the square shown to the model, in longer sides of the keypoints' box, unless the estimator names its own.
   * Factor, default 1.35. Source: measured on pictures of infants, see docs/decisions/002-pose-runtime.md.
   */
  readonly margin: number;
  /**
   * The same for the second estimator. Factor, default 1.6. Source: BlazePose was trained on squares 1.25 times the
   * circle around the middle of the hips, which is about this; 1.35 cost it accuracy on a published video.
   */
  readonly detailMargin: number;
  /**
   * Keypoints below this do not shape the square. 0-1, default 0.1. Source: ours; MoveNet's guesses for keypoints that
   * are out of view lie below it.
   */
  readonly boxConfidence: number;
  /**
   * Below this mean confidence the infant is looked for again in the whole picture. 0-1, default 0.3. Source: MoveNet
   * gave 0.53 on upright infants and 0.27 upside down, where it is mostly wrong.
   */
  readonly searchBelow: number;
  /**
   * Below this mean confidence even after a search there is no pose. 0-1, default 0.15. Source: ours, below what a
   * covered infant gives.
   */
  readonly acceptAbove: number;
  /** Times a found pose is looked at again in its own, turned square. Count, default 2. Source: as `margin`. */
  readonly refinements: number;
  readonly anatomy: AnatomyOptions;
}

export const POSE_FOLLOWER_DEFAULTS: PoseFollowerOptions = {
  margin: 1.35,
  detailMargin: 1.6,
  boxConfidence: 0.1,
  searchBelow: 0.3,
  acceptAbove: 0.15,
  refinements: 2,
  anatomy: ANATOMY_DEFAULTS,
};

/** Finds the infant once and carries on from picture to picture. */
export interface PoseFollower {
  /**
   * The pose in this picture, or undefined when there is none to be found. Pictures come in order of time; one call at
   * a time. Rejects with the signal's reason when aborted, and with whatever the estimator rejects with.
   */
  next(picture: Picture, time: number, signal?: AbortSignal): Promise<Pose | undefined>;
}

/** Quarter turns tried in a search; MoveNet copes with what is up to 45 degrees from one of them. */
const SEARCH_ANGLES = [0, Math.PI / 2, Math.PI, -Math.PI / 2];
/** A refinement that moves the square by less than this share of its size has settled. */
const SETTLED_SHARE = 0.03;

/** A square larger than this, in longer sides of the picture, comes of keypoints that lie nowhere. */
const LARGEST_SQUARE = 4;

interface Sighting {
  readonly keypoints: readonly Keypoint[];
  readonly confidence: number;
  /** Where it was seen. */
  readonly region: BodyRegion;
}

/**
 * Follows one infant with a model that sees only a square with an upright trunk.
 *
 * The first picture is searched: the whole of it in four quarter turns, keeping the most confident answer whose anatomy is possible, then a
 * square around that pose, turned so that the trunk is upright, once or twice until it settles; a look that lowers the
 * confidence is dropped, because the trunk's angle misleads in other postures than lying. From then on each pose gives
 * the square for the next picture: one inference per picture. Below `searchBelow` or with impossible anatomy the
 * picture is searched again, and the better of both answers counts.
 *
 * `detail`: a second estimator that is shown the final square only and whose keypoints are returned instead, with the
 * first one's confidences. Meant for BlazePose, which places legs best but knows neither where to look nor when it is
 * wrong.
 *
 * *Source:* procedure measured on real infants, see docs/decisions/002-pose-runtime.md. *Limits:* one infant; a second
 * person in the square may be followed instead. Closes no estimator.
 */
export function createPoseFollower(
  estimator: PoseEstimator,
  options: PoseFollowerOptions = POSE_FOLLOWER_DEFAULTS,
  detail?: PoseEstimator,
): PoseFollower {
  let last: Sighting | undefined;

  const look = async (picture: Picture, region: BodyRegion): Promise<Sighting> => {
    const keypoints = await estimator.estimate(picture, region);
    return { keypoints, region, confidence: meanConfidence(keypoints, estimator.lacks ?? []) };
  };
  const regionOf = (
    picture: Picture,
    sighting: Sighting,
    margin = estimator.margin ?? options.margin,
  ): BodyRegion | undefined => {
    const region = regionAround(sighting.keypoints, margin, options.boxConfidence);
    const largest = LARGEST_SQUARE * Math.max(picture.width, picture.height);
    return region && region.size <= largest ? region : undefined;
  };
  const isPossible = ({ keypoints }: Sighting): boolean => judgeAnatomy(keypoints, options.anatomy).possible;
  /** The possible one, or the surer one; the first when they are equal. */
  const better = (a: Sighting, b: Sighting): Sighting => {
    if (isPossible(a) !== isPossible(b)) return isPossible(a) ? a : b;
    return b.confidence > a.confidence ? b : a;
  };
  const isGood = (sighting: Sighting): boolean =>
    sighting.confidence >= options.searchBelow && isPossible(sighting);

  const refine = async (picture: Picture, found: Sighting, signal?: AbortSignal): Promise<Sighting> => {
    let best = found;
    for (let i = 0; i < options.refinements; i++) {
      const region = regionOf(picture, best);
      if (region === undefined || isSettled(region, best.region)) break;
      signal?.throwIfAborted();
      const again = await look(picture, region);
      if (better(again, best) !== again) break;
      best = again;
    }
    return best;
  };
  const search = async (picture: Picture, signal?: AbortSignal): Promise<Sighting> => {
    const looks = await Promise.all(
      SEARCH_ANGLES.map((angle) => look(picture, wholePicture(picture, angle))),
    );
    signal?.throwIfAborted();
    return refine(picture, looks.reduce(better), signal);
  };
  const follow = async (picture: Picture, from: Sighting, signal?: AbortSignal): Promise<Sighting> => {
    const region = regionOf(picture, from);
    if (region === undefined) return search(picture, signal);
    const seen = await look(picture, region);
    if (isGood(seen)) return seen;
    signal?.throwIfAborted();
    const found = await search(picture, signal);
    return better(seen, found);
  };

  return {
    async next(picture, time, signal) {
      signal?.throwIfAborted();
      const seen = last === undefined ? await search(picture, signal) : await follow(picture, last, signal);
      signal?.throwIfAborted();
      last = seen.confidence >= options.acceptAbove && isPossible(seen) ? seen : undefined;
      if (last === undefined) return undefined;
      const keypoints =
        detail === undefined
          ? last.keypoints
          : await placeInDetail(detail, picture, last, regionOf(picture, last, options.detailMargin));
      signal?.throwIfAborted();
      return { time, keypoints, confidence: last.confidence };
    },
  };
}

/** The keypoints of the second estimator with the confidences of the first. */
async function placeInDetail(
  detail: PoseEstimator,
  picture: Picture,
  seen: Sighting,
  region: BodyRegion = seen.region,
): Promise<Keypoint[]> {
  const placed = await detail.estimate(picture, region);
  return placed.map((keypoint, i) => ({ ...keypoint, confidence: seen.keypoints[i]!.confidence }));
}

/** Of those the estimator can find at all. */
function meanConfidence(keypoints: readonly Keypoint[], lacks: readonly KeypointName[]): number {
  const known = keypoints.filter(({ name }) => !lacks.includes(name));
  return known.reduce((sum, { confidence }) => sum + confidence, 0) / known.length;
}

function isSettled(region: BodyRegion, before: BodyRegion): boolean {
  const moved = Math.hypot(region.x - before.x, region.y - before.y) + Math.abs(region.size - before.size);
  const turn = Math.abs(
    Math.atan2(Math.sin(region.angle - before.angle), Math.cos(region.angle - before.angle)),
  );
  return moved < SETTLED_SHARE * before.size && turn < SETTLED_SHARE * Math.PI;
}
