import type { EventKind } from "../../events/movement-event.ts";
import { formatSpan } from "../../time.ts";
import type { NightReport } from "../night-report.ts";
import { COVERAGE_WORDS, KIND_WORDS, kindsPresent } from "../wording.ts";
import { faceMsOf, placeTicks, titleOfAxis } from "./clock-axis.ts";
import { coordinate as at, escapeMarkup } from "./markup.ts";
import { describeWhen, nameRecording } from "./recording-words.ts";
import { GLYPHS, paintOfGlyph } from "./svg/glyphs.ts";
import { type Box, coverageRuns, scalesOf, silhouettePath } from "./svg/lanes.ts";
import { PALETTES, type Palette } from "./svg/palette.ts";

/** How to call {@link renderTimelineSvg}. */
export interface TimelineSvgOptions {
  readonly theme?: "light" | "dark";
}

const WIDTH = 960;
const LEFT = 190;
const RIGHT = 44;
const PLOT = WIDTH - LEFT - RIGHT;
const HEADER = 64;
const GAP = 10;
const KIND_HEIGHT = 20;
/** An event is never narrower than this, px: at 12 h a second is a sixtieth of a pixel. */
const NARROWEST = 2;

interface Lane {
  readonly label: string;
  readonly note: string;
  readonly height: number;
  readonly draw: (box: Box, palette: Palette) => string;
  readonly kind?: EventKind;
}

/**
 * Draws the whole recording as one self-contained SVG picture: motion, both legs, what could be judged, the
 * picture's brightness and noise, and the events, one lane a kind, over a clock axis. Colours are attributes,
 * not CSS, so that any viewer shows them; numbers are rounded to a tenth of a pixel.
 */
export function renderTimelineSvg(report: NightReport, options: TimelineSvgOptions = {}): string {
  const palette = PALETTES[options.theme ?? "light"];
  const faceMs = faceMsOf(report.recording.startedAt);
  let top = HEADER;
  const placed = lanesOf(report).map((lane, i, all) => {
    const box = { left: LEFT, top, width: PLOT, height: lane.height };
    const isInGroup = lane.kind !== undefined && all[i + 1]?.kind !== undefined;
    top += lane.height + (isInGroup ? 4 : GAP);
    return { lane, box };
  });
  const bottom = top;
  const height = bottom + 88;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="kl-title kl-desc" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="13">`,
    `<title id="kl-title">Timeline of ${escapeMarkup(nameRecording(report))}</title>`,
    `<desc id="kl-desc">${escapeMarkup(describe(report))}</desc>`,
    patterns(palette),
    `<rect width="${WIDTH}" height="${height}" fill="${palette.paper}"/>`,
    heading(report, palette),
    ...placed.map(({ lane, box }) => drawLane(lane, box, palette)),
    axis(report, faceMs, bottom, palette),
    legend(bottom + 64, palette),
    "</svg>",
    "",
  ].join("\n");
}

function lanesOf(report: NightReport): Lane[] {
  const { timeline } = report;
  const scales = scalesOf(report);
  const curve = (
    values: readonly (number | null)[],
    scale: (value: number) => number,
    color: Exclude<keyof Palette, "kinds">,
  ) => {
    return (box: Box, palette: Palette) =>
      `<path d="${silhouettePath(values, box, scale)}" fill="${palette[color]}"/>`;
  };
  const speedNote = `to ${scales.mostSpeed.toFixed(1)} trunks/s`;
  return [
    {
      label: "Motion",
      note: "whole picture",
      height: 44,
      draw: curve(timeline.activity, scales.motion, "muted"),
    },
    { label: "Left leg", note: speedNote, height: 34, draw: curve(timeline.leftLeg, scales.speed, "accent") },
    {
      label: "Right leg",
      note: speedNote,
      height: 34,
      draw: curve(timeline.rightLeg, scales.speed, "accent"),
    },
    ...kindsPresent(report).map(({ kind, count }) => kindLane(report, kind, count)),
    ...(report.sound
      ? [{ label: "Sound", note: "", height: 18, draw: curve(report.sound.lane, scales.sound, "muted") }]
      : []),
    {
      label: "What could be judged",
      note: "",
      height: 16,
      draw: (box, palette) => drawCoverage(report, box, palette),
    },
    {
      label: "Brightness",
      note: "",
      height: 18,
      draw: curve(timeline.brightness, scales.brightness, "muted"),
    },
    {
      label: "Noise",
      note: `to ${scales.mostNoise.toFixed(0)}`,
      height: 18,
      draw: curve(timeline.noise, scales.noise, "muted"),
    },
  ];
}

function kindLane(report: NightReport, kind: EventKind, count: number): Lane {
  const { duration } = report.recording;
  const draw = (box: Box, palette: Palette) => {
    const marks = report.events
      .filter((event) => event.kind === kind)
      .map((event) => {
        const width = Math.max(NARROWEST, (box.width * event.duration) / duration);
        const x = Math.min(box.left + box.width - width, box.left + (box.width * event.onset) / duration);
        return `M${at(x)} ${at(box.top + 3)}h${at(width)}v${at(box.height - 6)}h${at(-width)}z`;
      });
    return `<path d="${marks.join("")}" fill="${palette.kinds[kind]}"/>`;
  };
  const note = report.fitToJudge ? String(count) : "";
  return { label: KIND_WORDS[kind].name, note, height: KIND_HEIGHT, draw, kind };
}

function drawLane({ label, note, draw, kind }: Lane, box: Box, palette: Palette): string {
  const middle = at(box.top + box.height / 2);
  const isTall = box.height > 30;
  const glyph = kind ? GLYPHS[kind] : undefined;
  const labelX = LEFT - 38;
  return [
    `<g><rect x="${box.left}" y="${at(box.top)}" width="${box.width}" height="${box.height}" fill="${palette.lane}"/>`,
    glyph
      ? `<path transform="translate(${LEFT - 30} ${at(box.top + 3)}) scale(.875)" d="${glyph.path}" ${paintOfGlyph(glyph, palette.kinds[kind!])}/>`
      : "",
    draw(box, palette),
    `<text x="${kind ? labelX : LEFT - 12}" y="${middle}" dy="${isTall ? "-.15em" : ".35em"}" text-anchor="end" fill="${palette.ink}">${label}</text>`,
    isTall
      ? `<text x="${LEFT - 12}" y="${middle}" dy="1.15em" text-anchor="end" font-size="11" fill="${palette.muted}">${note}</text>`
      : "",
    kind && note !== ""
      ? `<text x="${LEFT + PLOT + 8}" y="${middle}" dy=".35em" font-size="12" fill="${palette.muted}">${note}</text>`
      : "",
    "</g>",
  ]
    .filter((part) => part !== "")
    .join("");
}

function drawCoverage(report: NightReport, box: Box, palette: Palette): string {
  return coverageRuns(report.timeline)
    .map(({ state, from, to }) => {
      const x = at(box.left + box.width * from);
      return `<rect x="${x}" y="${at(box.top)}" width="${at(box.width * (to - from))}" height="${box.height}" fill="${coverageFill(state, palette)}"/>`;
    })
    .join("");
}

function coverageFill(state: NightReport["timeline"]["coverage"][number], palette: Palette): string {
  if (state === "still") return palette.line;
  return state === "legs-seen" ? palette.accent : `url(#kl-${state})`;
}

function patterns({ accent, muted, paper, ink }: Palette): string {
  const tile = (id: string, ground: string, path: string, color: string) =>
    `<pattern id="kl-${id}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${ground}"/><path d="${path}" stroke="${color}" stroke-width="1.6"/></pattern>`;
  return `<defs>${[
    tile("legs-not-seen", paper, "M-1 7L7-1M-1 1L1-1M5 7L7 5", accent),
    tile("carer", muted, "M0 0", muted),
    tile("light", paper, "M3 0v6", muted),
    tile("gap", paper, "M0 0l6 6M6 0L0 6", ink),
    tile("unreadable", paper, "M0 3h6", ink),
  ].join("")}</defs>`;
}

function heading(report: NightReport, palette: Palette): string {
  const title = report.fitToJudge ? describeWhen(report) : `${describeWhen(report)}: could not be judged`;
  return [
    `<text x="24" y="28" font-size="17" font-weight="600" fill="${palette.ink}">${escapeMarkup(title)}</text>`,
    `<text x="24" y="48" fill="${palette.muted}">${escapeMarkup(shorten(nameRecording(report), 70))} · video-detected movements · Kickline ${escapeMarkup(report.provenance.kickline)}</text>`,
  ].join("");
}

function axis(report: NightReport, faceMs: number | undefined, bottom: number, palette: Palette): string {
  const { duration } = report.recording;
  const lines: string[] = [];
  for (const { time, label } of placeTicks(0, duration, 11, faceMs, report.recording.clockChanges)) {
    const x = at(LEFT + (PLOT * time) / duration);
    lines.push(`<path d="M${x} ${HEADER}V${bottom}" stroke="${palette.ink}" stroke-opacity=".14"/>`);
    lines.push(
      `<text x="${x}" y="${bottom + 16}" text-anchor="middle" font-size="12" fill="${palette.ink}">${label}</text>`,
    );
  }
  lines.push(
    `<text x="${LEFT + PLOT}" y="${bottom + 34}" text-anchor="end" font-size="11" fill="${palette.muted}">${titleOfAxis(faceMs, duration)}</text>`,
  );
  return lines.join("");
}

function legend(y: number, palette: Palette): string {
  let x = 24;
  const entries = Object.entries(COVERAGE_WORDS) as [NightReport["timeline"]["coverage"][number], string][];
  return entries
    .map(([state, words]) => {
      const entry = `<rect x="${x}" y="${y - 9}" width="14" height="10" fill="${coverageFill(state, palette)}" stroke="${palette.muted}" stroke-width=".5"/><text x="${x + 20}" y="${y}" font-size="11" fill="${palette.muted}">${words}</text>`;
      x += 38 + words.length * 6;
      return entry;
    })
    .join("");
}

function describe(report: NightReport): string {
  const length = `Length ${formatSpan(report.recording.duration)}.`;
  if (!report.fitToJudge) return `${length} Too little could be seen to judge it.`;
  const counts = kindsPresent(report).map(({ kind, count }) => `${KIND_WORDS[kind].name}: ${count}.`);
  return [length, ...counts].join(" ");
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
