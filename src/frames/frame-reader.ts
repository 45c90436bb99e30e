import type { Frame } from "./frame.ts";

/** What part of the recording to read. Times are seconds from the recording's start, half open. */
export interface ReadRange {
  /** First moment wanted; frames shown before it are not delivered. Default: the start. */
  readonly from?: number;
  /** Frames shown at or after this moment are not delivered. Default: the end. */
  readonly to?: number;
}

/**
 * The contract every source of frames keeps (proved by `test/conformance/frame-readers.test.ts`):
 *
 * - frames arrive in strictly increasing time, each exactly once, all of the same size and channels;
 * - only frames with `from <= time < to` arrive, and all of those that can be decoded do;
 * - nothing runs ahead without bound: a slow consumer slows the source;
 * - leaving the loop early, or aborting, releases every resource before the iterator settles;
 * - an aborted read rejects with the signal's reason (an `AbortError` by default).
 */
export interface FrameReader {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Starts one independent pass over the recording; passes may run side by side. */
  read(range?: ReadRange, signal?: AbortSignal): AsyncIterable<Frame>;
}
