import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";
import { runFfmpeg } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
afterAll(folder.remove);

const [WIDTH, HEIGHT] = [320, 128];
/** Pixels that the edge moves between two fields. */
const STEP = 4;

/** A bright edge that moves 4 px in each of 50 fields a second, two of them in each picture. */
async function filmInterlaced(): Promise<string> {
  const path = join(folder.path, "edge.mp4");
  const edge = `geq=lum='if(lt(X,20+mod(N,60)*${STEP}),200,40)':cb=128:cr=128`;
  const source = `color=gray:size=${WIDTH}x${HEIGHT}:rate=50:duration=1.1`;
  await runFfmpeg(
    ...["-f", "lavfi", "-i", source, "-vf", `${edge},tinterlace=mode=interleave_top,setfield=tff`],
    ...["-c:v", "libx264", "-crf", "4", "-x264opts", "tff=1", "-flags", "+ildct+ilme", "-pix_fmt", "yuv420p"],
    path,
  );
  return path;
}

/** Where the edge lies in a row, px. */
function edgeIn(data: Uint8Array, width: number, row: number): number {
  return data.subarray(row * width, (row + 1) * width).findIndex((value) => value < 120);
}

describe.each((await findAllFfmpegs()).map((ffmpeg) => [ffmpeg.source, ffmpeg] as const))(
  "interlaced film, with ffmpeg (%s)",
  (_, ffmpeg) => {
    it.each([false, true])("gives one moment a picture (survey: %s)", async (skipLoopFilter) => {
      const { recording, issues } = await openRecording(ffmpeg, [await filmInterlaced()]);
      const isNamed = issues.some(({ code }) => code === "interlaced");
      // An ffmpeg of 2018 does not say of such a file that it is interlaced: then it is read as it is.
      if (ffmpeg.source === "bundled" && !isNamed) return;
      expect(isNamed).toBe(true);
      const reader = createFfmpegReader(ffmpeg, recording, { height: HEIGHT, skipLoopFilter });
      const edges: number[] = [];
      const times: number[] = [];
      for await (const { time, data, width } of reader.read()) {
        times.push(time);
        const rows = Array.from({ length: 40 }, (_, i) => edgeIn(data, width, 40 + i));
        // Not a comb: rows of either kind show the edge at the same place.
        expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(1);
        edges.push(rows.reduce((sum, at) => sum + at, 0) / rows.length);
      }
      const stored = [...recording.files[0]!.frames.time];
      expect(times.map((time) => time.toFixed(4))).toEqual(stored.map((time) => time.toFixed(4)));
      // Even speed, no back and forth: two fields a picture.
      const steps = edges.slice(2, -1).map((at, i) => at - edges[i + 1]!);
      for (const step of steps) expect(Math.abs(step - 2 * STEP)).toBeLessThanOrEqual(1);
    });
  },
);
