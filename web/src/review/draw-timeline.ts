import type { ReviewedEvent } from "../../../src/agreement/review-state.ts";
import type { Palette } from "../../../src/report/formats/svg/palette.ts";
import { formatMoment } from "../../../src/time.ts";
import {
  eventsIn,
  type StretchLane,
  type TimelineModel,
  type ValueLane,
  type View,
} from "./timeline-model.ts";

/** What is drawn beside the model. */
export interface TimelinePicture {
  readonly model: TimelineModel;
  readonly events: readonly ReviewedEvent[];
  readonly longest: number;
  readonly view: View;
  readonly now: number;
  readonly selected: string | undefined;
  readonly palette: Palette;
  readonly startedAt: string | undefined;
  readonly watched: readonly { readonly onset: number; readonly duration: number }[];
}

export const LABELS = 104;
const AXIS = 20;
const TALL = 34;
const LOW = 12;
const GAP = 5;
const EVENTS = 30;
const LEFT = "#e69f00";
const RIGHT = "#4aa3df";

/** Tones of stretches; names stand beside the lane, so colour never stands alone. */
const TONES: Readonly<Record<string, string>> = {
  ...{ active: "#3a95cc", resting: "#9fb8c4", caregiver: "#c9a227", "not-observable": "#b9bfc5" },
  ...{ carer: "#c9a227", still: "#b5c4cd", "legs-seen": "#1f6f78", "legs-not-seen": "#7fb2b8" },
  ...{ light: "#e0cf8b", gap: "#d98c8c", unreadable: "#d98c8c" },
};

/** Height of the whole timeline, CSS px. */
export function timelineHeight({ values, stretches }: TimelineModel): number {
  return (
    AXIS +
    (values.length + 1) * (TALL + GAP) +
    stretches.length * (LOW + GAP) +
    2 * (EVENTS + GAP) +
    LOW +
    GAP
  );
}

/** Where lanes of events are, for the mouse. */
export function eventLaneTop(model: TimelineModel): number {
  return timelineHeight(model) - 2 * (EVENTS + GAP) - LOW - GAP;
}

/** Draws the whole timeline. One pass over what is in view; bins and events thinner than a pixel are joined. */
export function drawTimeline(
  canvas: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: TimelinePicture,
): void {
  const { model, view, palette, now } = picture;
  canvas.fillStyle = palette.paper;
  canvas.fillRect(0, 0, width, height);
  canvas.font = "12px system-ui, sans-serif";
  canvas.textBaseline = "middle";
  const scale = (width - LABELS) / (view.to - view.from);
  const x = (time: number) => LABELS + (time - view.from) * scale;
  drawAxis(canvas, picture, width, height, x);
  let y = AXIS;
  for (const lane of model.values) {
    drawValues(canvas, lane, model.binDuration, view, { y, width, scale }, palette);
    y += TALL + GAP;
  }
  label(canvas, `Rhythm, 0–${Math.round(model.highestHz)} Hz`, y + TALL / 2, palette);
  canvas.fillStyle = palette.lane;
  canvas.fillRect(LABELS, y, width - LABELS, TALL);
  canvas.fillStyle = palette.accent;
  for (const [onset, end, hz] of model.rhythms) {
    if (end < view.from || onset > view.to) continue;
    canvas.fillRect(
      x(onset),
      y + TALL * (1 - hz / model.highestHz) - 1.5,
      Math.max(3, (end - onset) * scale),
      3,
    );
  }
  y += TALL + GAP;
  for (const lane of model.stretches) {
    drawStretches(canvas, lane, view, x, scale, y, width, palette);
    y += LOW + GAP;
  }
  drawEvents(canvas, picture, x, scale, y, width, "detected");
  y += EVENTS + GAP;
  drawEvents(canvas, picture, x, scale, y, width, "decided");
  y += EVENTS + GAP;
  label(canvas, "Watched", y + LOW / 2, palette);
  canvas.fillStyle = palette.lane;
  canvas.fillRect(LABELS, y, width - LABELS, LOW);
  canvas.fillStyle = palette.accent;
  for (const { onset, duration } of picture.watched) {
    if (onset > view.to || onset + duration < view.from) continue;
    const left = Math.max(LABELS, x(onset));
    canvas.fillRect(left, y + 3, Math.max(1, x(onset + duration) - left), LOW - 6);
  }
  if (now >= view.from && now <= view.to) {
    canvas.fillStyle = palette.ink;
    canvas.fillRect(x(now) - 1, AXIS - 4, 2, height - AXIS + 4);
  }
}

const STEPS = [0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

function drawAxis(
  canvas: CanvasRenderingContext2D,
  { view, palette, startedAt }: TimelinePicture,
  width: number,
  height: number,
  x: (time: number) => number,
): void {
  const most = Math.max(2, (width - LABELS) / 90);
  const step = STEPS.find((one) => (view.to - view.from) / one <= most) ?? 28_800;
  for (let time = Math.ceil(view.from / step) * step; time <= view.to; time += step) {
    canvas.fillStyle = palette.line;
    canvas.fillRect(Math.round(x(time)), AXIS - 4, 1, height - AXIS);
    canvas.fillStyle = palette.muted;
    const tail = step < 1 ? (time % 1).toFixed(1).slice(1) : "";
    const text = formatMoment(startedAt, step < 1 ? Math.floor(time) : time) + tail;
    canvas.fillText(step >= 60 ? text.replace(/:00$/, "") : text, x(time) + 3, AXIS / 2 - 1);
  }
}

function label(canvas: CanvasRenderingContext2D, text: string, y: number, { muted }: Palette): void {
  canvas.fillStyle = muted;
  canvas.fillText(text, 2, y, LABELS - 8);
}

function drawValues(
  canvas: CanvasRenderingContext2D,
  { name, values, tone }: ValueLane,
  binDuration: number,
  { from, to }: View,
  { y, width, scale }: { readonly y: number; readonly width: number; readonly scale: number },
  palette: Palette,
): void {
  label(canvas, name, y + TALL / 2, palette);
  canvas.fillStyle = palette.lane;
  canvas.fillRect(LABELS, y, width - LABELS, TALL);
  canvas.fillStyle = tone === "left" ? LEFT : tone === "right" ? RIGHT : palette.muted;
  const first = Math.max(0, Math.floor(from / binDuration));
  const last = Math.min(values.length - 1, Math.ceil(to / binDuration));
  const wide = binDuration * scale;
  let pixel = Number.NaN;
  let highest = 0;
  const flush = () => {
    if (highest > 0) {
      const h = Math.max(1, TALL * Math.min(1, highest));
      canvas.fillRect(Math.max(LABELS, pixel), y + TALL - h, Math.max(1, Math.ceil(wide)), h);
    }
  };
  for (let i = first; i <= last; i++) {
    const at = Math.floor(LABELS + (i * binDuration - from) * scale);
    if (at !== pixel) {
      flush();
      pixel = at;
      highest = 0;
    }
    const value = values[i]!;
    if (value > highest) highest = value;
  }
  flush();
}

function drawStretches(
  canvas: CanvasRenderingContext2D,
  { name, onset, end, tone }: StretchLane,
  view: View,
  x: (time: number) => number,
  scale: number,
  y: number,
  width: number,
  palette: Palette,
): void {
  label(canvas, name, y + LOW / 2, palette);
  canvas.fillStyle = palette.lane;
  canvas.fillRect(LABELS, y, width - LABELS, LOW);
  for (let i = 0; i < onset.length; i++) {
    if (end[i]! < view.from || onset[i]! > view.to) continue;
    canvas.fillStyle = TONES[tone[i]!] ?? palette.muted;
    const left = Math.max(LABELS, x(onset[i]!));
    canvas.fillRect(left, y, Math.max(1, Math.min((end[i]! - onset[i]!) * scale, x(end[i]!) - left)), LOW);
  }
}

function drawEvents(
  canvas: CanvasRenderingContext2D,
  { events, longest, view, selected, palette }: TimelinePicture,
  x: (time: number) => number,
  scale: number,
  y: number,
  width: number,
  which: "detected" | "decided",
): void {
  label(canvas, which === "detected" ? "Events" : "Your decisions", y + EVENTS / 2, palette);
  canvas.fillStyle = palette.lane;
  canvas.fillRect(LABELS, y, width - LABELS, EVENTS);
  let lastPixel = -1;
  for (const event of eventsIn(events, longest, view)) {
    if (which === "decided" && event.decision === "open") continue;
    const left = Math.max(LABELS, x(event.onset));
    const wide = Math.max(2, x(event.onset + event.duration) - left);
    const isSelected = event.key === selected;
    // Thousands at a time: those that fall on a pixel that is drawn already add nothing to see.
    if (!isSelected && wide <= 2 && Math.floor(left) === lastPixel) continue;
    lastPixel = Math.floor(left);
    canvas.fillStyle = palette.kinds[event.kind];
    if (which === "decided" && event.decision === "rejected") {
      canvas.fillRect(left, y + EVENTS / 2 - 1, wide, 2);
    } else canvas.fillRect(left, y + 4, wide, EVENTS - 8);
    if (isSelected) {
      canvas.strokeStyle = palette.ink;
      canvas.lineWidth = 2;
      canvas.strokeRect(left - 2, y + 1, wide + 4, EVENTS - 2);
    }
  }
  if (scale > 0) canvas.lineWidth = 1;
}
