import { type Analysis, type AnalyzeOptions, analyzeOpened } from "../analyze.ts";
import { KicklineError } from "../errors.ts";
import { parseOptions } from "../options.ts";
import type { PoseEstimator } from "../pose/pose-estimator.ts";
import type { Journal, JournalKeeper } from "./journal.ts";
import { type Opened, recallOpened } from "./open-night.ts";
import { createStopwatch } from "./stopwatch.ts";

/** Early options differ from those of the stored pieces, or pieces were removed. */
function missing(): KicklineError {
  return new KicklineError(
    "measurements-missing",
    "what was measured of this recording is not stored, or was measured with other options of survey, pose or flow",
    "Change options of events, epochs or sound only, or analyse the recording again.",
  );
}

/**
 * Runs the late stages again, from what an earlier analysis stored: other limits of events, the same
 * measurements, no video. Opens no file but the pieces.
 *
 * @param keeper the journal that {@link analyzeRecording} kept its pieces in.
 * @returns the analysis as a whole run with these options would give it; `timing` is that of this run.
 * @throws KicklineError `measurements-missing` when a piece is not there, as after a change of early options.
 */
export async function rejudgeRecording(
  keeper: JournalKeeper,
  call: Pick<AnalyzeOptions, "options" | "signal" | "onProgress" | "parallel" | "onSpan"> = {},
): Promise<Analysis> {
  const options = parseOptions(call.options);
  const opened = await recallOpened(keeper);
  if (!opened) throw missing();
  const estimator = opened.model && refusingEstimator(opened.model);
  const rerun = { ...call, journal: onlyStored(keeper), ...(estimator ? { estimator } : {}) };
  return analyzeOpened(opened, options, rerun, createStopwatch());
}

/** A journal that gives what it holds and makes nothing. */
function onlyStored(keeper: JournalKeeper): JournalKeeper {
  const guard = (journal: Journal): Journal => ({
    async read(name) {
      const kept = await journal.read(name);
      if (kept === undefined) throw missing();
      return kept;
    },
    has: (name) => journal.has(name),
    write: async () => {},
    sweep: async () => {},
  });
  return { at: (key) => guard(keeper.at(key)) };
}

function refusingEstimator(model: Opened["model"] & object): PoseEstimator {
  return { name: model.name, model, estimate: () => Promise.reject(missing()), close: async () => {} };
}
