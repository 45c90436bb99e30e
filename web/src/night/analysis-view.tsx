import { useEffect, useState } from "react";
import { describeDuration } from "../../../src/report/wording.ts";
import { send } from "../api/http.ts";
import type { NightBrief } from "../api/types.ts";
import { Trouble } from "../shell/trouble.tsx";

const STAGES = [
  ["opening", "Opening the recording"],
  ["survey", "Looking for movement, the whole night through"],
  ["movement", "Measuring where something moved"],
  ["report", "Writing it up"],
] as const;

/** A night that is being looked at: stages, time left, and the sketch that fills in. */
export function AnalysisView({ id, night }: { readonly id: string; readonly night: NightBrief }) {
  const { job } = night;
  const order = (what: "cancel" | "retry") => void send("POST", `/nights/${id}/${what}`);
  if (job?.state === "dead" || job?.state === "cancelled") {
    return (
      <>
        <Trouble
          text={job.state === "dead" ? (job.reason ?? "It could not be read.") : "This was stopped."}
        />
        <button type="button" className="main" onClick={() => order("retry")}>
          Go on where it stopped
        </button>
      </>
    );
  }
  const at = STAGES.findIndex(([stage]) => stage === job?.progress?.stage);
  return (
    <>
      <p className="lead">
        {job?.state === "running" ? "This night is being looked at." : "This night waits for its turn."} You
        may close this page: it goes on by itself, and after a restart of the computer it goes on where it
        was.
      </p>
      <ol className="stages">
        {STAGES.map(([stage, name], i) => (
          <li key={stage} className={i < at ? "done" : i === at ? "now" : ""}>
            <span>{name}</span>
            {i === at && job?.state === "running" && <Progress night={night} />}
            {i < at && <span className="quiet">done</span>}
          </li>
        ))}
      </ol>
      <Sketch id={id} isRunning={job?.state === "running"} />
      <button type="button" onClick={() => order("cancel")}>
        Stop
      </button>
    </>
  );
}

function Progress({ night }: { readonly night: NightBrief }) {
  const { progress } = night.job ?? {};
  const { done, total, secondsLeft, timesRealTime } = progress ?? {};
  if (done == null || !total) return <span className="quiet">under way</span>;
  const left = secondsLeft == null ? "" : `, about ${describeDuration(secondsLeft)} left`;
  return (
    <>
      <progress max={total} value={done} aria-label="Progress of this stage" />
      <span className="quiet" role="status">
        {Math.floor((100 * done) / total)} %{left}
        {timesRealTime ? ` (${Math.round(timesRealTime)} × real time)` : ""}
      </span>
    </>
  );
}

/** The night as far as it is known; drawn anew every two seconds. */
function Sketch({ id, isRunning }: { readonly id: string; readonly isRunning: boolean }) {
  const [turn, setTurn] = useState(0);
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setTurn((n) => n + 1), 2000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return (
    <div className="figure" hidden={!isThere}>
      <img
        className="timeline"
        src={`/api/nights/${id}/sketch.svg?${turn}`}
        alt="Sketch of the night: how much moved when, as far as it is known"
        onLoad={() => setIsThere(true)}
        onError={() => setIsThere(false)}
      />
    </div>
  );
}
