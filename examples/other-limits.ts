/**
 * Judges an analysed night again under other limits, without its video: `other-limits.ts FOLDER`. The folder must still
 * hold its milestones.
 */
import { join } from "node:path";
import { NIGHT_FILES, openJournal, parseOptions, readNight, rejudgeRecording } from "kickline";

const [night] = process.argv.slice(2);
if (night === undefined) throw new Error("give a folder that an analysis wrote");

const { report, folder } = await readNight(night);
const { events, ...early } = parseOptions(report.options);
const again = await rejudgeRecording(openJournal(join(folder, NIGHT_FILES.milestones)), {
  // Options of survey, pose and flow stay as they were: what was measured hangs on them.
  options: { ...early, events: { ...events, tremorFrom: 6 } },
});
const count = (some: typeof report.events) => some.filter(({ kind }) => kind === "tremor-like").length;
console.log(`tremor-like from ${events.tremorFrom} Hz: ${count(report.events)}`);
console.log(`tremor-like from 6 Hz: ${count(again.report.events)}`);
