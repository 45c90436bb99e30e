import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { NewStep, RecordedStep, ReviewStep } from "../../../src/agreement/review-action.ts";
import { type Detection, type ReviewState, replayReview } from "../../../src/agreement/review-state.ts";
import { ask, ServerError } from "../api/http.ts";

export type SaveState = "saved" | "saving" | "offline";

export interface Review {
  readonly state: ReviewState;
  readonly save: SaveState;
  /** Steps kept by the server. */
  readonly revision: number;
  /** @returns id of the step, and of the event it adds. */
  readonly act: (step: ReviewStep) => string;
  readonly undo: () => void;
}

interface Trail {
  readonly revision: number;
  readonly steps: readonly RecordedStep[];
}
type Refusal = { readonly revision: number; readonly missed: readonly RecordedStep[] };

const RETRY_MS = 2000;

/**
 * One reviewer's review of a night. Each step shows at once and is saved at once; what another tab of the same
 * reviewer did meanwhile is taken in first, and ours is put behind it: nothing is lost on either side. Steps that
 * could not be sent wait in the browser's storage, over a closed page too.
 */
export function useReview(
  night: string,
  reviewer: string,
  detections: readonly Detection[],
): Review | undefined {
  const path = `/nights/${night}/reviews/${reviewer}`;
  const store = `kickline-steps:${night}:${reviewer}`;
  const [kept, setKept] = useState<readonly RecordedStep[]>();
  const [waiting, setWaiting] = useState<readonly NewStep[]>(() => readWaiting(store));
  const [save, setSave] = useState<SaveState>("saved");
  const keptNow = useRef<readonly RecordedStep[]>([]);
  const waitingNow = useRef(waiting);
  const isSending = useRef(false);

  const setAll = useCallback(
    (steps: readonly RecordedStep[], left: readonly NewStep[]) => {
      keptNow.current = steps;
      waitingNow.current = left;
      if (left.length > 0) localStorage.setItem(store, JSON.stringify(left));
      else localStorage.removeItem(store);
      setKept(steps);
      setWaiting(left);
    },
    [store],
  );

  const flush = useCallback(async () => {
    if (isSending.current) return;
    isSending.current = true;
    while (waitingNow.current.length > 0) {
      setSave("saving");
      const steps = waitingNow.current;
      const base = keptNow.current.at(-1)?.revision ?? 0;
      const known = (all: readonly RecordedStep[]) => new Set(all.map(({ id }) => id));
      try {
        const headers = { "content-type": "application/json" };
        await ask(path, { method: "POST", body: JSON.stringify({ base, steps }), headers });
        const { steps: later } = await ask<Trail>(`${path}?after=${base}`);
        const arrived = known([...keptNow.current, ...later]);
        setAll(
          [...keptNow.current, ...later],
          waitingNow.current.filter(({ id }) => !arrived.has(id)),
        );
      } catch (error) {
        if (error instanceof ServerError && error.status === 409) {
          const { missed } = error.body as Refusal;
          const there = known(missed);
          setAll(
            [...keptNow.current, ...missed],
            waitingNow.current.filter(({ id }) => !there.has(id)),
          );
          continue;
        }
        setSave("offline");
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    isSending.current = false;
    setSave("saved");
  }, [path, setAll]);

  useEffect(() => {
    let isCurrent = true;
    const load = () =>
      ask<Trail>(path).then(({ steps }) => {
        if (!isCurrent) return;
        const there = new Set(steps.map(({ id }) => id));
        setAll(
          steps,
          waitingNow.current.filter(({ id }) => !there.has(id)),
        );
        void flush();
      });
    void load();
    // Another tab may have gone on: look when this one is looked at again.
    const onShow = () => document.visibilityState === "visible" && void load();
    document.addEventListener("visibilitychange", onShow);
    return () => {
      isCurrent = false;
      document.removeEventListener("visibilitychange", onShow);
    };
  }, [path, setAll, flush]);

  const act = useCallback(
    (step: ReviewStep) => {
      const id = newStepId();
      setAll(keptNow.current, [...waitingNow.current, { id, step }]);
      void flush();
      return id;
    },
    [setAll, flush],
  );
  const state = useMemo(
    () => (kept ? replayReview(detections, [...kept, ...waiting]) : undefined),
    [detections, kept, waiting],
  );
  if (!state) return undefined;
  const undo = () => {
    const last = state.standing.at(-1);
    if (last !== undefined) act({ type: "undo", step: last });
  };
  return { state, save, revision: kept?.at(-1)?.revision ?? 0, act, undo };
}

/** Not `crypto.randomUUID`: browsers have that in secure places only, and a clinic's network name is none. */
function newStepId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function readWaiting(store: string): NewStep[] {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "[]") as NewStep[];
  } catch {
    return [];
  }
}
