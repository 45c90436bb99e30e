import { useEffect, useState } from "react";
import type { NightReport } from "../../../src/report/night-report.ts";
import { send } from "../api/http.ts";
import type { NightBrief } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { goTo } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { AnalysisView } from "./analysis-view.tsx";
import { GlanceView } from "./glance-view.tsx";

/** One night: how far its analysis is, then what was seen. */
export function NightPage({ id }: { readonly id: string }) {
  const { night, error } = useWatchedNight(id);
  // Asked for at once, beside the night itself: a stored night is to be there in a moment.
  const { value: report, error: absence, again } = useAsked<NightReport>(`/nights/${id}/report`);
  const hasReport = night?.report != null;
  useEffect(() => {
    if (hasReport && absence !== undefined) again();
  }, [hasReport, absence, again]);
  if (error !== undefined) return <Trouble text={error} />;
  if (!night) return <p className="quiet">Opening…</p>;
  return (
    <>
      <h1>{night.title}</h1>
      {night.report && report && <GlanceView id={id} report={report} />}
      {!night.report && <AnalysisView id={id} night={night} />}
      <RemoveNight id={id} />
    </>
  );
}

/** A night, told anew with each step of its analysis. */
function useWatchedNight(id: string): { night: NightBrief | undefined; error: string | undefined } {
  const asked = useAsked<NightBrief>(`/nights/${id}`);
  const [told, setTold] = useState<NightBrief>();
  const isDone = (told ?? asked.value)?.report !== null && (told ?? asked.value) !== undefined;
  useEffect(() => {
    if (isDone) return;
    const source = new EventSource(`/api/nights/${id}/progress`);
    source.addEventListener("night", (event) => setTold(JSON.parse(event.data) as NightBrief));
    return () => source.close();
  }, [id, isDone]);
  return { night: told ?? asked.value, error: asked.error };
}

function RemoveNight({ id }: { readonly id: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const remove = async () => {
    await send("DELETE", `/nights/${id}`);
    goTo("/");
  };
  return (
    <section className="danger" aria-label="Remove this night">
      {isAsking ? (
        <p>
          The copy of the video, the report and the clips will be gone for good. Files of the open folder
          stay.{" "}
          <button type="button" onClick={remove}>
            Remove it
          </button>{" "}
          <button type="button" onClick={() => setIsAsking(false)}>
            Keep it
          </button>
        </p>
      ) : (
        <button type="button" className="plain" onClick={() => setIsAsking(true)}>
          Remove this night…
        </button>
      )}
    </section>
  );
}
