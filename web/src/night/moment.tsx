import { useState } from "react";
import type { ReportEvent } from "../../../src/report/night-report.ts";
import { describeDuration, KIND_WORDS } from "../../../src/report/wording.ts";

/** A moment as a clip with the skeleton drawn on; the film is asked for when it is wanted. */
export function Moment({
  id,
  event,
  when,
}: {
  readonly id: string;
  readonly event: ReportEvent;
  readonly when: string;
}) {
  const [isWanted, setIsWanted] = useState(false);
  const [isAbsent, setIsAbsent] = useState(false);
  const name = `${KIND_WORDS[event.kind].name} at ${when}`;
  return (
    <li className="card moment">
      {isWanted ? (
        <video
          controls
          autoPlay
          muted
          loop
          playsInline
          src={`/api/nights/${id}/clips/${event.id}`}
          aria-label={`Clip: ${name}`}
        />
      ) : (
        <button
          type="button"
          className="still"
          aria-label={`Play the clip: ${name}`}
          onClick={() => setIsWanted(true)}
        >
          {isAbsent ? (
            <span className="quiet">Clip</span>
          ) : (
            <img src={`/api/nights/${id}/thumbnails/${event.id}`} alt="" onError={() => setIsAbsent(true)} />
          )}
          <span className="play" aria-hidden="true">
            ▶
          </span>
        </button>
      )}
      <h3>{KIND_WORDS[event.kind].name}</h3>
      <p className="quiet">
        {when}, {describeDuration(event.duration)}
      </p>
      <p>{event.evidence.because}</p>
    </li>
  );
}
