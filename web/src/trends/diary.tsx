import { useRef, useState } from "react";
import { send } from "../api/http.ts";
import type { DiaryEntry } from "../api/types.ts";
import { Trouble } from "../shell/trouble.tsx";

export const DIARY_WORDS: Readonly<Record<DiaryEntry["kind"], string>> = {
  ...{ feed: "Feed", medicine: "Medicine", iron: "Iron", fever: "Fever" },
  ...{ routine: "Routine", other: "Other" },
};

interface Props {
  readonly subject: string;
  readonly entries: readonly DiaryEntry[];
  readonly onChange: () => void;
}

/** What happened between the nights, with marks on the chart. */
export function Diary({ subject, entries, onChange }: Props) {
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const add = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? "").trim();
    if (text("at") === "") return setError("A day is needed.");
    try {
      const entry = { subject, at: text("at"), kind: text("kind"), text: text("text") };
      await send("POST", "/diary", entry);
      setError(undefined);
      form.current?.reset();
      onChange();
    } catch (cause) {
      setError((cause as Error).message);
    }
  };
  const remove = async (id: string) => {
    await send("DELETE", `/diary/${id}`);
    onChange();
  };
  return (
    <section aria-label="Diary">
      <h2>Diary</h2>
      <p>Feeds, medicines, iron, fever, changes of routine: each becomes a mark on the chart.</p>
      <form ref={form} className="diary-form" action={add}>
        <div>
          <label htmlFor="diary-at">Day</label>
          <input id="diary-at" name="at" type="date" />
        </div>
        <div>
          <label htmlFor="diary-kind">What</label>
          <select id="diary-kind" name="kind">
            {Object.entries(DIARY_WORDS).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="diary-text">In your words</label>
          <input id="diary-text" name="text" maxLength={500} autoComplete="off" />
        </div>
        <button type="submit">Add</button>
      </form>
      <Trouble text={error} />
      <ul className="diary">
        {entries.map(({ id, at, kind, text }) => (
          <li key={id}>
            <span>{at.replace("T", " ")}</span>
            <b>{DIARY_WORDS[kind]}</b>
            <span>{text}</span>
            <button
              type="button"
              className="plain"
              onClick={() => remove(id)}
              aria-label={`Remove ${at} ${DIARY_WORDS[kind]}`}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
