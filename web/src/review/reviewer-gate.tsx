import { useState } from "react";
import { send } from "../api/http.ts";
import type { Reviewer } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { Trouble } from "../shell/trouble.tsx";

const STORE = "kickline-reviewer";

/** Who reviews: remembered by this browser tab, so that two tabs may be two raters. */
export function useReviewer(): [Reviewer | undefined, (reviewer: Reviewer | undefined) => void] {
  const [reviewer, setReviewer] = useState<Reviewer | undefined>(() => {
    try {
      return JSON.parse(sessionStorage.getItem(STORE) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  });
  const set = (next: Reviewer | undefined) => {
    if (next) sessionStorage.setItem(STORE, JSON.stringify(next));
    else sessionStorage.removeItem(STORE);
    setReviewer(next);
  };
  return [reviewer, set];
}

/** Asks who reviews before anything is shown. */
export function ReviewerGate({ onChoose }: { readonly onChoose: (reviewer: Reviewer) => void }) {
  const { value: known } = useAsked<Reviewer[]>("/reviewers");
  const [error, setError] = useState<string>();
  const onSubmit = async (form: FormData) => {
    const name = String(form.get("name") ?? "").trim();
    if (name === "")
      return setError("A name or initials are needed: every decision is kept with who made it.");
    try {
      const isBlind = form.get("blind") === "on";
      onChoose(await send<Reviewer>("POST", "/reviewers", { name, seesMachine: !isBlind }));
    } catch (cause) {
      setError((cause as Error).message);
    }
  };
  return (
    <form className="card gate" action={onSubmit}>
      <h2>Who is reviewing?</h2>
      <p>
        Each reviewer has a review of their own, and sees nothing of the others' until both have finished. The
        detections themselves never change.
      </p>
      <label htmlFor="reviewer-name">Name or initials</label>
      <input id="reviewer-name" name="name" maxLength={60} list="reviewers" autoComplete="off" />
      <datalist id="reviewers">
        {known?.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <label className="check">
        <input type="checkbox" name="blind" /> Blind to the machine: mark the night from nothing
      </label>
      <Trouble text={error} />
      <button className="main" type="submit">
        Begin
      </button>
    </form>
  );
}
