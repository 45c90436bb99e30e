import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A night made for measuring: where it lies, and when something moves in it. */
export interface MadeNight {
  readonly path: string;
  readonly seconds: number;
  /** Seconds from its start, of what truly moves. */
  readonly moving: readonly { readonly onset: number; readonly duration: number }[];
}

/** Clips with movement, and a stretch of each that holds nothing else. All are 640x360. */
const MOVING = [
  "tremor-5hz-both-25fps",
  "kicking-alternating-20fps",
  "single-leg-movements",
  "slow-rhythm-1.2hz",
];
const STILL = "single-leg-movements";
/** The first seconds of that clip, in which nothing moves, are played to and fro for the still parts. */
const STILL_SECONDS = 4;
const PIECE_SECONDS = 60;
const ENCODE =
  "-c:v libx264 -preset veryfast -pix_fmt yuv420p -b:v 1000k -maxrate 1000k -bufsize 1000k -g 50 -keyint_min 50 -sc_threshold 0 -bf 0";
/** 1280x720, 25 frames a second, infrared-like noise. */
const LOOK = "fps=25,scale=1280:720:flags=bicubic,noise=alls=9:allf=t,format=yuv420p";

/**
 * Makes (once; later calls reuse it) a night of 720p25 H.264 from the rendered clips and noisy stills.
 *
 * @param share of the night's minutes in which a clip with movement is played, 0-1.
 */
export function makeNight(
  ffmpeg: string,
  fixtures: string,
  cache: string,
  hours: number,
  share: number,
): MadeNight {
  mkdirSync(cache, { recursive: true });
  const still = piece(ffmpeg, cache, "still", join(fixtures, `${STILL}.mp4`), true);
  const clips = MOVING.map((name) => ({
    path: piece(ffmpeg, cache, name, join(fixtures, `${name}.mp4`), false),
    ...(JSON.parse(readFileSync(join(fixtures, `${name}.truth.json`), "utf8")) as {
      events: { onset: number; duration: number }[];
    }),
  }));
  const minutes = Math.round(hours * 60);
  const list: string[] = [];
  const moving: { onset: number; duration: number }[] = [];
  let due = 0;
  let used = 0;
  for (let minute = 0; minute < minutes; minute++) {
    due += share;
    const isMoving = due >= 1;
    if (isMoving) due -= 1;
    const clip = clips[used % clips.length]!;
    list.push(`file '${isMoving ? clip.path : still}'`);
    if (!isMoving) continue;
    used++;
    for (const { onset, duration } of clip.events)
      moving.push({ onset: minute * PIECE_SECONDS + onset, duration });
  }
  const path = join(cache, `night-${hours}h-${Math.round(share * 100)}.mp4`);
  if (!existsSync(path)) {
    writeFileSync(join(cache, "list.txt"), list.join("\n"));
    run(ffmpeg, `-f concat -safe 0 -i ${join(cache, "list.txt")} -c copy -movflags +faststart ${path}`);
  }
  return { path, seconds: minutes * PIECE_SECONDS, moving };
}

/** A minute of picture: a clip followed by its own last frame, or a still stretch played over and over. */
function piece(ffmpeg: string, cache: string, name: string, source: string, isStill: boolean): string {
  const path = join(cache, `${name}.mp4`);
  if (existsSync(path)) return path;
  const filter = isStill
    ? `trim=duration=${STILL_SECONDS},fps=25,loop=loop=-1:size=${25 * STILL_SECONDS},setpts=N/25/TB,${LOOK}`
    : `tpad=stop_mode=clone:stop_duration=${PIECE_SECONDS},${LOOK}`;
  run(ffmpeg, `-i ${source} -vf ${filter} -t ${PIECE_SECONDS} -an ${ENCODE} ${path}`);
  return path;
}

function run(ffmpeg: string, args: string): void {
  execFileSync(ffmpeg, ["-v", "error", "-nostdin", "-y", ...args.split(" ")], { stdio: "inherit" });
}
