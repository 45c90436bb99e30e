import { summarizePlainly } from "../../../src/report/formats/plain-summary.ts";
import { GUIDANCE, GUIDANCE_DRAFT, GUIDANCE_KEEP, GUIDANCE_SOURCES } from "../../../src/report/guidance.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { useAsked } from "../api/use-asked.ts";
import { Link } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { HistoryForm } from "./history-form.tsx";

/** What to tell the doctor: history, when to seek help, and papers to take along. */
export function DoctorPage({ id }: { readonly id: string }) {
  const { value: report, error } = useAsked<NightReport>(`/nights/${id}/report`);
  if (error !== undefined) return <Trouble text={error} />;
  if (!report) return <p className="quiet">Opening…</p>;
  return (
    <>
      <p className="quiet">
        <Link href={`/nights/${id}`}>← The night at a glance</Link>
      </p>
      <h1>For the doctor</h1>
      <p className="lead">{summarizePlainly(report).headline}</p>
      <p>
        A description of what the video shows. What it means, only someone who sees and examines your child
        can say. Your own observations below are worth as much as the counts.
      </p>
      <div className="row actions">
        <a className="button main" href={`/api/nights/${id}/export/pdf`} download>
          Two pages as PDF
        </a>
        <a className="button" href={`/api/nights/${id}/export/clips`} download>
          Clips as an archive
        </a>
      </div>
      <h2>What you know and the camera does not</h2>
      <HistoryForm id={id} />
      <h2>When to seek help</h2>
      <p>This is general guidance, the same for every child, whatever this recording shows.</p>
      <div className="guidance">
        {GUIDANCE.map(({ when, signs }) => (
          <section key={when} className="card" aria-label={when}>
            <h3>{when}</h3>
            <ul>
              {signs.map((sign) => (
                <li key={sign}>{sign}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p>{GUIDANCE_KEEP}</p>
      <details>
        <summary>Sources</summary>
        <ul>
          {GUIDANCE_SOURCES.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
        <p className="quiet">{GUIDANCE_DRAFT}</p>
      </details>
    </>
  );
}
