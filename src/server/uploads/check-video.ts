import { findFfmpeg, KicklineError, openRecording } from "../../index.ts";

/**
 * Whether a file is a video, by what is in it: its name and what a browser says of it count for nothing.
 *
 * @returns undefined when it is, else what is wrong with it.
 */
export async function checkVideo(path: string): Promise<string | undefined> {
  try {
    await openRecording(await findFfmpeg(), [path]);
    return undefined;
  } catch (error) {
    if (!(error instanceof KicklineError)) throw error;
    // A film that was never finished (a camera that lost its power) may yet be rebuilt by the analysis; what
    // holds no picture at all may not.
    return `This is not a video that can be read. ${error.advice}`;
  }
}
