/** Analyses one recording and writes its folder: `analyze-recording.ts RECORDING FOLDER`. */
import { join } from "node:path";
import {
  analyzeRecording,
  NIGHT_FILES,
  openJournal,
  openOutFolder,
  pictureEvents,
  writeNight,
} from "kickline";

const [recording, out] = process.argv.slice(2);
if (recording === undefined || out === undefined) throw new Error("give a recording and a folder");

const folder = await openOutFolder(out);
try {
  const analysis = await analyzeRecording([recording], {
    options: { pose: { model: "movenet-lightning" } },
    // With a journal a run that was stopped goes on where it was, and poses and limits can be asked for later.
    journal: openJournal(join(out, NIGHT_FILES.milestones)),
    onProgress: ({ stage, done, total }) => {
      if (done === total) process.stderr.write(`${stage}: done\n`);
    },
  });
  await writeNight(folder, analysis.report, await pictureEvents(analysis));
  const { events, issues, fitToJudge } = analysis.report;
  console.log(`${events.length} events; findings: ${issues.map(({ code }) => code).join(", ") || "none"}`);
  if (!fitToJudge) console.log("This recording is not fit to be judged: the findings say why.");
} finally {
  await folder.close();
}
