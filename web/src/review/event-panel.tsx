import { useId } from "react";
import type { ReviewStep } from "../../../src/agreement/review-action.ts";
import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import { describeNearest, wordsOfFeature } from "../../../src/report/formats/feature-words.ts";
import type { ReportEvent } from "../../../src/report/night-report.ts";
import {
  describeAgreement,
  describeClearness,
  KIND_ORDER,
  KIND_WORDS,
  LIMB_WORDS,
  WITNESS_WORDS,
} from "../../../src/report/wording.ts";
import { SignalView } from "./signal-view.tsx";

interface Props {
  readonly night: string;
  readonly event: ReviewedEvent;
  /** The detection it is made of; undefined for an added event, or when the reviewer is blind. */
  readonly detection: ReportEvent | undefined;
  readonly act: (step: ReviewStep) => void;
  readonly isLooped: boolean;
  readonly onLoop: () => void;
}

const DECISIONS = { open: "Not decided", accepted: "Accepted", rejected: "Rejected" } as const;

/** The selected event: what to decide about it, and what it was found by. */
export function EventPanel({ night, event, detection, act, isLooped, onLoop }: Props) {
  const id = useId();
  const comment = (form: FormData) => {
    const text = String(form.get("comment") ?? "").trim();
    if (text !== "") act({ type: "comment", event: event.key, text });
  };
  return (
    <section className="event-panel" aria-label="Selected event">
      <h2>
        {KIND_WORDS[event.kind].name} <small>{LIMB_WORDS[event.limb]}</small>
      </h2>
      <p className="quiet">
        {event.onset.toFixed(2)} s, {event.duration.toFixed(2)} s long. <b>{DECISIONS[event.decision]}</b>
        {event.isChanged && ", changed"}
      </p>
      <div className="row">
        <button
          type="button"
          aria-pressed={event.decision === "accepted"}
          onClick={() => act({ type: "accept", event: event.key })}
        >
          Accept <kbd>A</kbd>
        </button>
        <button
          type="button"
          aria-pressed={event.decision === "rejected"}
          onClick={() => act({ type: "reject", event: event.key })}
        >
          Reject <kbd>R</kbd>
        </button>
        <button type="button" aria-pressed={isLooped} onClick={onLoop}>
          Loop <kbd>O</kbd>
        </button>
      </div>
      <div className="relabel">
        <label htmlFor={`${id}-kind`}>Kind</label>
        <select
          id={`${id}-kind`}
          data-key="relabel"
          value={event.kind}
          onChange={({ currentTarget }) =>
            act({ type: "relabel", event: event.key, kind: currentTarget.value as ReviewedEvent["kind"] })
          }
        >
          {KIND_ORDER.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind].name}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-limb`}>Limb</label>
        <select
          id={`${id}-limb`}
          value={event.limb}
          onChange={({ currentTarget }) =>
            act({
              ...{ type: "relabel", event: event.key, kind: event.kind },
              limb: currentTarget.value as ReviewedEvent["limb"],
            })
          }
        >
          {Object.entries(LIMB_WORDS).map(([limb, name]) => (
            <option key={limb} value={limb}>
              {name || "None"}
            </option>
          ))}
        </select>
      </div>
      <SignalView night={night} event={event} />
      {detection && <EvidenceView event={detection} />}
      {event.comments.length > 0 && (
        <ul className="comments" aria-label="Comments">
          {event.comments.map((text, i) => (
            // Comments are only ever added at the end.
            <li key={i}>{text}</li>
          ))}
        </ul>
      )}
      <form className="row" action={comment}>
        <label className="visually-hidden" htmlFor={`${id}-comment`}>
          Comment
        </label>
        <input
          id={`${id}-comment`}
          name="comment"
          data-key="comment"
          maxLength={2000}
          placeholder="Comment (C)"
        />
        <button type="submit">Add</button>
      </form>
    </section>
  );
}

function EvidenceView({ event }: { readonly event: ReportEvent }) {
  const { evidence } = event;
  return (
    <details open>
      <summary>
        Evidence: {describeClearness(event)} ({event.confidence.toFixed(2)})
      </summary>
      <p>{evidence.because}</p>
      <table className="evidence">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Value</th>
            <th scope="col">Limit</th>
            <th scope="col">Margin</th>
          </tr>
        </thead>
        <tbody>
          {evidence.measures.map(({ name, value, comparison, limit, margin, witness }) => (
            <tr key={`${name} ${comparison}`}>
              <th scope="row">
                {wordsOfFeature(name).name}
                <small>{WITNESS_WORDS[witness]}</small>
              </th>
              <td>{Number(value.toPrecision(3))}</td>
              <td>
                {comparison === "at least" ? "≥" : "≤"} {Number(limit.toPrecision(3))}
              </td>
              <td>
                <meter
                  min={0}
                  max={1}
                  value={Math.min(1, Math.max(0, margin))}
                  aria-label={`Margin ${margin}`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">
        Motion: {evidence.witnesses.flow}. Leg positions: {evidence.witnesses.pose}.{" "}
        {describeAgreement(evidence.witnesses.agree)}
      </p>
      {evidence.nearest && <p className="quiet">{describeNearest(event)}</p>}
    </details>
  );
}
