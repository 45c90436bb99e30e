import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import type { NightReport, ReportEvent } from "../../../src/report/night-report.ts";
import { rankSimilar } from "../../../src/report/similar-events.ts";
import type { Reviewer } from "../api/types.ts";
import { useAsked } from "../api/use-asked.ts";
import { EventList } from "./event-list.tsx";
import { EventPanel } from "./event-panel.tsx";
import { KeyHelp } from "./key-help.tsx";
import { PlayerView } from "./player-view.tsx";
import { ReviewBar } from "./review-bar.tsx";
import { ThresholdPanel } from "./threshold-panel.tsx";
import { Timeline } from "./timeline.tsx";
import { buildTimelineModel, clamped, type View, zoomed } from "./timeline-model.ts";
import { useKeys } from "./use-keys.ts";
import { usePlayer } from "./use-player.ts";
import type { Review } from "./use-review.ts";

interface Props {
  readonly night: string;
  readonly report: NightReport;
  readonly reviewer: Reviewer;
  readonly review: Review;
}

interface Watched {
  readonly seconds: number;
  readonly share: number;
  readonly stretches: readonly { readonly onset: number; readonly duration: number }[];
}

/** Length of an event that is added by a key, seconds; its edges are moved after. */
const ADDED = 2;
const MOST_SIMILAR = 12;

/** Film, timeline, the selected event and all others: the whole of a review on one page. */
export function ReviewDesk({ night, report, reviewer, review }: Props) {
  const { state, act, undo } = review;
  const { events } = state;
  const { duration, startedAt, width, height } = report.recording;
  const model = useMemo(() => buildTimelineModel(report), [report]);
  const [view, setView] = useState<View>({ from: 0, to: duration });
  const [chosen, setChosen] = useState<string | undefined>(events[0]?.key);
  const [isHelp, setIsHelp] = useState(false);
  const [similarTo, setSimilarTo] = useState<string>();
  const path = `/nights/${night}/reviews/${reviewer.id}/watched`;
  const { value: watched, again } = useAsked<Watched>(path);
  const needs = useMemo(() => ({ events, movement: movementOf(report) }), [events, report]);
  const player = usePlayer(report, needs, path, again);
  const longest = useMemo(() => Math.max(0, ...events.map((one) => one.duration)), [events]);
  const selected = events.find(({ key }) => key === chosen);
  const detections = useMemo(() => new Map(report.events.map((event) => [event.id, event])), [report]);
  const detection = selected?.from.map((one) => detections.get(one)).find((one) => one !== undefined);

  const { seek, setLoop } = player;
  const select = useCallback(
    (key: string) => {
      const event = events.find((one) => one.key === key);
      if (!event) return;
      setChosen(key);
      setLoop(undefined);
      seek(event.onset);
      setView((now) => (isInside(event, now) ? now : around(event, now, duration)));
    },
    [events, seek, setLoop, duration],
  );
  const first = useRef(events[0]?.onset);
  useEffect(() => {
    // The film begins where the first event does: that is what the panel shows.
    if (first.current !== undefined) seek(first.current);
    first.current = undefined;
  }, [seek]);
  const move = (by: 1 | -1) => {
    const at = events.findIndex(({ key }) => key === chosen);
    const next = at === -1 ? nearest(events, player.now) : at + by;
    const event = events[Math.max(0, Math.min(events.length - 1, next))];
    if (event) select(event.key);
  };
  const onEvent = (make: (event: ReviewedEvent) => Parameters<typeof act>[0] | undefined) => () => {
    const step = selected && make(selected);
    if (step) act(step);
  };
  const decide = (type: "accept" | "reject") => () => {
    if (!selected) return;
    act({ type, event: selected.key });
    move(1);
  };
  const loopOf = (event: ReviewedEvent) => ({
    from: Math.max(0, event.onset - 0.5),
    to: event.onset + event.duration + 0.5,
  });
  const toggleLoop = () => {
    if (player.loop || !selected) return setLoop(undefined);
    setLoop(loopOf(selected));
    seek(selected.onset - 0.5);
    if (!player.isPlaying) player.toggle();
  };
  const { now } = player;
  const pan = (share: number) =>
    setView(clamped(view.from + share * (view.to - view.from), view.to - view.from, duration));
  const focus = (what: string) => () => document.querySelector<HTMLElement>(`[data-key="${what}"]`)?.focus();
  useKeys({
    " ": player.toggle,
    ArrowRight: () => player.step(1),
    ArrowLeft: () => player.step(-1),
    "Shift+ArrowRight": () => seek(now + 1),
    "Shift+ArrowLeft": () => seek(now - 1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ...{ j: () => move(1), k: () => move(-1), a: decide("accept"), r: decide("reject") },
    ...{ l: focus("relabel"), c: focus("comment"), u: undo, o: toggleLoop },
    "[": onEvent((event) => edges(event, now, event.onset + event.duration)),
    "]": onEvent((event) => edges(event, event.onset, now)),
    s: onEvent((event) => ({ type: "split", event: event.key, at: now })),
    m: onEvent((event) => {
      const next = events[events.indexOf(event) + 1];
      return next && { type: "merge", events: [event.key, next.key] };
    }),
    n: () =>
      setChosen(act({ type: "add", onset: now, duration: ADDED, kind: "indeterminate", limb: "none" })),
    g: () => player.setAdaptive(!player.isAdaptive),
    "+": () => setView(zoomed(view, 0.5, clampInto(now, view), duration)),
    "=": () => setView(zoomed(view, 0.5, clampInto(now, view), duration)),
    "-": () => setView(zoomed(view, 2, clampInto(now, view), duration)),
    "0": () => setView({ from: 0, to: duration }),
    ",": () => pan(-0.5),
    ".": () => pan(0.5),
    ...Object.fromEntries(
      [0.1, 0.25, 0.5, 1, 2, 4, 8, 16].map((speed, i) => [String(i + 1), () => player.setSpeed(speed)]),
    ),
    "?": () => setIsHelp(!isHelp),
  });

  const similar = similarTo === undefined ? undefined : detections.get(similarTo);
  const listed = similar ? likeThis(report.events, similar, events) : events;
  return (
    <>
      <ReviewBar
        night={night}
        reviewer={reviewer}
        review={review}
        watched={watched}
        onHelp={() => setIsHelp(!isHelp)}
      />
      {isHelp && <KeyHelp />}
      <div className="desk">
        <PlayerView
          night={night}
          player={player}
          startedAt={startedAt ?? undefined}
          size={{ width, height }}
        />
        {selected ? (
          <EventPanel
            night={night}
            event={selected}
            detection={detection}
            act={act}
            isLooped={player.loop !== undefined}
            onLoop={toggleLoop}
          />
        ) : (
          <section className="event-panel">
            <p className="quiet">No event is selected. N marks one at the moment shown; ? lists all keys.</p>
          </section>
        )}
      </div>
      <Timeline
        {...{ model, events, longest, view, now, watched: watched?.stretches ?? [] }}
        selected={chosen}
        startedAt={startedAt ?? undefined}
        onView={setView}
        onSeek={seek}
        onSelect={select}
      />
      <div className="row zoom">
        <button type="button" onClick={() => setView(zoomed(view, 0.5, clampInto(now, view), duration))}>
          Zoom in <kbd>+</kbd>
        </button>
        <button type="button" onClick={() => setView(zoomed(view, 2, clampInto(now, view), duration))}>
          Zoom out <kbd>−</kbd>
        </button>
        <button type="button" onClick={() => setView({ from: 0, to: duration })}>
          Whole night <kbd>0</kbd>
        </button>
        {detection && (
          <button
            type="button"
            aria-pressed={similar !== undefined}
            onClick={() => setSimilarTo(similar ? undefined : detection.id)}
          >
            More like this
          </button>
        )}
      </div>
      <EventList
        report={report}
        events={listed}
        selected={chosen}
        onSelect={select}
        title={similar ? "Most like the chosen event, nearest first" : "All events"}
      />
      {reviewer.seesMachine && <ThresholdPanel night={night} report={report} />}
    </>
  );
}

function likeThis(all: readonly ReportEvent[], wanted: ReportEvent, events: readonly ReviewedEvent[]) {
  const byId = new Map(events.flatMap((event) => event.from.map((id) => [id, event] as const)));
  const near = rankSimilar(all, wanted).slice(0, MOST_SIMILAR);
  return near.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Where something moved, from the report's coverage. */
function movementOf({ timeline: { coverage, binDuration } }: NightReport) {
  return [...coverage.entries()].flatMap(([i, state]) =>
    state === "legs-seen" || state === "legs-not-seen" || state === "carer"
      ? [{ onset: i * binDuration, duration: binDuration }]
      : [],
  );
}

function edges(event: ReviewedEvent, from: number, to: number) {
  if (to - from < 0.05) return undefined;
  return { type: "move", event: event.key, onset: from, duration: to - from } as const;
}

function isInside(event: ReviewedEvent, view: View): boolean {
  return event.onset >= view.from && event.onset + event.duration <= view.to;
}

function around(event: ReviewedEvent, view: View, duration: number): View {
  const width = Math.max(view.to - view.from, event.duration * 1.5);
  return clamped(event.onset + event.duration / 2 - width / 2, width, duration);
}

function clampInto(time: number, { from, to }: View): number {
  return time < from || time > to ? (from + to) / 2 : time;
}

function nearest(events: readonly ReviewedEvent[], time: number): number {
  return Math.max(
    0,
    events.findIndex(({ onset }) => onset >= time),
  );
}
