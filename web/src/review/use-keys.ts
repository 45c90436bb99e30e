import { useEffect, useRef } from "react";

/** Keys of a page by name, as `KeyboardEvent.key` says; "Shift+" before those with shift and no letter. */
export type Keys = Readonly<Record<string, () => void>>;

/** Listens to keys wherever the focus is, except where text is typed or a control needs the key itself. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, select, summary, [contenteditable]")) {
        if (event.key === "Escape") target.blur();
        return;
      }
      // A button is pressed by these.
      if ((event.key === " " || event.key === "Enter") && target.closest("button, a")) return;
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const key = latest.current[event.shiftKey ? `Shift+${name}` : name] ?? latest.current[name];
      if (!key) return;
      event.preventDefault();
      key();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
