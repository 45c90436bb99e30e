import { type Ffmpeg, findFfmpeg } from "../../src/media/ffmpeg.ts";

/** Every ffmpeg there is to test with: the system's and the old one an npm package carries. */
export async function findAllFfmpegs(): Promise<Ffmpeg[]> {
  const found = await Promise.all(
    [process.env, { PATH: "" }].map((environment) => findFfmpeg(environment).catch(() => undefined)),
  );
  const all = found.filter((one) => one !== undefined);
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}
