import type { ClockChange } from "../time.ts";

/** When and how often a file's video shows a picture: its packet table, sorted by presentation time. */
export interface FrameIndex {
  /** Presentation time of each frame, seconds from the file's first frame. */
  readonly time: Float64Array;
  /** 1 where the frame is a key frame. */
  readonly key: Uint8Array;
  /** Compressed size of each frame, bytes. */
  readonly bytes: Uint32Array;
}

/** One file of a recording. */
export interface RecordingFile {
  readonly path: string;
  /** Where its first frame lies, seconds from the recording's start. */
  readonly onset: number;
  /** Seconds from its first frame to the end of its last one. */
  readonly duration: number;
  /** Presentation time of its first frame as the file counts, seconds (often not 0). */
  readonly firstTimestamp: number;
  /**
   * Seconds of its beginning that are left out, because the file before shows them too; absent for none. The
   * "first frame" of onset, duration and frame times is then the first one that is not left out, while
   * `firstTimestamp` stays what it was.
   */
  readonly skipped?: number;
  /** Its own clock jumps inside it, and the pieces were joined: times run on. Absent when it does not. */
  readonly isClockJoined?: boolean;
  /** Seconds put between two such pieces, where they were joined because the clock jumps ahead by days. */
  readonly joinStep?: number;
  readonly container: string;
  readonly codec: string;
  readonly pixelFormat: string;
  /** As shown: rotated upright and with square pixels, px. */
  readonly width: number;
  readonly height: number;
  /** Degrees by which the stored picture is turned to be shown. */
  readonly rotation: number;
  readonly interlaced: boolean;
  /** Frames a second that its header states; absent when it states none. For findings, never for times. */
  readonly statedFrameRate?: number | undefined;
  readonly audio: { readonly codec: string; readonly samplingRateHz: number } | undefined;
  readonly bytes: number;
  /** SHA-256; see `fingerprintFile` for what of a large file it covers. */
  readonly hash: string;
  readonly frames: FrameIndex;
}

/** How the recording's clock time is known. */
export type StartedAtSource = "given" | "container" | "file name";

/** What was filmed, before any analysis. */
export interface Recording {
  /** Hash over its files and their places in the night: the same recording has the same id wherever it lies. */
  readonly id: string;
  readonly files: readonly RecordingFile[];
  /** ISO 8601, with zone when known. */
  readonly startedAt: string | undefined;
  readonly startedAtSource: StartedAtSource | undefined;
  /** Name of the time zone it was filmed in, when it was given. */
  readonly timeZone?: string;
  /** When the clocks were changed in its course (known with the time zone only). */
  readonly clockChanges?: readonly ClockChange[];
  /** Seconds from the first frame of the first file to the end of the last frame. */
  readonly duration: number;
  /** Measured: frames shown per second of playing time (gaps left out). */
  readonly frameRate: number;
  /** As shown, px. */
  readonly size: { readonly width: number; readonly height: number };
}
