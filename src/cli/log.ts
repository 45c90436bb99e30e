import { isAbort, KicklineError, type NightReport } from "../index.ts";
import { EXIT } from "./exit.ts";

/** How a run is told to whoever watches it: words for people, or one JSON object a line for machines. */
export type LogMode = "text" | "json";

type Level = "info" | "warning" | "error";

/** One line on stderr: when, how bad, what. */
function log(level: Level, event: string, more: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...more })}\n`);
}

/** The end of a run that came through: findings, then what was made of the night. */
export function logNight(report: NightReport, folder: string): void {
  for (const issue of report.issues) log(issue.severity === "note" ? "info" : "warning", "finding", issue);
  log("info", "finished", {
    folder,
    fitToJudge: report.fitToJudge,
    events: report.events.length,
    coverage: report.coverage,
    stages: report.timing.stages,
  });
}

/** The end of a run that did not. @returns the exit code. */
export function logError(error: unknown): number {
  if (isAbort(error)) {
    log("warning", "stopped", { advice: "The same command goes on where it stopped." });
    return EXIT.interrupted;
  }
  const isOurs = error instanceof KicklineError;
  log("error", "failed", {
    code: isOurs ? error.code : "unexpected",
    message: error instanceof Error ? error.message : String(error),
    ...(isOurs ? { advice: error.advice } : {}),
  });
  return EXIT.failed;
}
