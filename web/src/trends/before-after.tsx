import { useState } from "react";
import type { EventKind } from "../../../src/events/movement-event.ts";
import { KIND_WORDS } from "../../../src/report/wording.ts";
import { rateRatio } from "../../../src/signal/exact-range.ts";
import type { DiaryEntry } from "../api/types.ts";
import { DIARY_WORDS } from "./diary.tsx";
import { type ComparedNight, dayOf } from "./trend-chart.tsx";

interface Props {
  readonly nights: readonly ComparedNight[];
  readonly kind: EventKind;
  readonly diary: readonly DiaryEntry[];
}

/** Nights before a day against nights from that day on: rates, their ratio, and how sure it is. */
export function BeforeAfter({ nights, kind, diary }: Props) {
  const [day, setDay] = useState(() => (diary[0]?.at ?? nights.at(-1)?.at ?? "").slice(0, 10));
  const split = dayOf(day || "1970-01-01");
  const sum = (some: readonly ComparedNight[]) => ({
    count: some.reduce((all, { counts }) => all + (counts.get(kind) ?? 0), 0),
    hours: some.reduce((all, { hours }) => all + hours, 0),
    nights: some.length,
  });
  const before = sum(nights.filter(({ at }) => dayOf(at) < split));
  const after = sum(nights.filter(({ at }) => dayOf(at) >= split));
  const isPossible = before.nights > 0 && after.nights > 0;
  const cameras = new Set(nights.map(({ highestHz }) => highestHz.toFixed(0)));
  return (
    <section aria-label="Before and after">
      <h2>Before and after a day</h2>
      <div className="row">
        <label>
          Day{" "}
          <input
            type="date"
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            className="day"
          />
        </label>
        {diary.map(({ id, at, kind: what }) => (
          <button key={id} type="button" onClick={() => setDay(at.slice(0, 10))}>
            {DIARY_WORDS[what]}, {at.slice(5, 10)}
          </button>
        ))}
      </div>
      {isPossible ? (
        <Comparison kind={kind} before={before} after={after} />
      ) : (
        <p>Nights on both sides are needed.</p>
      )}
      {cameras.size > 1 && (
        <p className="quiet">
          These nights were filmed at different frame rates: a faster camera sees more rhythms. Compare with
          care.
        </p>
      )}
    </section>
  );
}

interface Side {
  readonly count: number;
  readonly hours: number;
  readonly nights: number;
}

function Comparison({
  kind,
  before,
  after,
}: {
  readonly kind: EventKind;
  readonly before: Side;
  readonly after: Side;
}) {
  const say = ({ count, hours, nights }: Side) =>
    `${(count / hours).toFixed(1)} per hour (${count} in ${hours.toFixed(1)} h, ${nights} ${nights === 1 ? "night" : "nights"})`;
  const range = rateRatio(
    { count: before.count, time: before.hours },
    { count: after.count, time: after.hours },
  );
  const show = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "no bound");
  return (
    <>
      <p>
        {KIND_WORDS[kind].name}: {say(before)} before, {say(after)} from then on.
      </p>
      {!Number.isNaN(range.ratio) && (
        <p>
          Ratio {show(range.ratio)}, range of 95 %: {show(range.from)} to {show(range.to)}.{" "}
          {range.from <= 1 && range.to >= 1
            ? "Chance alone could make a difference this size."
            : "Chance alone would rarely make a difference this size; other things that changed (camera, cover, age) could, and movements that come in bouts make the range look narrower than it is."}
        </p>
      )}
    </>
  );
}
