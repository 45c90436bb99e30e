import { useMemo } from "react";
import type { NightReport } from "../../../src/report/night-report.ts";
import type { NightBrief, Reviewer } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { Link } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { ReviewDesk } from "./review-desk.tsx";
import { ReviewerGate, useReviewer } from "./reviewer-gate.tsx";
import { useReview } from "./use-review.ts";

const NOTHING: NightReport["events"] = [];

/** Going through a night, event by event. */
export function ReviewPage({ id }: { readonly id: string }) {
  const { value: report, error } = useAsked<NightReport>(`/nights/${id}/report`);
  const { value: night } = useAsked<NightBrief>(`/nights/${id}`);
  const [reviewer, setReviewer] = useReviewer();
  if (error !== undefined) return <Trouble text={error} />;
  if (!report || !night) return <p className="quiet">Opening…</p>;
  return (
    <div className="review">
      <div className="row review-head">
        <h1>{night.title}</h1>
        <Link href={`/nights/${id}`}>At a glance</Link>
        <Link href={`/nights/${id}/agreement`}>Agreement</Link>
        {reviewer && (
          <button type="button" className="plain" onClick={() => setReviewer(undefined)}>
            {reviewer.name}
            {reviewer.seesMachine ? "" : " (blind)"}: change
          </button>
        )}
      </div>
      {reviewer ? (
        <Desk key={reviewer.id} id={id} report={report} reviewer={reviewer} />
      ) : (
        <ReviewerGate onChoose={setReviewer} />
      )}
    </div>
  );
}

function Desk({ id, report, reviewer }: { id: string; report: NightReport; reviewer: Reviewer }) {
  // A rater blind to the machine sees the signals, and no detection.
  const shown = useMemo(
    () => (reviewer.seesMachine ? report : { ...report, events: NOTHING, summary: [] }),
    [report, reviewer.seesMachine],
  );
  const review = useReview(id, reviewer.id, shown.events);
  if (!review) return <p className="quiet">Opening your review…</p>;
  return <ReviewDesk night={id} report={shown} reviewer={reviewer} review={review} />;
}
