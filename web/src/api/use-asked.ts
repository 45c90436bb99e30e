import { useCallback, useEffect, useState } from "react";
import { ask } from "./http.ts";

export interface Asked<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly again: () => void;
}

/** Asks the server when a part of the page appears, and again when told to. */
export function useAsked<T>(path: string | undefined): Asked<T> {
  const [state, setState] = useState<{ path?: string; value?: T; error?: string }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === undefined) return;
    let isCurrent = true;
    ask<T>(path).then(
      (value) => isCurrent && setState({ path, value }),
      (error: Error) => isCurrent && setState({ path, error: error.message }),
    );
    return () => {
      isCurrent = false;
    };
    // A new turn asks the same again.
  }, [path, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const isOfPath = state.path === path;
  return { value: isOfPath ? state.value : undefined, error: isOfPath ? state.error : undefined, again };
}
