import { type BlockKernel, createBlockKernel } from "./block-kernel.ts";

/** Side of a block, px of the survey picture. */
export const BLOCK_SIZE = 8;

/** Change between two gray pictures, block by block; buffers are kept between frames. */
export interface BlockChange {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Mean absolute change per block, gray levels. */
  readonly absolute: Float32Array;
  /** Mean signed change per block, gray levels. */
  readonly signed: Float32Array;
  /** Mean gray level of the newer picture per block. */
  readonly level: Float32Array;
  /** Mean gray level of the newer picture. */
  brightness: number;
  readonly kernel: BlockKernel;
  /** Pixels of each block: those at the right and lower edge may be partial. */
  readonly pixels: Uint8Array;
  /** Sum of each block of the picture compared last, and that picture: mostly the next one's earlier picture. */
  readonly lastSum: Uint32Array;
  readonly lastPicture: Uint8Array;
}

/** Prepares for pictures of one size. */
export function createBlockChange(width: number, height: number): BlockChange {
  const columns = Math.ceil(width / BLOCK_SIZE);
  const rows = Math.ceil(height / BLOCK_SIZE);
  const blocks = columns * rows;
  return {
    ...{ width, height, columns, rows, brightness: 0 },
    absolute: new Float32Array(blocks),
    signed: new Float32Array(blocks),
    level: new Float32Array(blocks),
    kernel: createBlockKernel(width, height),
    pixels: Uint8Array.from({ length: blocks }, (_, b) => {
      const [column, row] = [b % columns, Math.floor(b / columns)];
      const across = Math.min(BLOCK_SIZE, width - column * BLOCK_SIZE);
      return across * Math.min(BLOCK_SIZE, height - row * BLOCK_SIZE);
    }),
    lastSum: new Uint32Array(blocks),
    lastPicture: new Uint8Array(width * height),
  };
}

/** Begins with a picture: what comes next is compared with it. No change is measured. */
export function startChange(change: BlockChange, picture: Uint8Array): void {
  change.lastPicture.set(picture);
  measureChange(change, picture);
}

/** Measures the change from the picture given last to this one. Plain differences, no smoothing. */
export function measureChange(change: BlockChange, picture: Uint8Array): void {
  const { columns, rows, kernel, pixels, absolute, signed, level, lastSum, lastPicture } = change;
  const { sad, sum } = kernel.compare(lastPicture, picture);
  let total = 0;
  for (let row = 0, b = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, b++) {
      const k = row * kernel.columns + column;
      const count = pixels[b]!;
      const light = sum[k]!;
      absolute[b] = sad[k]! / count;
      signed[b] = (light - lastSum[b]!) / count;
      level[b] = light / count;
      lastSum[b] = light;
      total += light;
    }
  }
  change.brightness = total / (change.width * change.height);
  lastPicture.set(picture);
}
