/** Change between two gray pictures, block by block; buffers are kept between frames. */
export interface BlockChange {
  readonly width: number;
  readonly height: number;
  readonly blockSize: number;
  readonly columns: number;
  readonly rows: number;
  /** Mean absolute change per block, gray levels. */
  readonly absolute: Float32Array;
  /** Mean signed change per block, gray levels. */
  readonly signed: Float32Array;
  /** Mean gray level of the newer picture per block. */
  readonly level: Float32Array;
  readonly scratch: Float32Array;
  /** Mean gray level of the newer picture. */
  brightness: number;
}

/** Prepares for pictures of one size; blocks at the right and lower edge may be partial. */
export function createBlockChange(width: number, height: number, blockSize: number): BlockChange {
  const columns = Math.ceil(width / blockSize);
  const rows = Math.ceil(height / blockSize);
  return {
    width,
    height,
    blockSize,
    columns,
    rows,
    absolute: new Float32Array(columns * rows),
    signed: new Float32Array(columns * rows),
    level: new Float32Array(columns * rows),
    scratch: new Float32Array(columns * rows),
    brightness: 0,
  };
}

/** Measures the change from `before` to `after` into `change`. Plain differences, no smoothing. */
export function measureChange(change: BlockChange, before: Uint8Array, after: Uint8Array): void {
  const { width, height, blockSize, columns, rows, absolute, signed, level } = change;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const top = row * blockSize;
    const bottom = Math.min(top + blockSize, height);
    for (let column = 0; column < columns; column++) {
      const left = column * blockSize;
      const right = Math.min(left + blockSize, width);
      let sum = 0;
      let net = 0;
      let light = 0;
      for (let y = top; y < bottom; y++) {
        const line = y * width;
        for (let i = line + left; i < line + right; i++) {
          const value = after[i]!;
          const d = value - before[i]!;
          net += d;
          sum += d < 0 ? -d : d;
          light += value;
        }
      }
      const count = (bottom - top) * (right - left);
      absolute[row * columns + column] = sum / count;
      signed[row * columns + column] = net / count;
      level[row * columns + column] = light / count;
      total += light;
    }
  }
  change.brightness = total / (width * height);
}
