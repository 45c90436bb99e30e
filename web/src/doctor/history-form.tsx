import { useEffect, useRef, useState } from "react";
import { HISTORY_QUESTIONS } from "../../../src/report/guidance.ts";
import { ask, ServerError } from "../api/http.ts";

type Answers = Record<keyof typeof HISTORY_QUESTIONS, string>;
interface Saved {
  readonly revision: number;
  readonly answers: Answers;
}

const LONG = new Set(["family", "medicines", "soothes", "worries", "questions"]);
const MOST = { name: 80, ageWeeks: 40, bornWeeks: 40, feeding: 300, family: 500, medicines: 500, iron: 300 };
const SAVE_MS = 600;

/** The history form: saved by itself, a moment after each change. */
export function HistoryForm({ id }: { readonly id: string }) {
  const [answers, setAnswers] = useState<Answers>();
  const [note, setNote] = useState("");
  const revision = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    void ask<Saved>(`/nights/${id}/history`).then((saved) => {
      revision.current = saved.revision;
      setAnswers(saved.answers);
    });
    return () => clearTimeout(timer.current);
  }, [id]);
  if (!answers) return <p className="quiet">Opening…</p>;
  const save = async (next: Answers) => {
    const body = JSON.stringify({ base: revision.current, answers: next });
    const headers = { "content-type": "application/json" };
    try {
      const saved = await ask<Saved>(`/nights/${id}/history`, { method: "PUT", body, headers });
      revision.current = saved.revision;
      setNote("Saved.");
    } catch (error) {
      if (!(error instanceof ServerError) || error.status !== 409) {
        setNote("Not saved yet; it is tried again with your next change.");
        return;
      }
      // Another page saved meanwhile: what it filled in stays where this one is empty, nothing is lost.
      const other = error.body as Saved;
      revision.current = other.revision;
      const merged = Object.fromEntries(
        Object.entries(next).map(([name, text]) => [name, text || other.answers[name as keyof Answers]]),
      ) as Answers;
      setAnswers(merged);
      await save(merged);
    }
  };
  const change = (name: keyof Answers, text: string) => {
    const next = { ...answers, [name]: text };
    setAnswers(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(next), SAVE_MS);
  };
  return (
    <form className="history" onSubmit={(event) => event.preventDefault()}>
      {(Object.keys(HISTORY_QUESTIONS) as (keyof Answers)[]).map((name) => {
        const common = {
          ...{ id: `history-${name}`, value: answers[name], autoComplete: "off" },
          maxLength: MOST[name as keyof typeof MOST] ?? 500,
        };
        return (
          <div key={name} className={LONG.has(name) ? "wide" : ""}>
            <label htmlFor={`history-${name}`}>{HISTORY_QUESTIONS[name]}</label>
            {LONG.has(name) ? (
              <textarea {...common} rows={2} onChange={(event) => change(name, event.currentTarget.value)} />
            ) : (
              <input {...common} onChange={(event) => change(name, event.currentTarget.value)} />
            )}
          </div>
        );
      })}
      <p className="quiet wide" role="status">
        {note || "All optional. It goes into the PDF, and nowhere else."}
      </p>
    </form>
  );
}
