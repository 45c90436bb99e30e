import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../signal/seeded-random.ts";
import { copyFirstPart } from "./damage-file.ts";
import { runFfmpeg } from "./make-video.ts";

/** What the odd files are made of: 8 s, 25 frames a second, a key frame a second, B frames, 160x120. */
export const SOUND_FRAMES = 200;
/** Clock of a transport stream: 33 bits of 90 kHz. */
const WRAP_SECONDS = 2 ** 33 / 90_000;

const SOURCE = "testsrc2=size=160x120:rate=25:duration=8";

/** Films a busy picture, so that bytes lost are picture lost. */
async function film(path: string, ...words: readonly string[]): Promise<string> {
  const encoder = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "25", "-sc_threshold", "0"];
  await filmAs(path, SOURCE, [...encoder, ...words]);
  return path;
}

async function filmAs(path: string, source: string, words: readonly string[]): Promise<void> {
  const filter = words.includes("-vf") ? [] : ["-vf", "noise=alls=6:all_seed=7"];
  const format = words.includes("-pix_fmt") ? [] : ["-pix_fmt", "yuv420p"];
  await runFfmpeg("-f", "lavfi", "-i", source, ...filter, ...format, "-threads", "1", ...words, path);
}

/** A maker writes one odd file into a folder and answers its path. */
export type OddFileMaker = (folder: string) => Promise<string>;

const make =
  (name: string, ...words: readonly string[]): OddFileMaker =>
  (folder) =>
    film(join(folder, name), ...words);

/** A maker that spoils what another one made. */
const spoil =
  (sound: OddFileMaker, name: string, change: (bytes: Buffer) => Buffer): OddFileMaker =>
  async (folder) => {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(await sound(folder))));
    return path;
  };

const indexFirst = make("sound-faststart.mp4", "-movflags", "+faststart");
const fragmented = make("sound-fragments.mp4", "-movflags", "+frag_keyframe+empty_moov");
const plain = make("sound.mp4");
const matroska = make("sound.mkv");
const stream = make("sound.ts");
/** Clusters of a second, no B frames, and a clock far enough on that its numbers have four bytes. */
const clusters = make(
  "clusters.mkv",
  ...["-bf", "0", "-cluster_time_limit", "900", "-output_ts_offset", "100000"],
);
const cut =
  (sound: OddFileMaker, name: string, share = 0.6): OddFileMaker =>
  async (folder) =>
    copyFirstPart(await sound(folder), join(folder, name), share);

const zeroFrom = (share: number) => (bytes: Buffer) => bytes.fill(0, Math.floor(bytes.length * share));
const flip = (count: number) => (bytes: Buffer) => {
  const random = seededRandom(11);
  for (let i = 0; i < count; i++) {
    // The first tenth holds the headers: without them it is another test.
    const at = Math.floor(bytes.length * (0.1 + 0.85 * random()));
    bytes[at]! ^= 1 << Math.floor(random() * 8);
  }
  return bytes;
};

/** Every odd file, by name. */
export const ODD_FILES = {
  sound: plain,
  "cut short, index in front": cut(indexFirst, "cut-faststart.mp4"),
  "cut short, index at the end": cut(plain, "cut.mp4"),
  "cut short, fragmented": cut(fragmented, "cut-fragments.mp4"),
  "cut short, Matroska": cut(matroska, "cut.mkv"),
  "cut short, transport stream": cut(stream, "cut.ts"),
  "bytes flipped, MP4": spoil(indexFirst, "flipped.mp4", flip(100)),
  "bytes flipped, Matroska": spoil(matroska, "flipped.mkv", flip(100)),
  "bytes flipped, transport stream": spoil(stream, "flipped.ts", flip(100)),
  "zeros at the end, MP4": spoil(indexFirst, "zeros.mp4", zeroFrom(0.6)),
  "zeros at the end, Matroska": spoil(matroska, "zeros.mkv", zeroFrom(0.6)),
  "zeros at the end, transport stream": spoil(stream, "zeros.ts", zeroFrom(0.6)),
  "zeros in the middle, MP4": spoil(indexFirst, "hole.mp4", (bytes) =>
    bytes.fill(0, Math.floor(bytes.length * 0.3), Math.floor(bytes.length * 0.7)),
  ),
  "begins between key frames": spoil(stream, "headless.ts", (bytes) =>
    bytes.subarray(Math.floor(bytes.length * 0.06) + 77),
  ),
  "clock wraps (33 bits)": make(
    "wrap.ts",
    ...["-output_ts_offset", (WRAP_SECONDS - 4).toFixed(3), "-muxdelay", "0", "-muxpreload", "0"],
  ),
  "clock starts at 1.4 s": stream,
  "clock restarts": spoil(stream, "restart.ts", (bytes) => Buffer.concat([bytes, bytes])),
  "clock jumps back, Matroska": spoil(clusters, "back.mkv", (bytes) => shiftClusters(bytes, 4, -3000)),
  "a timestamp astray by days, Matroska": spoil(clusters, "stray.mkv", (bytes) =>
    shiftClusters(shiftClusters(bytes, 4, 20 * 86_400_000), 5, -20 * 86_400_000),
  ),
  "clock jumps ahead by 30 s, Matroska": spoil(clusters, "ahead.mkv", (bytes) =>
    shiftClusters(bytes, 4, 30_000),
  ),
  "clock jumps ahead by 20 days, Matroska": spoil(clusters, "days.mkv", (bytes) =>
    shiftClusters(bytes, 4, 20 * 86_400_000),
  ),
  "edit list": async (folder) => {
    const path = join(folder, "edited.mp4");
    await runFfmpeg("-ss", "1.3", "-i", await plain(folder), "-c", "copy", path);
    return path;
  },
  "turned by 90": turned("90"),
  "turned by 180": turned("180"),
  interlaced: make("interlaced.ts", "-x264opts", "tff=1", "-flags", "+ildct+ilme"),
  "4:2:2": make("422.mp4", "-pix_fmt", "yuv422p"),
  "Motion JPEG": async (folder) => {
    const path = join(folder, "mjpeg.avi");
    await filmAs(path, SOURCE, ["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"]);
    return path;
  },
  "10-bit HEVC": async (folder) => {
    const path = join(folder, "hevc10.mp4");
    const x265 = ["-c:v", "libx265", "-x265-params", "log-level=none:pools=1"];
    await filmAs(path, SOURCE, [...x265, "-pix_fmt", "yuv420p10le"]);
    return path;
  },
  "a timestamp astray": spoil(stream, "stray.ts", (bytes) => strayTimestamp(bytes, 60)),
  "size changes": async (folder) => {
    const path = join(folder, "resized.ts");
    const small = await stream(folder);
    const large = join(folder, "large.ts");
    const source = "testsrc2=size=320x240:rate=25:duration=8";
    await filmAs(large, source, [
      "-c:v",
      "libx264",
      "-preset",
      "veryfast",
      "-g",
      "25",
      "-output_ts_offset",
      "8.2",
    ]);
    writeFileSync(path, Buffer.concat([readFileSync(small), readFileSync(large)]));
    return path;
  },
  "frame rate misstated": spoil(matroska, "misstated.mkv", (bytes) => {
    // DefaultDuration (0x23e383) of the track, 4 bytes of nanoseconds: 15 a second instead of 25.
    const at = bytes.indexOf(Buffer.from([0x23, 0xe3, 0x83, 0x84]));
    bytes.writeUInt32BE(Math.round(1e9 / 15), at + 4);
    return bytes;
  }),
  "each picture twice": (folder) =>
    film(join(folder, "twice.mp4"), "-vf", "noise=alls=6:all_seed=7,fps=12.5,fps=25"),
  "one picture": make("one.mp4", "-frames:v", "1"),
  "another name than its kind": spoil(matroska, "lying.mp4", (bytes) => bytes),
} as const satisfies Record<string, OddFileMaker>;

export type OddFile = keyof typeof ODD_FILES;

function turned(degrees: string): OddFileMaker {
  return async (folder) => {
    const path = join(folder, `turned-${degrees}.mp4`);
    await runFfmpeg("-i", await plain(folder), "-c", "copy", "-metadata:s:v", `rotate=${degrees}`, path);
    return path;
  };
}

/** Moves the clock of one frame of a transport stream by hours: a bit flipped in its timestamp. */
function strayTimestamp(bytes: Buffer, frame: number): Buffer {
  let count = 0;
  for (let at = 0; at + 188 <= bytes.length; at += 188) {
    const hasAdaptation = (bytes[at + 3]! & 0x20) !== 0;
    const payload = at + 4 + (hasAdaptation ? 1 + bytes[at + 4]! : 0);
    const isVideoStart = (bytes[at + 1]! & 0x40) !== 0 && bytes.readUIntBE(payload, 4) >>> 4 === 0x1e;
    if (!isVideoStart || count++ !== frame) continue;
    // The top bits of the presentation time, and of the decoding time where there is one.
    for (const field of [payload + 9, payload + 14]) bytes[field]! ^= 0x02;
    return bytes;
  }
  throw new RangeError(`the stream has no frame ${frame}`);
}

/** Moves the clock of a Matroska film by so many milliseconds, from its `first`th cluster on. */
function shiftClusters(bytes: Buffer, first: number, milliseconds: number): Buffer {
  const mark = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
  let count = 0;
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 4)) {
    // The time (0xe7, 4 bytes) is the first thing in a cluster, after the cluster's length.
    const time = bytes.indexOf(Buffer.from([0xe7, 0x84]), at);
    if (time === -1 || time > at + 16) continue;
    if (count++ >= first) bytes.writeUInt32BE(bytes.readUInt32BE(time + 2) + milliseconds, time + 2);
  }
  if (count <= first) throw new RangeError(`the film has ${count} clusters`);
  return bytes;
}
