import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { findFfmpeg, startFfmpeg } from "../src/media/ffmpeg.ts";
import { findStretches } from "../src/sound/find-stretches.ts";
import { Listener } from "../src/sound/listener.ts";
import { FRAME_SECONDS, SAMPLE_RATE } from "../src/sound/sound.ts";
import { soundOptionsSchema } from "../src/sound/sound-options.ts";

/**
 * `tsx validation/validate-sound.ts --cries DIR --others DIR`: in how many clips of each folder something
 * cry-like is heard. Clips are heard whole, each with its own background.
 */
const { values } = parseArgs({
  options: {
    cries: { type: "string" },
    others: { type: "string" },
    options: { type: "string", default: "{}" },
    verbose: { type: "boolean" },
  },
});
const options = soundOptionsSchema.parse(JSON.parse(values.options));
const ffmpeg = await findFfmpeg();

const heard = { cries: await hearFolder(values.cries), others: await hearFolder(values.others) };
const halves = [0, 1].map((half) => heard.cries.filter((_, i) => i % 2 === half));
const right = heard.cries.filter((one) => one.cries.length > 0).length;
const wrong = heard.others.filter((one) => one.cries.length > 0).length;
const ratio = (part: number, whole: number) => (whole === 0 ? "-" : (part / whole).toFixed(2));
console.log(`clips of cries: ${heard.cries.length}, of them heard as cry-like ${right}`);
for (const [i, half] of halves.entries()) {
  const found = half.filter((one) => one.cries.length > 0).length;
  console.log(`  ${i === 0 ? "tuned on" : "held out"}: ${found} of ${half.length}`);
}
console.log(`clips of something else: ${heard.others.length}, of them heard as cry-like ${wrong}`);
console.log(`recall ${ratio(right, heard.cries.length)}, precision ${ratio(right, right + wrong)}`);
const seconds = (of: typeof heard.cries) => of.reduce((sum, one) => sum + one.duration, 0);
const crySeconds = (of: typeof heard.cries) =>
  of.reduce((sum, one) => sum + one.cries.reduce((all, { duration }) => all + duration, 0), 0);
console.log(
  `cry-like time: ${crySeconds(heard.cries).toFixed(1)} of ${seconds(heard.cries).toFixed(1)} s of cries, ` +
    `${crySeconds(heard.others).toFixed(1)} of ${seconds(heard.others).toFixed(1)} s of something else`,
);

async function hearFolder(folder: string | undefined) {
  if (folder === undefined) return [];
  const names = readdirSync(folder)
    .filter((name) => /\.(wav|mp4|m4a|mp3)$/.test(name))
    .sort();
  const clips = [];
  for (const name of names) {
    const samples = await decode(join(folder, name));
    const frames = Math.ceil(samples.length / SAMPLE_RATE / FRAME_SECONDS);
    const listener = new Listener(0, frames);
    listener.add(0, samples);
    const sound = findStretches(listener.finish(), options);
    const cries = sound.stretches.filter(({ kind }) => kind === "cry-like");
    if (values.verbose) {
      const words = cries.map(
        (one) => `${one.onset.toFixed(1)}+${one.duration.toFixed(1)} ${one.pitchHz.toFixed(0)}Hz`,
      );
      console.log(`${basename(name).slice(0, 60).padEnd(60)} ${words.join(", ") || "-"}`);
    }
    clips.push({ name, duration: samples.length / SAMPLE_RATE, cries });
  }
  return clips;
}

async function decode(path: string): Promise<Int16Array> {
  const run = startFfmpeg(ffmpeg, [
    ...["-nostdin", "-v", "error", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar", String(SAMPLE_RATE)],
    ...["-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"],
  ]);
  const bytes = Buffer.concat(await run.stdout.toArray());
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * (bytes.length >> 1)));
}
