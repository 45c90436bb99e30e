import { summarizePlainly } from "../../../src/report/formats/plain-summary.ts";
import { describeWhen } from "../../../src/report/formats/recording-words.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { pickMoments, sayWhen } from "../../../src/report/typical-moments.ts";
import { describeDuration, KIND_WORDS, kindsPresent } from "../../../src/report/wording.ts";
import { Link } from "../shell/router.tsx";
import { Moment } from "./moment.tsx";

/** The night at a glance, in plain words. */
export function GlanceView({ id, report }: { readonly id: string; readonly report: NightReport }) {
  const { headline, sentences } = summarizePlainly(report);
  const moments = report.fitToJudge ? pickMoments(report) : [];
  const { coverage, recording } = report;
  return (
    <>
      <p className="quiet">{describeWhen(report)}</p>
      <p className="lead">{headline}</p>
      <Facts
        facts={[
          [describeDuration(recording.duration), "recorded"],
          [describeDuration(coverage.observableHours * 3600), "could be judged"],
          [describeDuration(coverage.still), "nothing moved"],
        ]}
      />
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <nav className="row actions" aria-label="What to do with this night">
        <Link className="button main" href={`/nights/${id}/doctor`}>
          For the doctor
        </Link>
        <Link className="button" href={`/nights/${id}/review`}>
          Go through the night
        </Link>
      </nav>
      <h2>The night</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide picture is scrolled by keyboard on a small screen */}
      <section className="figure scroll" tabIndex={0} aria-label="Timeline of the night">
        <img className="timeline" src={`/api/nights/${id}/timeline.svg`} alt={describeTimeline(report)} />
      </section>
      {moments.length > 0 && (
        <>
          <h2>Typical moments</h2>
          <p>
            The clearest of each kind that was seen. The lines show where the program saw the legs: left
            orange, right blue (the child's own).
          </p>
          <ul className="moments">
            {moments.map((event) => (
              <Moment key={event.id} id={id} event={event} when={sayWhen(report, event.onset)} />
            ))}
          </ul>
        </>
      )}
      {report.fitToJudge && <Kinds report={report} />}
      <h2>What this recording cannot show</h2>
      <ul>
        {report.limits.cannotShow.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [value: string, name: string])[] }) {
  return (
    <dl className="facts">
      {facts.map(([value, name]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Kinds({ report }: { readonly report: NightReport }) {
  return (
    <>
      <h2>What was looked for and seen</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className="number">
              Times
            </th>
            <th scope="col" className="number">
              Together
            </th>
          </tr>
        </thead>
        <tbody>
          {kindsPresent(report).map(({ kind, count, seconds }) => (
            <tr key={kind}>
              <th scope="row">
                <b>{KIND_WORDS[kind].name}</b>
                <small>{KIND_WORDS[kind].definition}</small>
              </th>
              <td className="number">{count}</td>
              <td className="number">{describeDuration(seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function describeTimeline(report: NightReport): string {
  const kinds = kindsPresent(report).map(({ kind, count }) => `${KIND_WORDS[kind].name}: ${count}`);
  return `Timeline of the night, with a lane for each kind. ${kinds.join(", ")}. The table below says the same.`;
}
