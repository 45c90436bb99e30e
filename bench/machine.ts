import { cpus, totalmem } from "node:os";
import { findFfmpeg } from "../src/media/ffmpeg.ts";
import { VERSION } from "../src/version.ts";

/** The line every measurement begins with: without it a figure means nothing. */
export async function describeMachine(): Promise<string> {
  const { version } = await findFfmpeg();
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `kickline ${VERSION}, node ${process.version}, ffmpeg ${version}, ${cpus().length} x ${cpu?.model.trim()}, ${memory}`;
}
