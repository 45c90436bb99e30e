/**
 * One image. Row-major, top row first, `channels` interleaved (1 = gray, 3 = RGB), one byte a sample.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * One image of a recording, with the moment it shows.
 *
 * A frame is disposable: `data` may be reused for the next frame once the consumer asks for it, so a
 * consumer that keeps a frame copies its data. A night is far too big for arrays of frames.
 */
export interface Frame extends Picture {
  /** Position in this reading, counted from 0; an order, never a clock. */
  readonly index: number;
  /** Presentation time, in seconds from the start of the recording. */
  readonly time: number;
}
