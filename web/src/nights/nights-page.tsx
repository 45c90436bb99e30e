import { useEffect } from "react";
import { describeDuration, KIND_WORDS } from "../../../src/report/wording.ts";
import type { NightBrief } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { Link } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { AddRecording } from "./add-recording.tsx";

/** All nights, and the place where a recording is added. */
export function NightsPage() {
  const { value: nights, error, again } = useAsked<NightBrief[]>("/nights");
  const isWorking = nights?.some(({ job }) => job?.state === "waiting" || job?.state === "running") ?? false;
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(again, 3000);
    return () => clearInterval(timer);
  }, [isWorking, again]);
  return (
    <>
      <h1>Nights</h1>
      <AddRecording />
      <Trouble text={error} />
      {nights && nights.length > 0 && (
        <section aria-label="Nights that were added">
          <ul className="nights">
            {nights.map((night) => (
              <li key={night.id}>
                <Link href={`/nights/${night.id}`} className="card">
                  <span className="card-title">{night.title}</span>
                  <span className="card-when">{whenOf(night)}</span>
                  <span className="card-what">{whatOf(night)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function whenOf({ report, addedAt, subject }: NightBrief): string {
  const when = report?.startedAt ?? `added ${addedAt}`;
  const said = when.slice(0, 16).replace("T", " ");
  return subject === "" ? said : `${subject} · ${said}`;
}

function whatOf({ job, report }: NightBrief): string {
  if (report) {
    if (!report.fitToJudge) return `${describeDuration(report.duration)}. Too little could be seen to judge.`;
    const seen = report.summary.filter(({ kind, count }) => count > 0 && KIND_WORDS[kind].isOfInfant);
    const kinds = seen.map(({ kind, count }) => KIND_WORDS[kind].count(count)).slice(0, 4);
    return `${describeDuration(report.duration)}. Seen: ${kinds.join(", ") || "nothing that was looked for"}.`;
  }
  switch (job?.state) {
    case "running": {
      const { progress } = job;
      const share = progress?.done && progress.total ? Math.round((100 * progress.done) / progress.total) : 0;
      return `Being looked at: ${STAGE_WORDS[progress?.stage ?? "opening"]}, ${share} %`;
    }
    case "waiting":
      return "Waits for its turn";
    case "cancelled":
      return "Stopped";
    default:
      return job?.reason ?? "Could not be read";
  }
}

/** What is being done, for parents. */
export const STAGE_WORDS = {
  opening: "opening the recording",
  survey: "looking for movement",
  movement: "measuring movement",
  report: "writing it up",
} as const;
