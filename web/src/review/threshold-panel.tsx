import { useEffect, useMemo, useRef, useState } from "react";
import type { z } from "zod";
import { eventOptionsSchema } from "../../../src/events/event-options.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { KIND_WORDS } from "../../../src/report/wording.ts";
import { send } from "../api/http.ts";
import { Trouble } from "../shell/trouble.tsx";

type Limits = z.infer<typeof eventOptionsSchema>;
type Name = keyof Limits & string;

interface Judged {
  readonly summary: NightReport["summary"];
  readonly options: Record<string, unknown>;
}

const NAMES = (Object.keys(eventOptionsSchema.shape) as Name[]).filter(
  (name) => typeof eventOptionsSchema.parse({})[name] === "number",
);
const WAIT_MS = 150;

/** Moves a limit and shows at once how the counts change, from what was measured. Nothing is saved by it. */
export function ThresholdPanel({ night, report }: { readonly night: string; readonly report: NightReport }) {
  const before = useMemo(() => limitsOf(report), [report]);
  const [limits, setLimits] = useState<Partial<Limits>>({});
  const [name, setName] = useState<Name>("rhythmConcentration");
  const [judged, setJudged] = useState<Judged>();
  const [error, setError] = useState<string>();
  const turn = useRef(0);
  useEffect(() => {
    if (Object.keys(limits).length === 0) return;
    const mine = ++turn.current;
    const timer = setTimeout(() => {
      send<Judged>("POST", `/nights/${night}/judge`, { events: limits }).then(
        (answer) => {
          if (mine !== turn.current) return;
          setJudged(answer);
          setError(undefined);
        },
        (cause: Error) => setError(cause.message),
      );
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [limits, night]);
  const meta = eventOptionsSchema.shape[name].meta() as {
    description?: string;
    unit?: string;
    source?: string;
  };
  const saved = Number(before[name]);
  const value = Number(limits[name] ?? saved);
  const most = saved === 0 ? 1 : saved * 3;
  const after = new Map((judged?.summary ?? report.summary).map(({ kind, count }) => [kind, count]));
  const save = () => {
    const text = `${JSON.stringify({ ...(judged?.options ?? report.options), events: { ...before, ...limits } }, null, 1)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "kickline-options.json";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <details className="thresholds">
      <summary>Try other limits</summary>
      <p className="quiet">
        From what was measured; the report and the review stay as they are. Save the limits as an options file
        to analyse with them.
      </p>
      <div className="row">
        <label htmlFor="limit-name">Limit</label>
        <select id="limit-name" value={name} onChange={(event) => setName(event.currentTarget.value as Name)}>
          {NAMES.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <input
          type="range"
          aria-label={`${meta.description ?? name}, ${meta.unit ?? ""}`}
          min={0}
          max={most}
          step={most / 300}
          value={value}
          onChange={(event) => setLimits({ ...limits, [name]: Number(event.currentTarget.value) })}
        />
        <output>
          {Number(value.toPrecision(3))} {meta.unit}
        </output>
        <button
          type="button"
          onClick={() => {
            setLimits({});
            setJudged(undefined);
          }}
        >
          As saved
        </button>
        <button type="button" onClick={save}>
          Save as an options file
        </button>
      </div>
      <p className="quiet">
        {meta.description}. Saved: {Number(saved.toPrecision(3))}. Source: {meta.source}.
      </p>
      <Trouble text={error} />
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className="number">
              Saved limits
            </th>
            <th scope="col" className="number">
              These limits
            </th>
          </tr>
        </thead>
        <tbody aria-live="polite">
          {report.summary
            .filter(({ kind, count }) => count > 0 || (after.get(kind) ?? 0) > 0)
            .map(({ kind, count }) => (
              <tr key={kind}>
                <th scope="row">{KIND_WORDS[kind].name}</th>
                <td className="number">{count}</td>
                <td className="number">
                  {after.get(kind) === count ? after.get(kind) : <b>{after.get(kind) ?? 0}</b>}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}

function limitsOf(report: NightReport): Limits {
  return eventOptionsSchema.parse(report.options["events"] ?? {});
}
