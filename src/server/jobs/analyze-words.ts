import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataFolder } from "../nights/night-folder.ts";
import type { NightRow } from "../nights/night-store.ts";

/** The words of our command line that analyse a night. Its options go by a file beside the result. */
export async function analyzeWords(data: DataFolder, night: NightRow): Promise<string[]> {
  const { path, result } = data.night(night.id);
  const options = join(path, "options.json");
  await writeFile(options, JSON.stringify(night.options));
  return [
    ...[...night.files, "--out", result, "--options", options],
    ...(night.startedAt === null ? [] : ["--started-at", night.startedAt]),
    ...(night.timeZone === null ? [] : ["--time-zone", night.timeZone]),
  ];
}
