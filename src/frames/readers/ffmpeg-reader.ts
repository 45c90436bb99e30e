import { DecoderError } from "../../errors.ts";
import { type Ffmpeg, INPUT_GUARD, joinWords, startFfmpeg } from "../../media/ffmpeg.ts";
import { readNut } from "../../media/nut.ts";
import { allowedSeconds, wasEndedFromOutside, watchOutput } from "../../media/watch-output.ts";
import type { Recording, RecordingFile } from "../../recording/recording.ts";
import type { Frame } from "../frame.ts";
import type { FrameReader, ReadRange } from "../frame-reader.ts";

export interface FfmpegReaderOptions {
  /** Height of the frames, px; the width follows the picture's shape. */
  readonly height: number;
  readonly channels?: 1 | 3;
  /**
   * Leaves out the decoder's deblocking. A third less work; changes a pixel by 0.2 gray levels on average,
   * which the survey does not feel and the flow of a tremor might.
   */
  readonly skipLoopFilter?: boolean;
  /** Told of each file part of which could not be decoded (what ffmpeg said of it). */
  readonly onDamage?: (file: RecordingFile, messages: string) => void;
  /** Seconds without a byte after which ffmpeg is taken to hang and is ended. Default: 120. */
  readonly stallSeconds?: number;
  /** Seconds ffmpeg may take in all for one read of a file. Default: by the length of what is read. */
  readonly mostSeconds?: number;
}

/** A seek lands on the key frame before; start a little early so that rounding never loses a frame. */
const SEEK_MARGIN = 0.01;
/** Streams without an index: a seek lands anywhere, often between key frames, and what follows is lost. */
const LANDS_ANYWHERE = /^(mpegts|mpeg)$/;
/** Then: this many seconds before the key frame, decoding order and a coarse clock allowed for. */
const STREAM_SEEK_MARGIN = 1;
/** Bare pictures without any clock: there is no seeking in them at all. */
const CANNOT_SEEK = /^(h264|hevc|m4v|mpegvideo|mjpeg)$/;
/** More frames than these missing are a loss, even if the decoder says nothing of it. */
const FEW_FRAMES = 3;
const FEW_SHARE = 0.02;
/** More frames than so many times those of the packet table (and some) are no film: the decoder is ended. */
const MOST_FRAMES_FACTOR = 2;
const MOST_FRAMES_MORE = 100;
/** A longer step forward inside a file is a jump of its clock, seconds; as in the packet table. */
const LONGEST_PAUSE = 43_200;
/** Two timestamps closer than this are the same frame. */
const SAME_TIME = 1e-6;

/**
 * Reads scaled frames of a recording through ffmpeg: one child process per pass and file, raw pictures with
 * their exact presentation timestamps over one pipe. Frames are of the picture as shown (turned upright).
 *
 * Keeps the contract of {@link FrameReader}. `data` of a frame is reused for the next one.
 *
 * @throws (while reading) DecoderError when ffmpeg cannot be run or gives nothing it should.
 */
export function createFfmpegReader(
  ffmpeg: Ffmpeg,
  recording: Recording,
  options: FfmpegReaderOptions,
): FrameReader {
  const height = even(Math.min(options.height, recording.size.height));
  const width = even((recording.size.width * height) / recording.size.height);
  const channels = options.channels ?? 1;
  return {
    width,
    height,
    channels,
    async *read(range: ReadRange = {}, signal?: AbortSignal) {
      const from = range.from ?? 0;
      const to = range.to ?? Infinity;
      let index = 0;
      let last = -Infinity;
      for (const file of recording.files) {
        if (file.onset + file.duration <= from || file.onset >= to) continue;
        const part = { ffmpeg, file, width, height, channels, options, from, to, signal };
        for await (const { time, data } of readFile(part)) {
          if (time <= last + SAME_TIME) continue;
          last = time;
          const frame: Frame = { index: index++, time, width, height, channels, data };
          yield frame;
        }
      }
    },
  };
}

interface FilePart {
  readonly ffmpeg: Ffmpeg;
  readonly file: RecordingFile;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly options: FfmpegReaderOptions;
  readonly from: number;
  readonly to: number;
  readonly signal: AbortSignal | undefined;
}

async function* readFile(part: FilePart): AsyncGenerator<{ time: number; data: Uint8Array }> {
  const { file, to, signal } = part;
  signal?.throwIfAborted();
  const from = Math.max(part.from, file.onset);
  const begin = file.onset - (file.skipped ?? 0);
  const seek = seekFor(file, from);
  const run = startFfmpeg(part.ffmpeg, argumentsFor(part, seek));
  const onAbort = () => void run.stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  const size = part.width * part.height * part.channels;
  const reused = new Uint8Array(size);
  let isGone = false;
  try {
    let count = 0;
    let isPast = false;
    let hasRunWild = false;
    let first = file.isClockJoined ? NaN : Math.max(0, file.firstTimestamp);
    let decoded = 0;
    const mostFrames = MOST_FRAMES_FACTOR * file.frames.time.length + MOST_FRAMES_MORE;
    const { stallSeconds, mostSeconds } = part.options;
    // A seek may land as far back as the file's beginning.
    const stretch = Math.min(to, file.onset + file.duration) - begin;
    const output = watchOutput(run, file.path, stallSeconds, mostSeconds ?? allowedSeconds(stretch));
    for await (const frame of readNut(output, (bytes) => (bytes === size ? reused : new Uint8Array(bytes)))) {
      signal?.throwIfAborted();
      hasRunWild = ++decoded > mostFrames;
      if (hasRunWild) break;
      if (Number.isNaN(first)) first = frame.seconds;
      const time = begin + frame.seconds - first;
      if (time < from - SAME_TIME) continue;
      isPast = time >= to - SAME_TIME;
      if (isPast) break;
      count++;
      yield { time, data: frame.data };
    }
    if (isPast || hasRunWild) await run.stop();
    const { code, messages } = await run.ended;
    isGone = true;
    signal?.throwIfAborted();
    const hasFailed = wasEndedFromOutside(code) || (count === 0 && code !== 0);
    if (hasFailed && !isPast && !hasRunWild) throw decoderFailed(file.path, code, messages);
    const missing = countFrames(file, from, to) - count;
    // A start between key frames makes the decoder complain of what is not in the range: count instead.
    const hasStumbled =
      seek > 0 && LANDS_ANYWHERE.test(file.container) ? missing > 0 : messages.trim() !== "";
    const isDamaged = hasRunWild || hasStumbled || missing > Math.max(FEW_FRAMES, FEW_SHARE * count);
    if (isDamaged) part.options.onDamage?.(file, messages);
  } catch (error) {
    // A killed child ends its pipe in ways of its own: what happened is that the caller aborted.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    if (!isGone) await run.stop();
  }
}

/** Seconds from the file's beginning at which ffmpeg starts, so that no frame from `from` on is lost. */
function seekFor(file: RecordingFile, from: number): number {
  const skipped = file.skipped ?? 0;
  const wanted = from - file.onset;
  // Where its clock jumps back, a time names several places: read it from the beginning.
  if (file.isClockJoined) return 0;
  if (wanted + skipped <= 0 || CANNOT_SEEK.test(file.container)) return 0;
  if (!LANDS_ANYWHERE.test(file.container)) return Math.max(0, wanted + skipped - SEEK_MARGIN);
  const { time, key } = file.frames;
  const before = time.findLast((at, i) => key[i] === 1 && at <= wanted + SAME_TIME) ?? -skipped;
  return Math.max(0, before + skipped - STREAM_SEEK_MARGIN);
}

function countFrames(file: RecordingFile, from: number, to: number): number {
  return file.frames.time.filter(
    (time) => file.onset + time >= from - SAME_TIME && file.onset + time < to - SAME_TIME,
  ).length;
}

function argumentsFor(part: FilePart, seek: number): string[] {
  const { file, width, height } = part;
  const format = part.channels === 1 ? "gray" : "rgb24";
  const scaler = part.options.skipLoopFilter ? "fast_bilinear" : "area";
  const scale = `scale=${width}:${height}:flags=${scaler},format=${format}`;
  const filters = [...unmixFields(part), scale, ...correctClock(file)];
  return [
    ...INPUT_GUARD,
    // Threads of the scaler's own would only wait for each other: the cores are taken by other decoders.
    ...["-v", "error", "-threads", "1", "-filter_threads", "1"],
    ...(part.options.skipLoopFilter ? ["-skip_loop_filter", "all"] : []),
    ...(seek > 0 ? ["-ss", seek.toFixed(6)] : []),
    // Joined as for the packet table.
    ...(file.isClockJoined && file.joinStep === undefined ? joinWords(file.container) : ["-copyts"]),
    ...["-i", `file:${file.path}`, "-map", "0:V:0", "-an", "-sn", "-dn"],
    ...["-vf", filters.join(",")],
    ...["-c:v", "rawvideo", ...part.ffmpeg.passthrough, "-enc_time_base", "-1", "-f", "nut", "pipe:1"],
  ];
}

/**
 * Interlaced film shows two moments in one picture, every other line of each: a moving edge is a comb. The survey
 * looks at one of them; the flow gets whole pictures of the first moment, the missing lines made from neighbours
 * in space and time (BBC's adaptive deinterlacer).
 */
function unmixFields({ file, options }: FilePart): string[] {
  if (!file.interlaced) return [];
  return [options.skipLoopFilter ? "field=type=top" : "bwdif=mode=send_frame:deint=interlaced"];
}

function correctClock(file: RecordingFile): string[] {
  if (file.joinStep !== undefined) {
    const [step, pause] = [file.joinStep, LONGEST_PAUSE].map((seconds) => `${seconds}/TB`);
    const isJump = `gt(PTS,PREV_INPTS+${pause})`;
    const joined = `if(${isJump},PREV_OUTPTS+round(${step}),PREV_OUTPTS+PTS-PREV_INPTS)`;
    // From 0, so that it fits into any counter.
    return [`setpts='if(isnan(PREV_INPTS),0,${joined})'`];
  }
  // NUT knows no time below zero and would be shifted unasked (a transport stream's clock wraps every 26.5 h).
  if (file.firstTimestamp >= 0 || file.isClockJoined) return [];
  return [`setpts=PTS-round(${file.firstTimestamp}/TB)`];
}

function decoderFailed(path: string, code: number | null, messages: string): DecoderError {
  const said = messages.trim().split("\n").slice(-2).join(" | ");
  const end = wasEndedFromOutside(code)
    ? "it was ended from outside (is memory short?)"
    : "it ended without a word";
  return new DecoderError(
    "decoder-failed",
    `ffmpeg could not decode ${path}: ${said === "" ? end : said}`,
    "Check that the file plays; if it does, try a newer ffmpeg (KICKLINE_FFMPEG).",
  );
}

function even(value: number): number {
  return Math.max(2, 2 * Math.round(value / 2));
}
