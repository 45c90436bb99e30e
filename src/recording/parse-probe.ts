import type { FrameIndex } from "./recording.ts";

/** What ffmpeg says of a file in its words on opening it. */
export interface ProbeDescription {
  readonly container: string;
  readonly codec: string;
  readonly pixelFormat: string;
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly interlaced: boolean;
  readonly audio: { readonly codec: string; readonly samplingRateHz: number } | undefined;
  /** As the container says it, if it does. */
  readonly creationTime: string | undefined;
  /** Frame rate the header claims; for the findings only, never for times. */
  readonly claimedFrameRate: number | undefined;
  /** Seconds the header claims. */
  readonly claimedDuration: number | undefined;
}

/**
 * Reads ffmpeg's description of its input (stderr at level info). Width and height are as shown: turned
 * upright and with square pixels.
 *
 * @returns undefined when there is no video stream in it.
 */
export function parseDescription(words: string): ProbeDescription | undefined {
  // Only what was said of the input: an output of the same run repeats the stream lines.
  const input = words.split(/^Output #0/m)[0] ?? "";
  const container = /^Input #0, (.+?), from '/m.exec(input)?.[1];
  const video = /^ *Stream #0.*?: Video: ([^\s,]+)(?!.*\(attached pic\)).*$/m.exec(input);
  if (container === undefined || !video) return undefined;
  const line = video[0];
  const size = /, (\d{2,5})x(\d{2,5})/.exec(line);
  if (!size) return undefined;
  // "[SAR 1:1 DAR 3:2], ..., SAR 32:27 DAR 16:9": the codec's, then the container's where it differs; it wins.
  const sample = [...line.matchAll(/\bSAR (\d+):(\d+)/g)].at(-1);
  const rotation = rotationOf(input);
  const stored = { width: Number(size[1]), height: Number(size[2]) };
  const stretch = (sample && Number(sample[1]) / Number(sample[2])) || 1;
  const square = { width: Math.round(stored.width * stretch), height: stored.height };
  const turned = Math.abs(rotation) % 180 === 90;
  const audio = /^ *Stream #0.*?: Audio: ([^\s,]+).*?, (\d+) Hz/m.exec(input);
  const rate = /, ([\d.]+k?) fps/.exec(line)?.[1];
  return {
    container,
    codec: video[1]!,
    pixelFormat: /Video: [^,]+(?:\([^)]*\))?, (\w+)/.exec(line)?.[1] ?? "unknown",
    width: turned ? square.height : square.width,
    height: turned ? square.width : square.height,
    rotation,
    interlaced: /\b(top|bottom) (first|coded first)/.test(line),
    audio: audio ? { codec: audio[1]!, samplingRateHz: Number(audio[2]) } : undefined,
    creationTime: /creation_time +: (\S+)/.exec(input)?.[1],
    claimedFrameRate: rate === undefined ? undefined : Number(rate.replace("k", "e3")),
    claimedDuration: claimedDurationOf(input, container),
  };
}

function rotationOf(input: string): number {
  const matrix = /displaymatrix: rotation of (-?[\d.]+) degrees/.exec(input);
  if (matrix) return Math.round(Number(matrix[1]));
  const tag = /^ +rotate +: (-?\d+)/m.exec(input);
  return tag ? -Number(tag[1]) : 0;
}

function claimedDurationOf(input: string, container: string): number | undefined {
  const match = /Duration: (\d+):(\d\d):(\d\d\.\d+)(?:, start: (-?[\d.]+))?/.exec(input);
  if (!match) return undefined;
  const stated = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  // Matroska states where the last frame ends on the file's own clock; the others state a length.
  return container.startsWith("matroska") ? stated - Math.max(0, Number(match[4] ?? 0)) : stated;
}

/** Packet flags of ffmpeg's, and what it prints for a time that is not known. */
const FLAG_KEY = 1;
const FLAG_DISCARD = 4;
const NO_TIME = -(2 ** 63);
/** So many packets in a row that decode at the same moment are held there. */
const HELD_PACKETS = 3;

/** A longer step forward inside a file is no pause but a clock that jumped, seconds. */
const LONGEST_PAUSE = 43_200;

/** A packet table in the making: fed line by line, so that a whole night never lies about as text. */
export class PacketTable {
  readonly #pts: number[] = [];
  readonly #dts: number[] = [];
  readonly #key: number[] = [];
  readonly #bytes: number[] = [];
  #lastDuration = 0;
  #timeBase = NaN;

  /** Takes one line of ffmpeg's `framecrc` output; lines it does not know are passed over. */
  add(line: string): void {
    if (line.startsWith("#tb 0:")) {
      const [numerator, denominator] = line.slice(6).split("/");
      this.#timeBase = Number(numerator) / Number(denominator);
      return;
    }
    if (line.startsWith("#") || line === "") return;
    const fields = line.split(",");
    const flags = flagsOf(fields);
    // Discarded: there for the decoder's sake only (an edit list begins later), never shown.
    if (fields.length < 6 || flags & FLAG_DISCARD) return;
    // Without a presentation time (AVI with B frames) the decoder falls back to the decoding time; so do we.
    const isTime = (time: number) => Number.isFinite(time) && time > NO_TIME;
    const [dts, pts] = [Number(fields[1]), Number(fields[2])];
    const shown = [pts, dts].find(isTime);
    if (shown === undefined) return;
    this.#pts.push(shown);
    this.#dts.push(isTime(dts) ? dts : shown);
    this.#lastDuration = Number(fields[3]) || this.#lastDuration;
    this.#bytes.push(Number(fields[4]));
    this.#key.push(flags & FLAG_KEY ? 1 : 0);
  }

  get length(): number {
    return this.#pts.length;
  }

  /**
   * Whether the file's clock jumps back: ffmpeg holds the decoding time of all packets from there on at the
   * highest one seen, so that many in a row have the same.
   */
  get isClockBroken(): boolean {
    let run = 0;
    return this.#dts.some((time, i) => {
      run = i > 0 && time === this.#dts[i - 1] ? run + 1 : 0;
      return run >= HELD_PACKETS;
    });
  }

  /**
   * The first packet of each piece, in order of decoding, of a clock that jumps ahead by more than any pause. One
   * piece, from packet 0, when it does not.
   */
  #pieces(): number[] {
    const starts = [0];
    let highest = -Infinity;
    for (const [i, pts] of this.#pts.entries()) {
      if (i > 0 && (pts - highest) * this.#timeBase > LONGEST_PAUSE) starts.push(i);
      highest = Math.max(highest, pts);
    }
    return starts;
  }

  /** Whether its presentation times jump ahead by more than any pause. */
  get hasJumps(): boolean {
    return this.#pieces().length > 1;
  }

  /**
   * Joins the pieces of a clock that jumps ahead: each begins one usual step after the end of the one before.
   *
   * @returns that step, seconds.
   */
  join(): number {
    const starts = this.#pieces();
    const sorted = Float64Array.from(this.#pts).sort();
    const steps = sorted.slice(1).map((at, i) => at - sorted[i]!);
    const step = median(steps.filter((one) => one > 0));
    let end = NaN;
    for (const [n, start] of starts.entries()) {
      const stop = starts[n + 1] ?? this.#pts.length;
      let [least, most] = [Infinity, -Infinity];
      for (let i = start; i < stop; i++) {
        least = Math.min(least, this.#pts[i]!);
        most = Math.max(most, this.#pts[i]!);
      }
      const shift = n === 0 ? 0 : end + step - least;
      for (let i = start; i < stop; i++) this.#pts[i]! += shift;
      end = most + shift;
    }
    return step * this.#timeBase;
  }

  /**
   * The table in order of presentation.
   *
   * @returns times in seconds from the first frame; `firstTimestamp`, the first frame's own time;
   * `lastDuration`, how long the last frame is shown, both in seconds.
   */
  finish(): { frames: FrameIndex; firstTimestamp: number; lastDuration: number } {
    const order = Uint32Array.from(this.#pts.keys()).sort((a, b) => this.#pts[a]! - this.#pts[b]!);
    const first = this.#pts[order[0] ?? 0] ?? 0;
    const time = new Float64Array(order.length);
    const key = new Uint8Array(order.length);
    const bytes = new Uint32Array(order.length);
    for (const [to, from] of order.entries()) {
      time[to] = (this.#pts[from]! - first) * this.#timeBase;
      key[to] = this.#key[from]!;
      bytes[to] = this.#bytes[from]!;
    }
    return {
      frames: { time, key, bytes },
      firstTimestamp: first * this.#timeBase,
      lastDuration: this.#lastDuration * this.#timeBase,
    };
  }
}

/** A packet whose line names no flags is a plain key frame. */
function flagsOf(fields: readonly string[]): number {
  const named = fields.find((field) => field.trimStart().startsWith("F=0x"));
  return named === undefined ? FLAG_KEY : Number.parseInt(named.trim().slice(4), 16);
}

function median(values: Float64Array): number {
  return values.sort()[values.length >> 1] ?? 0;
}
