import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ffmpeg } from "../../src/media/ffmpeg.ts";

/** A decoder that behaves as the shell script says, and says it is the given one. */
export function makeFakeDecoder(ffmpeg: Ffmpeg, folder: string, name: string, script: string): Ffmpeg {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { ...ffmpeg, path };
}
