import type { EventOptions } from "../events/event-options.ts";
import { type MeasuredRecording, measureHours } from "./hours.ts";
import { judgeKinds } from "./judge-kinds.ts";
import type { Resolvability } from "./resolvability.ts";

/**
 * The card "what this recording can show": fastest rhythm and smallest swing by the hour, and which kinds of
 * movement can be judged with them. Pure; it looks at nothing an analysis has not measured already.
 */
export function describeResolvability(
  measured: Omit<MeasuredRecording, "bandShare">,
  options: EventOptions,
): Resolvability {
  const hours = measureHours({ ...measured, bandShare: options.bandShare });
  return { hours, kinds: judgeKinds(hours, options) };
}
