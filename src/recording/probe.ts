import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { DecoderError, RecordingError } from "../errors.ts";
import { MOST_PIXELS } from "../media/child-limits.ts";
import { type Ffmpeg, INPUT_GUARD, joinWords, startFfmpeg } from "../media/ffmpeg.ts";
import { allowedSeconds, wasEndedFromOutside, watchOutput } from "../media/watch-output.ts";
import { fingerprintFile } from "./fingerprint.ts";
import { PacketTable, type ProbeDescription, parseDescription } from "./parse-probe.ts";
import type { RecordingFile } from "./recording.ts";

/** Most pictures of one file: five days at forty a second. */
const MOST_PACKETS = 2 ** 24;
/** A disk or network slower than this reads no film, bytes a second of film. */
const BYTES_A_SECOND = 3e6;

/** A file as probed: not yet placed in a recording. */
export interface ProbedFile extends Omit<RecordingFile, "onset"> {
  readonly description: ProbeDescription;
}

/**
 * Opens one video file, without decoding it: what is in it, and the exact presentation time of every frame.
 *
 * @throws RecordingError naming the file and what to do: missing, empty, not a video, no video in it,
 * or a header that claims what cannot be (picture size, number of pictures).
 */
export async function probeFile(ffmpeg: Ffmpeg, path: string, signal?: AbortSignal): Promise<ProbedFile> {
  const size = await sizeOf(path);
  let { table, messages } = await listPackets(ffmpeg, path, size, ["-copyts"], signal);
  // A clock that jumps back is joined by ffmpeg, if it is not told to keep times; one that jumps by days by us.
  const joinStep = table.hasJumps && !table.isClockBroken ? table.join() : undefined;
  const isClockJoined = joinStep !== undefined || table.isClockBroken;
  if (isClockJoined && joinStep === undefined) {
    const container = parseDescription(messages)?.container ?? "";
    ({ table, messages } = await listPackets(ffmpeg, path, size, joinWords(container), signal));
  }
  const description = parseDescription(messages);
  requireSaneSize(path, description, messages);
  if (!description || table.length === 0) throw unreadable(path, messages, description !== undefined);
  const { frames, firstTimestamp, lastDuration } = table.finish();
  return {
    ...pick(description),
    description,
    path,
    bytes: size,
    hash: await fingerprintFile(path, size),
    frames,
    firstTimestamp,
    ...(isClockJoined ? { isClockJoined } : {}),
    ...(joinStep === undefined ? {} : { joinStep }),
    duration: frames.time.at(-1)! + (lastDuration || typicalInterval(frames.time)),
  };
}

/** Reads through a file without decoding it. */
async function listPackets(
  ffmpeg: Ffmpeg,
  path: string,
  size: number,
  timing: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ table: PacketTable; messages: string }> {
  signal?.throwIfAborted();
  const table = new PacketTable();
  const run = startFfmpeg(ffmpeg, [
    ...INPUT_GUARD,
    ...["-i", fileUrl(path), "-map", "0:V:0", "-c", "copy", ...timing, "-f", "framecrc", "pipe:1"],
  ]);
  const onAbort = () => void run.stop();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const output = watchOutput(run, path, undefined, allowedSeconds(size / BYTES_A_SECOND));
    await readLines(output, (line) => {
      table.add(line);
      // No picture takes less than a byte.
      if (table.length > Math.min(size, MOST_PACKETS)) throw tooManyPictures(path);
    });
    const { code, messages } = await run.ended;
    signal?.throwIfAborted();
    if (wasEndedFromOutside(code)) throw endedFromOutside(path);
    return { table, messages };
  } catch (error) {
    // A killed child ends its pipe in ways of its own: what happened is that the caller aborted.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await run.stop();
  }
}

/** Not `node:readline`: that one waits for ever when its input is destroyed, as it is on an abort. */
async function readLines(chunks: AsyncIterable<Uint8Array>, take: (line: string) => void): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) take(line.trimEnd());
  }
  if (rest !== "") take(rest);
}

function tooManyPictures(path: string): RecordingError {
  return new RecordingError(
    "recording-unreadable",
    `${path} says that it holds more pictures than it can`,
    "Its header is damaged, or made to do harm: copy it again from the camera.",
  );
}

/** A header's claim of a huge picture would take all memory for nothing. */
function requireSaneSize(path: string, description: ProbeDescription | undefined, messages: string): void {
  // ffmpeg's own words when it refuses a size, which it then does not describe.
  const refused = description ? null : /Picture size (\d+)x(\d+) (?:is invalid|exceeds)/.exec(messages);
  const width = description?.width ?? Number(refused?.[1] ?? 0);
  const height = description?.height ?? Number(refused?.[2] ?? 0);
  if (width * height <= MOST_PIXELS) return;
  throw new RecordingError(
    "recording-unreadable",
    `${path} says that its picture is ${width}x${height}, which no camera films`,
    "Its header is damaged, or made to do harm: copy it again from the camera.",
  );
}

function endedFromOutside(path: string): DecoderError {
  return new DecoderError(
    "decoder-failed",
    `ffmpeg was ended from outside while it opened ${path}`,
    "Memory may be short: close other programs and try again.",
  );
}

/** The file as a URL of ffmpeg's: a name with a colon or a leading dash is still a file. */
function fileUrl(path: string): string {
  return `file:${path}`;
}

function pick(description: ProbeDescription) {
  const { container, codec, pixelFormat, width, height, rotation, interlaced, audio } = description;
  const stated = { statedFrameRate: description.claimedFrameRate };
  return { container, codec, pixelFormat, width, height, rotation, interlaced, audio, ...stated };
}

function typicalInterval(time: Float64Array): number {
  if (time.length < 2) return 0;
  const steps = time.slice(1).map((value, i) => value - time[i]!);
  return steps.sort()[steps.length >> 1]!;
}

async function sizeOf(path: string): Promise<number> {
  let info: Awaited<ReturnType<typeof stat>>;
  try {
    info = await stat(path);
  } catch (cause) {
    throw new RecordingError("recording-missing", `${path}: there is no such file`, "Check the path.", {
      cause,
    });
  }
  if (info.isDirectory()) {
    throw new RecordingError("recording-missing", `${path} is a folder`, "Name the recording's files.");
  }
  if (info.size === 0) {
    throw new RecordingError(
      "recording-empty",
      `${path} is empty (0 bytes)`,
      "The recorder wrote nothing into it, or the copy failed: copy it again from the camera or its card.",
    );
  }
  try {
    for await (const _ of createReadStream(path, { end: 0 })) break;
  } catch (cause) {
    const advice = "Check that you may read it.";
    throw new RecordingError("recording-unreadable", `${path} cannot be opened`, advice, { cause });
  }
  return info.size;
}

function unreadable(path: string, messages: string, hasVideo: boolean): RecordingError {
  if (/matches no streams/.test(messages)) {
    return new RecordingError(
      "recording-without-video",
      `${path} holds no video`,
      "Choose the file with the picture; a sound-only export cannot be analysed.",
    );
  }
  if (/moov atom not found/.test(messages) && !/low score/.test(messages)) {
    return new RecordingError(
      "recording-unreadable",
      `${path} was never finished: its index is missing`,
      "The recorder lost power before it closed the file. Give a whole film of the same camera with --reference.",
    );
  }
  return new RecordingError(
    "recording-unreadable",
    hasVideo ? `${path}: not one picture in it can be read` : `${path} is not a video this program can read`,
    "Check that it plays in a video player; if it does, convert it to MP4 (H.264) and try again.",
    { cause: new Error(messages.trim().split("\n").slice(-3).join(" | ")) },
  );
}
