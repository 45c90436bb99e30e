import type { EventOptions } from "../events/event-options.ts";

/** How far every limit is moved, as a share of it. */
export const MOVED_BY = 0.1;

/** What is arithmetic of the frame rate and no convention stays where it is. */
const FIXED: ReadonlySet<keyof EventOptions> = new Set(["bandShare"]);

/** The limits of the event stage, all made larger or smaller by the same factor. */
export function scaleLimits(options: EventOptions, factor: number): EventOptions {
  const scaled = Object.entries(options).map(([name, value]) => [
    name,
    FIXED.has(name as keyof EventOptions) ? value : value * factor,
  ]);
  return Object.fromEntries(scaled) as EventOptions;
}
