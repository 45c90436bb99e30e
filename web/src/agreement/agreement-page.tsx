import { useState } from "react";
import type { Disagreement, RaterComparison } from "../../../src/agreement/compare-raters.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { KIND_WORDS } from "../../../src/report/wording.ts";
import { formatMoment } from "../../../src/time.ts";
import type { Reviewer } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { Link } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { ConsensusQueue } from "./consensus-queue.tsx";

interface ReviewBrief extends Reviewer {
  readonly decided: number;
  readonly isFinished: boolean;
}

type Compared = RaterComparison & { readonly first: string; readonly second: string };

/** How two raters of a night compare, once both have finished. */
export function AgreementPage({ id }: { readonly id: string }) {
  const { value: report } = useAsked<NightReport>(`/nights/${id}/report`);
  const { value: reviews } = useAsked<ReviewBrief[]>(`/nights/${id}/reviews`);
  const [pair, setPair] = useState<readonly [string, string]>();
  const finished = reviews?.filter(({ isFinished }) => isFinished) ?? [];
  const [a, b] = pair ?? [finished[0]?.id, finished[1]?.id];
  const { value, error } = useAsked<Compared>(
    a && b && a !== b ? `/nights/${id}/agreement?first=${a}&second=${b}` : undefined,
  );
  if (!report || !reviews) return <p className="quiet">Opening…</p>;
  const choose = (which: 0 | 1, reviewer: string) =>
    setPair(which === 0 ? [reviewer, b ?? ""] : [a ?? "", reviewer]);
  return (
    <>
      <p className="quiet">
        <Link href={`/nights/${id}/review`}>← Review</Link>
      </p>
      <h1>Agreement</h1>
      <ul>
        {reviews.map(({ id: reviewer, name, decided, isFinished, seesMachine }) => (
          <li key={reviewer}>
            {name}: {isFinished ? "finished" : `under way, ${decided} decided`}
            {!seesMachine && ", blind to the machine"}
          </li>
        ))}
      </ul>
      {finished.length < 2 ? (
        <p>
          Two raters stay blind to each other until both say that they have finished. Then their agreement
          appears here.
        </p>
      ) : (
        <div className="row">
          {([0, 1] as const).map((which) => (
            <label key={which}>
              {which === 0 ? "First rater " : "Second rater "}
              <select
                value={which === 0 ? a : b}
                onChange={(event) => choose(which, event.currentTarget.value)}
              >
                {finished.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      )}
      <Trouble text={error} />
      {value && (
        <>
          <AgreementTable compared={value} />
          <h2>What they do not agree on</h2>
          <ConsensusQueue
            night={id}
            comparison={value}
            describe={(one) => describe(one, value, report.recording.startedAt ?? undefined)}
          />
        </>
      )}
    </>
  );
}

function AgreementTable({ compared }: { readonly compared: Compared }) {
  const show = (value: number | null) => (value === null ? "–" : value.toFixed(2));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard on a small screen
    <section className="wide-table" tabIndex={0} aria-label="Agreement by kind">
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className="number">
              {compared.first}
            </th>
            <th scope="col" className="number">
              {compared.second}
            </th>
            <th scope="col" className="number">
              Both
            </th>
            <th scope="col" className="number">
              Event F1
            </th>
            <th scope="col" className="number">
              Kappa
            </th>
          </tr>
        </thead>
        <tbody>
          {compared.kinds.map(({ kind, first, second, both, f1, kappa }) => (
            <tr key={kind}>
              <th scope="row">{KIND_WORDS[kind].name}</th>
              <td className="number">{first}</td>
              <td className="number">{second}</td>
              <td className="number">{both}</td>
              <td className="number">{show(f1)}</td>
              <td className="number">{show(kappa)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function describe(
  { onset, first, second }: Disagreement,
  names: Compared,
  startedAt: string | undefined,
): string {
  const said = (kind: keyof typeof KIND_WORDS | undefined) => (kind ? KIND_WORDS[kind].noun : "nothing");
  return `${formatMoment(startedAt, onset)}: ${names.first} says ${said(first?.kind)}, ${names.second} says ${said(second?.kind)}.`;
}
