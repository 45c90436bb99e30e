import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFfmpegReader } from "../src/frames/readers/ffmpeg-reader.ts";
import { findFfmpeg } from "../src/media/ffmpeg.ts";
import { createPoseEstimator } from "../src/pose/create-pose-estimator.ts";
import { createPoseFollower } from "../src/pose/pose-follower.ts";
import { openRecording } from "../src/recording/open-recording.ts";
import type { NightReport } from "../src/report/night-report.ts";
import { describeMachine } from "./machine.ts";
import { makeNight } from "./make-night.ts";
import { runMeasured } from "./run-measured.ts";

/**
 * `npm run bench`: speed of every stage and overall, and peak memory, on the demo and on half an hour made of
 * stills and events; in the same run, the same pose model on every frame without a survey (measured on a
 * part, since it would take too long on all).
 */
const ffmpeg = await findFfmpeg();
console.log(await describeMachine());
const night = makeNight(ffmpeg.path, "fixtures/clips", join(tmpdir(), "kickline-bench"), 0.5, 0.05);
for (const [name, path] of [
  ["demo", "fixtures/demo/demo.mp4"],
  ["half an hour, 5 % of minutes with movement", night.path],
] as const) {
  const out = mkdtempSync(join(tmpdir(), "kickline-bench-out-"));
  const run = await runMeasured(process.execPath, ["dist/cli/main.js", "analyze", path, "--out", out]);
  const report = JSON.parse(readFileSync(join(out, "night.json"), "utf8")) as NightReport;
  rmSync(out, { recursive: true });
  const { duration } = report.recording;
  console.log(
    `\n${name}: ${duration.toFixed(0)} s, whole process ${run.seconds.toFixed(1)} s = ${(duration / run.seconds).toFixed(1)} x real time, peak ${run.peakMb.toFixed(0)} MB`,
  );
  for (const [stage, seconds] of Object.entries(report.timing.stages)) {
    console.log(
      `  ${stage.padEnd(16)} ${seconds.toFixed(2).padStart(8)} s  ${(duration / seconds).toFixed(1).padStart(8)} x`,
    );
  }
  const plain = await poseOnEveryFrame(path);
  console.log(
    `  pose on every frame, no survey: ${plain.toFixed(2)} x real time; ours is ${(duration / run.seconds / plain).toFixed(1)} times as fast`,
  );
}

/** Times real time of the same model on every frame, all cores, on the first seconds of a file. */
async function poseOnEveryFrame(path: string): Promise<number> {
  const seconds = 20;
  const { recording } = await openRecording(ffmpeg, [path]);
  const estimator = await createPoseEstimator();
  const started = performance.now();
  const lane = async (from: number, to: number) => {
    const follower = createPoseFollower(estimator);
    for await (const frame of createFfmpegReader(ffmpeg, recording, { height: 320 }).read({ from, to })) {
      await follower.next(frame, frame.time);
    }
  };
  await Promise.all([lane(0, seconds / 2), lane(seconds / 2, seconds)]);
  const took = (performance.now() - started) / 1000;
  await estimator.close();
  return seconds / took;
}
