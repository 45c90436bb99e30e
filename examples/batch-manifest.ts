/**
 * Analyses the nights of a manifest into a study: `batch-manifest.ts NIGHTS.csv STUDY`. The manifest has the column `path`
 * and, if known, subject, night, started-at, time-zone, age; see docs/studies.md.
 */
import { availableParallelism } from "node:os";
import { countStates, findStudyInputs, parseStudyOptions, runStudy, summarizeStudy } from "kickline";

const [manifest, study] = process.argv.slice(2);
if (manifest === undefined || study === undefined) throw new Error("give a manifest and a folder");

const options = parseStudyOptions({ analysis: { pose: { model: "movenet-lightning", rateHz: 2 } } });
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

const entries = await runStudy(await findStudyInputs([manifest]), study, {
  ...{ options, jobs: 1, cores: availableParallelism(), resume: true, signal: stop.signal },
  onNews: (news) => {
    if (news.kind === "ended") console.log(`${news.entry.subject} ${news.entry.night}: ${news.entry.state}`);
  },
});
await summarizeStudy(study, options, stop.signal);
console.log(JSON.stringify(countStates(entries)));
