import type { Picture } from "../frames/frame.ts";
import { type RegionFlow, SEGMENTS, type Segment, type SpanFlow } from "./limb-flow.ts";
import { createWorkspace, estimateShift, type PixelRegion, type RegionShift } from "./lucas-kanade.ts";
import { createPyramid, fillPyramid, type Pyramid } from "./pyramid.ts";

const LEVELS = 3;
/** Time constant of the mean picture that frames are also compared with, seconds. */
const MEAN_SECONDS = 1;

/** Where things are at a frame; a segment that is not seen is undefined. */
export interface FlowRegions {
  readonly segments: Readonly<Partial<Record<Segment, PixelRegion>>>;
  readonly background: PixelRegion;
}

/** A cell to follow through the whole span. */
export interface FlowCell {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly region: PixelRegion;
}

/** Five growing columns of one region. */
type Columns = { [K in keyof RegionFlow]: number[] };

/**
 * Follows the regions of one active span from frame to frame. State with a lifetime: one per span.
 *
 * Each frame is compared with the one before (a velocity) and with the mean of the last second or so (a
 * displacement): a rhythm that only one of the two shows is the codec's, not the infant's (see definitions).
 */
export class FlowTracker {
  readonly #width: number;
  readonly #height: number;
  readonly #cells: readonly FlowCell[];
  #before: Pyramid;
  #now: Pyramid;
  readonly #mean: Pyramid;
  #lastTime = NaN;
  readonly #time: number[] = [];
  readonly #interval: number[] = [];
  readonly #segments = new Map<Segment, Columns>(SEGMENTS.map((segment) => [segment, emptyColumns()]));
  readonly #cellColumns: readonly Columns[];
  readonly #background = emptyColumns();
  readonly #workspace = createWorkspace();
  readonly #shift: RegionShift = { dx: NaN, dy: NaN, sigma: NaN };

  constructor(width: number, height: number, cells: readonly FlowCell[]) {
    this.#width = width;
    this.#height = height;
    this.#cells = cells;
    this.#cellColumns = cells.map(emptyColumns);
    this.#before = createPyramid(width, height, LEVELS);
    this.#now = createPyramid(width, height, LEVELS);
    this.#mean = createPyramid(width, height, 1);
  }

  static get levels(): number {
    return LEVELS;
  }

  /**
   * Takes the next frame (gray) and where things are in it.
   *
   * @param isUsable false where the light changes: the frame is then a new start and measures nothing.
   */
  add(picture: Picture, time: number, regions: FlowRegions, isUsable: boolean): void {
    fillPyramid(this.#now, picture.data);
    const interval = time - this.#lastTime;
    const isStart = Number.isNaN(interval);
    if (isStart || !isUsable) this.#mean[0]!.data.set(this.#now[0]!.data);
    if (!isStart) {
      this.#time.push(time);
      this.#interval.push(interval);
      for (const segment of SEGMENTS) {
        this.#measure(isUsable ? regions.segments[segment] : undefined, this.#segments.get(segment)!, true);
      }
      for (const [i, cell] of this.#cells.entries()) {
        this.#measure(isUsable ? cell.region : undefined, this.#cellColumns[i]!, true);
      }
      this.#measure(isUsable ? regions.background : undefined, this.#background, false);
      this.#updateMean(interval);
    }
    this.#lastTime = time;
    [this.#before, this.#now] = [this.#now, this.#before];
  }

  finish(): SpanFlow {
    const freeze = (columns: Columns): RegionFlow => ({
      dx: Float32Array.from(columns.dx),
      dy: Float32Array.from(columns.dy),
      meanDx: Float32Array.from(columns.meanDx),
      meanDy: Float32Array.from(columns.meanDy),
      sigma: Float32Array.from(columns.sigma),
    });
    const segments = {} as Record<Segment, RegionFlow>;
    for (const segment of SEGMENTS) segments[segment] = freeze(this.#segments.get(segment)!);
    return {
      time: Float64Array.from(this.#time),
      interval: Float32Array.from(this.#interval),
      width: this.#width,
      height: this.#height,
      segments,
      cells: this.#cells.map(({ x, y, size }, i) => ({ x, y, size, flow: freeze(this.#cellColumns[i]!) })),
      background: freeze(this.#background),
    };
  }

  #measure(region: PixelRegion | undefined, into: Columns, againstMean: boolean): void {
    const shift = this.#shift;
    if (region && region.levels[0]!.x.length > 0) {
      estimateShift(this.#workspace, this.#before, this.#now, region, shift);
      into.dx.push(shift.dx);
      into.dy.push(shift.dy);
      into.sigma.push(shift.sigma);
    } else {
      into.dx.push(NaN);
      into.dy.push(NaN);
      into.sigma.push(NaN);
    }
    if (region && againstMean && region.levels[0]!.x.length > 0) {
      estimateShift(this.#workspace, this.#mean, this.#now.slice(0, 1), region, shift);
      into.meanDx.push(shift.dx);
      into.meanDy.push(shift.dy);
    } else {
      into.meanDx.push(NaN);
      into.meanDy.push(NaN);
    }
  }

  #updateMean(interval: number): void {
    const share = 1 - Math.exp(-interval / MEAN_SECONDS);
    const mean = this.#mean[0]!.data;
    const now = this.#now[0]!.data;
    for (let i = 0; i < mean.length; i++) mean[i]! += share * (now[i]! - mean[i]!);
  }
}

function emptyColumns(): Columns {
  return { dx: [], dy: [], meanDx: [], meanDy: [], sigma: [] };
}
