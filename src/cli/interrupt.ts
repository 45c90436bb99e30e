import { EXIT } from "./exit.ts";

/** A run that was told to stop may take this long to do so in good order. */
const STOPPING_MS = 2000;

/** Turns Ctrl-C and SIGTERM into a signal; a second one, after a while, ends the program at once. */
export function listenForStop(): {
  readonly signal: AbortSignal;
  /** What Ctrl-C does. */
  readonly now: () => void;
  readonly end: () => void;
} {
  const stop = new AbortController();
  let interruptedAt = NaN;
  const onInterrupt = () => {
    // A wrapper (npm, timeout) may hand on the same Ctrl-C a second time; one that comes later is meant.
    if (performance.now() - interruptedAt > STOPPING_MS) process.exit(EXIT.interrupted);
    if (Number.isNaN(interruptedAt)) interruptedAt = performance.now();
    stop.abort();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  return {
    signal: stop.signal,
    now: onInterrupt,
    end: () => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onInterrupt);
    },
  };
}
