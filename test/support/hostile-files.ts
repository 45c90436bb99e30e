import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runFfmpeg } from "./make-video.ts";

/** Where a hostile file points: a file that exists, and an address that a test listens on. */
export interface HostileTarget {
  readonly file: string;
  readonly url: string;
}

/** Files that look like recordings by name and try to make the decoder open something else. */
export const HOSTILE_FILES = {
  "a playlist (HLS) naming a file": (folder, { file }) =>
    write(folder, "hls-file.mp4", `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${file}\n`),
  "a playlist (HLS) naming an address": (folder, { url }) =>
    write(
      folder,
      "hls-url.mp4",
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${url}/a.ts\n#EXT-X-ENDLIST\n`,
    ),
  "a script (concat) naming a file": (folder, { file }) =>
    write(folder, "concat-file.mp4", `ffconcat version 1.0\nfile '${file}'\n`),
  "a script (concat) naming an address": (folder, { url }) =>
    write(folder, "concat-url.mp4", `ffconcat version 1.0\nfile '${url}/a.mp4'\n`),
  "a manifest (DASH)": (folder, { url }) =>
    write(
      folder,
      "dash.mp4",
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${url}/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>\n`,
    ),
  "a session description (SDP)": (folder) =>
    write(
      folder,
      "sdp.mp4",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    ),
} as const satisfies Record<string, (folder: string, target: HostileTarget) => string>;

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The two ways in which a QuickTime film says that its pictures lie in another file. */
export type ReferenceKind = "url " | "alis";

/** A QuickTime film, 2 s of 25 frames a second, whose pictures are said to lie in another file. */
export async function makeExternalReference(
  folder: string,
  kind: ReferenceKind,
  target: string,
): Promise<string> {
  const path = join(folder, `reference-${kind.trim()}.mov`);
  const source = "testsrc2=size=160x120:rate=25:duration=2";
  await runFfmpeg("-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", "-c:v", "libx264", path);
  const bytes = readFileSync(path);
  // The track's own entry says "in this file"; this one names another.
  const at = bytes.indexOf("dref") - 4;
  const content = kind === "alis" ? aliasOf(target) : Buffer.from(`file://${target}\0`);
  const entry = Buffer.concat([Buffer.from(`\0\0\0\0${kind}\0\0\0\0`, "latin1"), content]);
  entry.writeUInt32BE(entry.length, 0);
  const old = bytes.readUInt32BE(at);
  const box = Buffer.concat([bytes.subarray(at, at + 16), entry]);
  box.writeUInt32BE(box.length, 0);
  const grown = box.length - old;
  const whole = Buffer.concat([bytes.subarray(0, at), box, bytes.subarray(at + old)]);
  // Every box around it has grown; the pictures lie before the index and stay where they are.
  for (const name of ["moov", "trak", "mdia", "minf", "dinf"]) {
    const start = whole.lastIndexOf(name, at) - 4;
    whole.writeUInt32BE(whole.readUInt32BE(start) + grown, start);
  }
  writeFileSync(path, whole);
  return path;
}

/** A Macintosh alias record: fixed fields left empty, then the absolute path (kind 2), then the end mark. */
function aliasOf(target: string): Buffer {
  const fixed = Buffer.alloc(150);
  const path = Buffer.from(target.length % 2 === 0 ? target : `${target}\0`, "latin1");
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(2, 0);
  tag.writeUInt16BE(path.length, 2);
  return Buffer.concat([fixed, tag, path, Buffer.from([0xff, 0xff, 0, 0])]);
}
