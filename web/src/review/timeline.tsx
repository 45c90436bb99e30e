import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { PALETTES } from "../../../src/report/formats/svg/palette.ts";
import { drawTimeline, LABELS, type TimelinePicture, timelineHeight } from "./draw-timeline.ts";
import { clamped, eventsIn, type View, zoomed } from "./timeline-model.ts";

type Props = Omit<TimelinePicture, "palette"> & {
  readonly onView: (view: View) => void;
  readonly onSeek: (time: number) => void;
  readonly onSelect: (key: string) => void;
};

const ZOOM = 1.0015;
/** A press that moves less than this is a click, px. */
const CLICK = 4;

/** The canvas timeline: wheel zooms, dragging moves, a click seeks and selects. Keys belong to the page. */
export function Timeline(props: Props) {
  const { model, view, onView, onSeek, onSelect, events, longest } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(800);
  const height = timelineHeight(model);
  const isDark = useDark();
  const drag = useRef<{ readonly x: number; readonly view: View; isMoved: boolean }>(undefined);

  useLayoutEffect(() => {
    const element = canvas.current!;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current!;
    const ratio = window.devicePixelRatio || 1;
    if (element.width !== Math.round(width * ratio)) element.width = Math.round(width * ratio);
    if (element.height !== Math.round(height * ratio)) element.height = Math.round(height * ratio);
    const context = element.getContext("2d", { alpha: false })!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawTimeline(context, width, height, { ...props, palette: PALETTES[isDark ? "dark" : "light"] });
  });

  const timeAt = (clientX: number) => {
    const left = canvas.current!.getBoundingClientRect().left;
    return view.from + ((clientX - left - LABELS) / (width - LABELS)) * (view.to - view.from);
  };
  const latest = useRef({ view, timeAt, onView, duration: model.duration });
  latest.current = { view, timeAt, onView, duration: model.duration };
  useEffect(() => {
    // Not by React: its wheel listeners may not keep the page from scrolling.
    const element = canvas.current!;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const now = latest.current;
      const width = now.view.to - now.view.from;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const by = ((event.deltaX || event.deltaY) / 800) * width;
        now.onView(clamped(now.view.from + by, width, now.duration));
      } else now.onView(zoomed(now.view, ZOOM ** event.deltaY, now.timeAt(event.clientX), now.duration));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, view, isMoved: false };
  };
  const onMove = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const by = event.clientX - held.x;
    if (Math.abs(by) > CLICK) held.isMoved = true;
    if (!held.isMoved) return;
    const wide = held.view.to - held.view.from;
    onView(clamped(held.view.from - (by / (width - LABELS)) * wide, wide, model.duration));
  };
  const onUp = (event: PointerEvent) => {
    const wasClick = drag.current && !drag.current.isMoved;
    drag.current = undefined;
    if (!wasClick) return;
    const time = timeAt(event.clientX);
    const near = ((view.to - view.from) / width) * 5;
    const hit = eventsIn(events, longest, { from: time - near, to: time + near }).at(-1);
    if (hit) onSelect(hit.key);
    else onSeek(Math.min(model.duration, Math.max(0, time)));
  };
  return (
    <canvas
      ref={canvas}
      className="timeline-canvas"
      height={height}
      role="img"
      aria-label="Timeline of the night. The list of events below says the same; keys: plus and minus zoom, J and K go from event to event."
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
    />
  );
}

function useDark(): boolean {
  const [isDark, setIsDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const onChange = () => setIsDark(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  return isDark;
}
