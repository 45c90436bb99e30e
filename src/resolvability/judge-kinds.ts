import type { EventOptions } from "../events/event-options.ts";
import { type Demand, demandsOf } from "./demands.ts";
import type { Judged, Judgement, ResolvableHour } from "./resolvability.ts";

interface Verdict {
  readonly judged: Judged;
  readonly reason: string | undefined;
}

/** A camera of "10 pictures a second" gives 9.9. */
const NEARLY = 0.95;
const YES: Verdict = { judged: "yes", reason: undefined };

/**
 * Says of each kind of movement whether it could be judged, were it there: in every hour ("yes"), in some or in
 * a part of its range ("partly"), or in none ("no"), with the reason in plain words.
 *
 * A kind that cannot be judged may still be named among the events; it is its absence that says nothing.
 */
export function judgeKinds(hours: readonly ResolvableHour[], options: EventOptions): Judgement[] {
  return demandsOf(options).map((demand) => {
    const verdicts = hours.map((hour) => judge(demand, hour, options));
    const short = verdicts.flatMap(({ judged }, i) => (judged === "yes" ? [] : [i]));
    const isNever = verdicts.every(({ judged }) => judged === "no");
    // The hour that shows least speaks for the others.
    const worst = verdicts.find(({ judged }) => judged === "no") ?? verdicts[short[0] ?? 0];
    return {
      what: demand.what,
      kind: demand.kind,
      judged: short.length === 0 ? "yes" : isNever ? "no" : "partly",
      reason: worst?.reason,
      hours: short,
    };
  });
}

function judge(demand: Demand, hour: ResolvableHour, { legsSeen }: EventOptions): Verdict {
  const { frameRate, highestHz, smallestShanks } = hour;
  if (Number.isNaN(frameRate)) return { judged: "no", reason: "Nothing was filmed." };
  if (demand.hz && highestHz < demand.hz[1]) {
    const reason = `At ${show(frameRate)} pictures a second no rhythm faster than ${show(highestHz)} a second can be shown.`;
    return { judged: highestHz <= demand.hz[0] ? "no" : "partly", reason };
  }
  if (demand.frameRate !== undefined && frameRate < NEARLY * demand.frameRate) {
    const reason = `It needs ${show(demand.frameRate)} pictures a second; there are ${show(frameRate)}.`;
    return { judged: "no", reason };
  }
  if (demand.swing !== undefined && !(smallestShanks <= demand.swing)) return judgeSwing(demand.swing, hour);
  if (demand.needsLegs && hour.legsSeen < legsSeen) {
    return { judged: "no", reason: "The legs were hardly ever in view." };
  }
  if (demand.needsLegs && Number.isNaN(hour.trunkPx)) return { judged: "no", reason: NOT_FOUND };
  return YES;
}

const NOT_FOUND = "The infant was not found in the picture, so nothing tells how large anything is.";

function judgeSwing(swing: number, { smallestPx, shankPx, smallestShanks }: ResolvableHour): Verdict {
  if (Number.isNaN(smallestShanks)) return { judged: "no", reason: NOT_FOUND };
  const reason = `Such a swing is ${show(swing * shankPx)} px here; only ${show(smallestPx)} px or more stand out.`;
  return { judged: "no", reason };
}

/** A number with two or three digits that count. */
function show(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}
