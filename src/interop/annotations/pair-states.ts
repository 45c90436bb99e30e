import { type Annotation, unreadable } from "./annotation.ts";

/** A moment at which something began, ended, or just was. */
export interface StateChange {
  readonly time: number;
  readonly what: Omit<Annotation, "onset" | "duration">;
  readonly status: "START" | "STOP" | "POINT";
}

/**
 * Makes events of moments: each start with the next stop of the same kind and limb.
 *
 * @throws KicklineError `annotations-unreadable` for a stop without a start, and a start without a stop.
 */
export function pairStates(changes: readonly StateChange[], format: string): Annotation[] {
  const open = new Map<string, StateChange>();
  const annotations: Annotation[] = [];
  for (const change of [...changes].sort((a, b) => a.time - b.time)) {
    const { time, what, status } = change;
    const key = JSON.stringify([what.kind, what.limb, what.rater]);
    const begun = open.get(key);
    if (status === "POINT") annotations.push({ ...what, onset: time, duration: 0 });
    else if (status === "START") {
      if (begun) throw unreadable(format, `${what.kind} starts at ${time} s while it still goes on`);
      open.set(key, change);
    } else {
      if (!begun) throw unreadable(format, `${what.kind} stops at ${time} s without a start`);
      const duration = Number((time - begun.time).toFixed(6));
      annotations.push({ ...begun.what, onset: begun.time, duration });
      open.delete(key);
    }
  }
  const [left] = open.values();
  if (left) throw unreadable(format, `${left.what.kind}, begun at ${left.time} s, never stops`);
  return annotations;
}
