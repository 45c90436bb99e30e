import { NIGHT_FILES, type OutFolder, type Recording, renderSketchSvg, type Sketch } from "../index.ts";

const EVERY_MS = 2000;

/** Keeps the sketch of a night that is being analysed in its folder, replaced in place as it gets better. */
export function createSketchWriter(folder: OutFolder): {
  readonly show: (sketch: Sketch, recording: Recording) => void;
  /** Takes it away: the report is there, or nothing is. */
  readonly end: () => Promise<void>;
} {
  let last = -Infinity;
  let hasEnded = false;
  let writing: Promise<void> | undefined;
  return {
    show(sketch, recording) {
      const now = performance.now();
      if (hasEnded || writing || now - last < EVERY_MS) return;
      last = now;
      const picture = renderSketchSvg(sketch, recording.startedAt ?? null);
      // A sketch that cannot be written is no reason to lose the night: the report will say what is wrong.
      writing = folder
        .publish({ [NIGHT_FILES.sketch]: picture })
        .catch(() => {})
        .finally(() => {
          writing = undefined;
        });
    },
    async end() {
      if (hasEnded) return;
      hasEnded = true;
      await writing;
      await folder.remove([NIGHT_FILES.sketch]).catch(() => {});
    },
  };
}
