import { useEffect, useMemo, useState } from "react";
import type { Disagreement, RaterComparison } from "../../../src/agreement/compare-raters.ts";
import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import { send } from "../api/http.ts";
import type { Reviewer } from "../api/types.ts";
import { useReview } from "../review/use-review.ts";
import { Trouble } from "../shell/trouble.tsx";

interface Props {
  readonly night: string;
  readonly comparison: RaterComparison & { readonly first: string; readonly second: string };
  readonly describe: (one: Disagreement) => string;
}

/**
 * The queue of disagreements: each is settled for one side or neither. What both agree on and what is settled make
 * the consensus, a review of its own with a trail of its own, exported like any other.
 */
export function ConsensusQueue(props: Props) {
  const { first, second } = props.comparison;
  const [reviewer, setReviewer] = useState<Reviewer>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const name = `Consensus of ${[first, second].sort().join(" and ")}`.slice(0, 60);
    send<Reviewer>("POST", "/reviewers", { name, seesMachine: false }).then(setReviewer, (cause: Error) =>
      setError(cause.message),
    );
  }, [first, second]);
  if (error !== undefined) return <Trouble text={error} />;
  if (!reviewer) return <p className="quiet">Opening…</p>;
  return <Queue key={reviewer.id} {...props} reviewer={reviewer} />;
}

const NOTHING = [] as const;

function Queue({ night, comparison, describe, reviewer }: Props & { readonly reviewer: Reviewer }) {
  const review = useReview(night, reviewer.id, NOTHING);
  const { agreed, disagreements, first, second } = comparison;
  const there = useMemo(
    () => new Set(review?.state.events.map(({ onset, kind }) => `${kind} ${onset.toFixed(3)}`)),
    [review],
  );
  if (!review) return <p className="quiet">Opening…</p>;
  const isThere = (event: ReviewedEvent | null) =>
    event !== null && there.has(`${event.kind} ${event.onset.toFixed(3)}`);
  const take = ({ onset, duration, kind, limb }: ReviewedEvent) =>
    review.act({ type: "add", onset, duration, kind, limb });
  const missing = agreed.filter((pair) => !isThere(pair.first));
  return (
    <>
      <p>
        {agreed.length} events are agreed on; {disagreements.length} are not. {review.state.events.length} are
        in the consensus.
      </p>
      <div className="row">
        {missing.length > 0 && (
          <button
            type="button"
            onClick={() => {
              for (const pair of missing) take(pair.first);
            }}
          >
            Take the {missing.length} agreed ones into the consensus
          </button>
        )}
        <button type="button" onClick={review.undo} disabled={review.state.standing.length === 0}>
          Undo
        </button>
        <a className="button" href={`/api/nights/${night}/export/json?reviewer=${reviewer.id}`} download>
          Consensus as JSON
        </a>
        <a className="button" href={`/api/nights/${night}/export/tsv?reviewer=${reviewer.id}`} download>
          as TSV
        </a>
      </div>
      <ol className="queue">
        {disagreements.map((one) => (
          <li key={`${one.first?.key ?? ""} ${one.second?.key ?? ""}`} className="card">
            <p>{describe(one)}</p>
            <div className="row">
              {(
                [
                  [one.first, first],
                  [one.second, second],
                ] as const
              ).map(
                ([event, name]) =>
                  event && (
                    <button
                      key={name}
                      type="button"
                      aria-pressed={isThere(event)}
                      disabled={isThere(event)}
                      onClick={() => take(event)}
                    >
                      As {name} says
                    </button>
                  ),
              )}
              <span className="quiet">
                {isThere(one.first) || isThere(one.second) ? "Settled" : "Left out unless settled"}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
