import { KIND_WORDS, type NightReport } from "../../index.ts";
import { formatMoment } from "../../time.ts";
import { INK } from "./page.ts";

const COVERAGE: Readonly<Record<NightReport["timeline"]["coverage"][number], string>> = {
  still: "#e8edf1",
  "legs-seen": "#1f5f8b",
  "legs-not-seen": "#8fb4cc",
  carer: "#d9b56b",
  light: "#f0e2b6",
  gap: "#ffffff",
  unreadable: "#ffffff",
};

/** Room for names of lanes, pt. */
const NAMES = 118;

/** Draws coverage and events of a night. @returns y below it. */
export function drawTimeline(
  pdf: PDFKit.PDFDocument,
  report: NightReport,
  left: number,
  top: number,
  width: number,
): number {
  const { timeline, recording, events } = report;
  const from = left + NAMES;
  const wide = width - NAMES;
  const x = (time: number) => from + (wide * time) / recording.duration;
  const each = wide / Math.max(1, timeline.bins);
  pdf
    .font("Helvetica")
    .fontSize(7.5)
    .fillColor(INK.soft)
    .text("Could be judged", left, top + 1.5);
  for (const [i, state] of timeline.coverage.entries()) {
    pdf.rect(from + i * each, top, each + 0.2, 10).fill(COVERAGE[state]);
  }
  pdf.rect(from, top, wide, 10).lineWidth(0.5).stroke(INK.rule);
  const kinds = report.summary.filter(({ kind, count }) => count > 0 && KIND_WORDS[kind].isOfInfant);
  let y = top + 16;
  for (const { kind, count } of kinds) {
    pdf
      .font("Helvetica")
      .fontSize(7.5)
      .fillColor(INK.soft)
      .text(`${KIND_WORDS[kind].name} (${count})`, left, y);
    pdf.rect(from, y + 3.5, wide, 0.4).fill(INK.rule);
    for (const event of events) {
      if (event.kind !== kind) continue;
      const long = Math.max(1.2, (wide * event.duration) / recording.duration);
      pdf.rect(x(event.onset), y, long, 7).fill(INK.accent);
    }
    y += 11;
  }
  pdf.fontSize(7.5).fillColor(INK.soft);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  for (const share of ticks) {
    const time = share * recording.duration;
    const label = formatMoment(recording.startedAt ?? undefined, time, recording.clockChanges);
    const at = Math.min(x(time), left + width - 40);
    pdf.text(label, at, y + 2, { lineBreak: false });
  }
  pdf.text(
    "Could be judged: blue, movement with the legs in view; light blue, legs not in view; ochre, someone else",
    left,
    y + 13,
    {
      lineBreak: false,
    },
  );
  return y + 24;
}
