import { isAbort, KicklineError, ModelError, OptionsError } from "../index.ts";

/** What the program's end means. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, notFitToJudge: 3, interrupted: 130 } as const;

/** Says an error in one paragraph on stderr (no stack, unless KICKLINE_DEBUG is set) and names the exit code. */
export function explain(error: unknown): number {
  if (isAbort(error)) {
    process.stderr.write("Stopped. The same command goes on where it stopped.\n");
    return EXIT.interrupted;
  }
  if (error instanceof KicklineError) {
    process.stderr.write(`kickline: ${error.message}\n${error.advice}\n`);
  } else if (error instanceof ModelError) {
    process.stderr.write(`kickline: ${error.message}\n`);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `kickline: something went wrong that should not have: ${message}\nSet KICKLINE_DEBUG=1 to see where, and please report it.\n`,
    );
  }
  if (process.env["KICKLINE_DEBUG"]) console.error(error);
  return error instanceof OptionsError ? EXIT.wrongUsage : EXIT.failed;
}
