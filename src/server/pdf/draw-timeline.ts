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

/** Draws coverage and events of a night. @returns y below it. */
export function drawTimeline(
  pdf: PDFKit.PDFDocument,
  report: NightReport,
  left: number,
  top: number,
  width: number,
): number {
  const { timeline, recording, events } = report;
  const x = (time: number) => left + (width * time) / recording.duration;
  const each = width / Math.max(1, timeline.bins);
  for (const [i, state] of timeline.coverage.entries()) {
    pdf.rect(left + i * each, top, each + 0.2, 10).fill(COVERAGE[state]);
  }
  pdf.rect(left, top, width, 10).lineWidth(0.5).stroke(INK.rule);
  const kinds = report.summary.filter(({ kind, count }) => count > 0 && KIND_WORDS[kind].isOfInfant);
  let y = top + 16;
  for (const { kind, count } of kinds) {
    pdf
      .font("Helvetica")
      .fontSize(7.5)
      .fillColor(INK.soft)
      .text(`${KIND_WORDS[kind].name} (${count})`, left, y);
    pdf.rect(left + 118, y + 3.5, width - 118, 0.4).fill(INK.rule);
    for (const event of events) {
      if (event.kind !== kind) continue;
      const at = left + 118 + ((width - 118) * event.onset) / recording.duration;
      const long = Math.max(1.2, ((width - 118) * event.duration) / recording.duration);
      pdf.rect(at, y, long, 7).fill(INK.accent);
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
    "Bar: blue, movement with the legs in view; light blue, legs not in view; ochre, someone else",
    left,
    y + 13,
    {
      lineBreak: false,
    },
  );
  return y + 24;
}
