import type { Reviewer } from "../api/types.ts";
import type { Review } from "./use-review.ts";

interface Props {
  readonly night: string;
  readonly reviewer: Reviewer;
  readonly review: Review;
  readonly watched: { readonly seconds: number; readonly share: number } | undefined;
  readonly onHelp: () => void;
}

const SAVE_WORDS = {
  saved: "All saved",
  saving: "Saving…",
  offline: "Not reachable; kept here and sent when it is",
} as const;
const FORMATS = ["pdf", "html", "tsv", "json", "clips"] as const;

/** How far a review is, and what can be taken along of it. */
export function ReviewBar({ night, reviewer, review, watched, onHelp }: Props) {
  const { state, save, revision, act, undo } = review;
  const decided = state.events.filter(({ decision }) => decision !== "open").length;
  return (
    <section className="row review-bar" aria-label="Review">
      <span>
        <b>{decided}</b> of {state.events.length} decided
      </span>
      <span className="quiet">
        {watched && `${(watched.seconds / 60).toFixed(1)} min watched (${Math.round(100 * watched.share)} %)`}
      </span>
      <span className="quiet" role="status" data-save={save} data-revision={revision}>
        {SAVE_WORDS[save]}
      </span>
      <button type="button" onClick={undo} disabled={state.standing.length === 0}>
        Undo <kbd>U</kbd>
      </button>
      <button type="button" onClick={() => act({ type: "finish" })} disabled={state.isFinished}>
        {state.isFinished ? "Finished" : "I have finished"}
      </button>
      <details className="exports">
        <summary>Export as reviewed</summary>
        <div className="row">
          {FORMATS.map((format) => (
            <a
              key={format}
              className="button"
              href={`/api/nights/${night}/export/${format}?reviewer=${reviewer.id}`}
              download
            >
              {format === "clips" ? "Clips" : format.toUpperCase()}
            </a>
          ))}
        </div>
      </details>
      <button type="button" onClick={onHelp}>
        Keys <kbd>?</kbd>
      </button>
    </section>
  );
}
