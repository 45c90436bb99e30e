import { KEYPOINT_NAMES } from "../pose/keypoint.ts";
import { emptyPoses, nearestFrame, type PoseTable } from "../pose/pose-table.ts";
import { openJournal } from "../store/journal.ts";
import { readNight } from "../store/write-night.ts";
import { recallStored } from "./recall-night.ts";

/**
 * The poses that an analysis found, each at the frame nearest to its moment; frames without one are missing. Made of what was
 * measured alone: the video is not opened.
 *
 * @param night folder that an analysis wrote, or of a study's night; with its `milestones`.
 * @throws KicklineError `report-unreadable`, `measurements-missing`.
 */
export async function exportPoses(night: string): Promise<PoseTable> {
  const { report, milestones } = await readNight(night);
  const keeper = openJournal(milestones);
  const { recording, readPoses } = await recallStored(keeper, { options: report.options as object });
  const times = Float64Array.from(
    recording.files.flatMap(({ onset, frames }) => Array.from(frames.time, (time) => onset + time)),
  );
  const [model] = report.provenance.models;
  const table = emptyPoses(model ?? { name: "none", version: "", sha256: "" }, times.length);
  const { time, points } = readPoses({ onset: 0, duration: recording.duration });
  for (const [p, at] of time.entries()) {
    const frame = nearestFrame(times, at);
    for (const [k, name] of KEYPOINT_NAMES.entries()) {
      const point = points[name][p];
      if (!point) continue;
      const i = frame * KEYPOINT_NAMES.length + k;
      table.x[i] = point[0] * recording.size.width;
      table.y[i] = point[1] * recording.size.height;
      table.confidence[i] = point[2];
    }
  }
  return table;
}
