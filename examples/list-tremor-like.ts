/** Lists the tremor-like rhythms of an analysed night with their evidence: `list-tremor-like.ts FOLDER`. */
import { describeDuration, type ReportEvent, readNight } from "kickline";

const [night] = process.argv.slice(2);
if (night === undefined) throw new Error("give a folder that an analysis wrote, or its night.json");

const { report } = await readNight(night);
const rhythms = report.events.filter(({ kind }) => kind === "tremor-like");
for (const event of rhythms) {
  console.log(`${event.onset.toFixed(1)} s, for ${describeDuration(event.duration)}, ${event.limb}`);
  console.log(`  ${event.evidence.because}`);
  for (const line of measures(event)) console.log(`  ${line}`);
}
// What was not seen may still have been there: the night's coverage belongs to every count.
const watched = describeDuration(report.recording.duration);
console.log(`${rhythms.length} tremor-like rhythms in ${watched} of recording`);

function measures({ evidence }: ReportEvent): string[] {
  return evidence.measures.map(
    ({ name, value, unit, comparison, limit }) => `${name} ${value} ${unit} (asked: ${comparison} ${limit})`,
  );
}
