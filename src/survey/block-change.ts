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
  /** Mean gray level of the newer picture. */
  brightness: number;
  readonly kernel: BlockKernel;
  /** Pixels of each block: those at the right and lower edge may be partial. */
  readonly pixels: Uint8Array;
  /** Sum of each block of the picture taken last. */
  readonly sum: Uint32Array;
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
    kernel: createBlockKernel(width, height),
    pixels: Uint8Array.from({ length: blocks }, (_, b) => {
      const [column, row] = [b % columns, Math.floor(b / columns)];
      const across = Math.min(BLOCK_SIZE, width - column * BLOCK_SIZE);
      return across * Math.min(BLOCK_SIZE, height - row * BLOCK_SIZE);
    }),
    sum: new Uint32Array(blocks),
  };
}

/** Begins with a picture: what comes next is compared with it. No change is measured. */
export function startChange(change: BlockChange, picture: Uint8Array): void {
  measureChange(change, picture);
  change.absolute.fill(0);
  change.signed.fill(0);
}

/** Measures the change from the picture given last to this one. Plain differences, no smoothing. */
export function measureChange(change: BlockChange, picture: Uint8Array): void {
  const { columns, rows, kernel, pixels, absolute, signed, sum } = change;
  const compared = kernel.next(picture);
  const width = kernel.columns;
  let total = 0;
  for (let row = 0, b = 0; row < rows; row++) {
    for (let k = row * width; k < row * width + columns; k++, b++) {
      const count = pixels[b]!;
      const light = compared.sum[k]!;
      absolute[b] = compared.sad[k]! / count;
      signed[b] = (light - sum[b]!) / count;
      sum[b] = light;
      total += light;
    }
  }
  change.brightness = total / (change.width * change.height);
}
