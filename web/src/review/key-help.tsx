const KEYS = [
  ["Space", "play, pause"],
  ["← →", "one frame back, on; with Shift one second"],
  ["J K or ↓ ↑", "next, previous event"],
  ["A R", "accept, reject, and go on"],
  ["L C", "to the kind, to the comment (Esc leaves)"],
  ["[ ]", "beginning, end of the event to the moment shown"],
  ["S M N", "split here, merge with the next, mark a new event here"],
  ["U", "take the last step back (it stays on record)"],
  ["O G", "loop the event; adaptive speed"],
  ["1 … 8", "speed 0.1 to 16"],
  ["+ − 0 , .", "zoom in, out, whole night; move the timeline"],
] as const;

/** Every key of the review. */
export function KeyHelp() {
  return (
    <section className="card keys" aria-label="Keys">
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
