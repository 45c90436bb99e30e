import { useMemo, useState } from "react";
import type { EventKind } from "../../../src/events/movement-event.ts";
import { KIND_ORDER, KIND_WORDS } from "../../../src/report/wording.ts";
import type { DiaryEntry, NightBrief } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { Link } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { BeforeAfter } from "./before-after.tsx";
import { Diary } from "./diary.tsx";
import { type ComparedNight, TrendChart } from "./trend-chart.tsx";

/** Nights of one child over time, against its own earlier nights only. */
export function TrendsPage() {
  const { value: nights, error } = useAsked<NightBrief[]>("/nights");
  const [chosen, setChosen] = useState<string>();
  const [kind, setKind] = useState<EventKind>("leg-movement");
  const subjects = [...new Set(nights?.map(({ subject }) => subject))].sort();
  const subject = chosen ?? subjects[0] ?? "";
  const { value: diary, again } = useAsked<DiaryEntry[]>(`/diary?subject=${encodeURIComponent(subject)}`);
  const compared = useMemo(
    () => (nights ?? []).flatMap((night) => toCompared(night, subject)),
    [nights, subject],
  );
  compared.sort((a, b) => a.at.localeCompare(b.at));
  const kinds = KIND_ORDER.filter(
    (one) => KIND_WORDS[one].isOfInfant && compared.some(({ counts }) => (counts.get(one) ?? 0) > 0),
  );
  const shown = kinds.includes(kind) || kinds.length === 0 ? kind : kinds[0]!;
  return (
    <>
      <h1>Nights over time</h1>
      <p className="lead">
        How often each kind was seen per hour that could be judged, night by night. A child is compared with
        its own earlier nights only: there are no norms to hold it against.
      </p>
      <Trouble text={error} />
      <div className="row">
        {subjects.length > 1 && (
          <label>
            Child{" "}
            <select value={subject} onChange={(event) => setChosen(event.currentTarget.value)}>
              {subjects.map((one) => (
                <option key={one} value={one}>
                  {one || "Not named"}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          Kind{" "}
          <select value={shown} onChange={(event) => setKind(event.currentTarget.value as EventKind)}>
            {(kinds.length > 0 ? kinds : [shown]).map((one) => (
              <option key={one} value={one}>
                {KIND_WORDS[one].name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {compared.length === 0 ? (
        <p>
          No night with a date has been looked at yet. <Link href="/">Add a recording</Link>
        </p>
      ) : (
        <>
          <TrendChart nights={compared} kind={shown} diary={diary ?? []} />
          <TrendTable nights={compared} kind={shown} />
          <BeforeAfter nights={compared} kind={shown} diary={diary ?? []} />
        </>
      )}
      <Diary subject={subject} entries={diary ?? []} onChange={again} />
    </>
  );
}

/** A night that can be placed on the chart: of this child, judged, and with a date. */
function toCompared(night: NightBrief, subject: string): ComparedNight[] {
  const { report } = night;
  if (night.subject !== subject || !report?.startedAt || !report.fitToJudge) return [];
  const counts = new Map(report.summary.map(({ kind, count }) => [kind, count]));
  const { observableHours: hours } = report.coverage;
  return [
    { id: night.id, title: night.title, at: report.startedAt, counts, hours, highestHz: report.highestHz },
  ];
}

function TrendTable({
  nights,
  kind,
}: {
  readonly nights: readonly ComparedNight[];
  readonly kind: EventKind;
}) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Night</th>
          <th scope="col" className="number">
            Seen
          </th>
          <th scope="col" className="number">
            Hours judged
          </th>
          <th scope="col" className="number">
            Per hour
          </th>
        </tr>
      </thead>
      <tbody>
        {nights.map(({ id, title, at, counts, hours }) => (
          <tr key={id}>
            <th scope="row">
              <Link href={`/nights/${id}`}>{title}</Link>
              <small>{at.slice(0, 16).replace("T", " ")}</small>
            </th>
            <td className="number">{counts.get(kind) ?? 0}</td>
            <td className="number">{hours.toFixed(2)}</td>
            <td className="number">{((counts.get(kind) ?? 0) / hours).toFixed(1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
