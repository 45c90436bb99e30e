import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFfmpegReader } from "../../src/frames/readers/ffmpeg-reader.ts";
import { openRecording } from "../../src/recording/open-recording.ts";
import { findAllFfmpegs } from "../support/ffmpegs.ts";
import { HOSTILE_FILES, type HostileTarget, makeExternalReference } from "../support/hostile-files.ts";
import { makeVideo } from "../support/make-video.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
/** Every request any decoder made. */
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.end();
});
let target: HostileTarget;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // A film that would play if it were opened: being refused is then no accident.
  const file = await makeVideo(folder.path, "secret.ts", { frames: 25 });
  target = { file, url: `http://127.0.0.1:${port}` };
});
afterAll(() => {
  server.close();
  folder.remove();
});

describe.each((await findAllFfmpegs()).map((ffmpeg) => [ffmpeg.source, ffmpeg] as const))(
  "a hostile recording, with ffmpeg (%s)",
  (_, ffmpeg) => {
    it.each(Object.entries(HOSTILE_FILES))("is refused when it is %s", async (_name, makeFile) => {
      const path = makeFile(folder.path, target);
      const error: unknown = await openRecording(ffmpeg, [path]).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "recording-unreadable" });
      expect((error as Error).message).toBe(`${path} is not a video this program can read`);
      // Refused by the list of containers, or not even known for a script: never by what it points to.
      const said = String(((error as Error).cause as Error).message);
      expect(said).toMatch(/not on whitelist|Invalid data found/);
      expect(said).not.toContain("secret.ts'");
      expect(asked).toEqual([]);
    });

    it.each(["alis", "url "] as const)(
      "does not read the pictures that a QuickTime film says lie in another file (%s)",
      async (kind) => {
        const path = await makeExternalReference(folder.path, kind, target.file);
        const counts = { own: 0, foreign: 0 };
        const read = async () => {
          const { recording } = await openRecording(ffmpeg, [path]);
          for await (const { data } of createFfmpegReader(ffmpeg, recording, { height: 60 }).read()) {
            // The other film is all one gray, this one a test card.
            const isPlain = data.every((value) => Math.abs(value - data[0]!) < 8);
            counts[isPlain ? "foreign" : "own"]++;
          }
        };
        const error = await read().catch((reason: unknown) => reason);
        expect(counts.foreign).toBe(0);
        // The old form is known to ffmpeg, which then reads nothing; the other it takes for "in this file".
        if (kind === "alis") expect(error).toMatchObject({ code: "recording-unreadable" });
        else expect(counts.own).toBe(50);
      },
    );

    it("is a file, whatever its name says", async () => {
      for (const name of ["http:__127.0.0.1", "concat:a|b", "pipe:0", "subfile,,start,0,end,9,,:x"]) {
        const path = join(folder.path, name);
        await expect(openRecording(ffmpeg, [path])).rejects.toMatchObject({ code: "recording-missing" });
      }
      for (const name of ["pipe:0", "http://127.0.0.1/a.mp4", "concat:a|b"])
        await expect(openRecording(ffmpeg, [name])).rejects.toMatchObject({ code: "recording-missing" });
    });
  },
);
