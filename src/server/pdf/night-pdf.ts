import PDFDocument from "pdfkit";
import { describeWhen, summarizePlainly } from "../../index.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { heading, INK, PAGE, sayable } from "./page.ts";
import type { PdfInput } from "./pdf-input.ts";
import { writeSecondPage } from "./second-page.ts";

/**
 * Two pages to take to the doctor: the night at a glance, and what the parents say. The one place that knows the
 * PDF library.
 */
export function renderNightPdf(input: PdfInput): Promise<Uint8Array> {
  const { report, title } = input;
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: PAGE.top, bottom: 30, left: PAGE.left, right: PAGE.left },
    info: { Title: title, Producer: `kickline ${report.provenance.kickline}`, Creator: "kickline" },
    lang: "en",
    displayTitle: true,
    pdfVersion: "1.7",
  });
  const parts: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
  writeFirstPage(pdf, input);
  pdf.addPage();
  writeSecondPage(pdf, input);
  pdf.end();
  return done;
}

function writeFirstPage(pdf: PDFKit.PDFDocument, { report, title, moments, pictures }: PdfInput): void {
  const summary = summarizePlainly(report);
  pdf.font("Helvetica-Bold").fontSize(17).fillColor(INK.text).text(sayable(title), { lineBreak: true });
  pdf
    .font("Helvetica")
    .fontSize(9.5)
    .fillColor(INK.soft)
    .text(sayable(describeWhen(report)));
  pdf.fontSize(9);
  pdf.text(
    "A description of what the video shows, measured by a program. No finding about the child's health.",
  );
  pdf.moveDown(0.7).font("Helvetica-Bold").fontSize(11.5).fillColor(INK.text).text(sayable(summary.headline));
  pdf.moveDown(0.3).font("Helvetica").fontSize(10);
  for (const sentence of summary.sentences) pdf.text(sayable(sentence)).moveDown(0.15);
  heading(pdf, "The night");
  pdf.y = drawTimeline(pdf, report, PAGE.left, pdf.y, PAGE.width) + 4;
  pdf.x = PAGE.left;
  heading(pdf, moments.length > 0 ? "Typical moments" : "No moments to show");
  for (const { id, when, words } of moments) {
    const picture = pictures.get(id);
    if (pdf.y + (picture ? 74 : 26) > PAGE.bottom) break;
    pdf
      .font("Helvetica-Bold")
      .fontSize(9)
      .fillColor(INK.text)
      .text(sayable(when), PAGE.left, pdf.y, { continued: true });
    pdf.font("Helvetica").text(`   ${sayable(words)}`);
    if (picture) {
      pdf.image(Buffer.from(picture), PAGE.left, pdf.y + 2, { fit: [PAGE.width, 52] });
      pdf.y += 58;
    }
    pdf.x = PAGE.left;
  }
}
