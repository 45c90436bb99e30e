import { useMemo, useState } from "react";
import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { KIND_WORDS, kindsPresent, LIMB_WORDS } from "../../../src/report/wording.ts";
import { toTenths } from "../../../src/signal/tenths.ts";
import { formatMoment } from "../../../src/time.ts";

interface Props {
  readonly report: NightReport;
  readonly events: readonly ReviewedEvent[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly title: string;
}

const PAGE = 50;
const MARKS = { open: "", accepted: "✓ accepted", rejected: "✕ rejected" } as const;

/** Events as a list, by pages: thousands of rows would make every step slow. */
export function EventList({ report, events, selected, onSelect, title }: Props) {
  const [kind, setKind] = useState("");
  const [page, setPage] = useState(0);
  const shown = useMemo(
    () => (kind === "" ? events : events.filter((one) => one.kind === kind)),
    [events, kind],
  );
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const at = Math.min(page, pages - 1);
  return (
    <section className="event-list" aria-label={title}>
      <div className="row">
        <h2>{title}</h2>
        <label>
          Kind{" "}
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">All</option>
            {kindsPresent(report).map(({ kind: one }) => (
              <option key={one} value={one}>
                {KIND_WORDS[one].name}
              </option>
            ))}
          </select>
        </label>
        {pages > 1 && (
          <>
            <button type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
              Earlier
            </button>
            <span className="quiet">
              {at + 1} of {pages}
            </span>
            <button type="button" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
              Later
            </button>
          </>
        )}
      </div>
      <ul>
        {shown.slice(at * PAGE, (at + 1) * PAGE).map((event) => (
          <li key={event.key}>
            <button
              type="button"
              aria-current={event.key === selected ? "true" : undefined}
              onClick={() => onSelect(event.key)}
            >
              <span>{formatMoment(report.recording.startedAt ?? undefined, event.onset)}</span>
              <span>{KIND_WORDS[event.kind].name}</span>
              <span className="quiet">{LIMB_WORDS[event.limb]}</span>
              <span className="quiet">{toTenths(event.duration)} s</span>
              <span>{MARKS[event.decision]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
