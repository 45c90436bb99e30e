import { GUIDANCE, GUIDANCE_DRAFT, GUIDANCE_KEEP, GUIDANCE_SOURCES, HISTORY_QUESTIONS } from "../../index.ts";
import type { History } from "../nights/diary-store.ts";
import { heading, INK, PAGE, sayable } from "./page.ts";
import type { PdfInput } from "./pdf-input.ts";

/** Width of the questions, and the most an answer may take of the page: all of it lies in the app. */
const [QUESTIONS, MOST_HEIGHT, BETWEEN] = [150, 31, 2];

/** What the parents say, when to seek help, and what the recording cannot show. */
export function writeSecondPage(pdf: PDFKit.PDFDocument, { report, history }: PdfInput): void {
  pdf.font("Helvetica-Bold").fontSize(14).fillColor(INK.text).text("For the doctor", PAGE.left, PAGE.top);
  heading(pdf, "What the parents say");
  const asked = Object.keys(HISTORY_QUESTIONS) as (keyof History)[];
  const answered = asked.filter((name) => history[name].trim() !== "");
  if (answered.length === 0) pdf.fillColor(INK.soft).text("Nothing was filled in.");
  for (const name of answered) writeAnswer(pdf, HISTORY_QUESTIONS[name], history[name]);
  pdf.x = PAGE.left;
  heading(pdf, "What this recording cannot show");
  pdf.fontSize(8.5);
  const limits = report.limits.cannotShow.slice(0, 4);
  for (const text of limits) pdf.text(`\u2022 ${sayable(text)}`).moveDown(0.05);
  heading(pdf, "When to seek help (general guidance, the same for every child)");
  for (const { when, signs } of GUIDANCE) {
    pdf.font("Helvetica-Bold").fontSize(8.5).fillColor(INK.text).text(when);
    pdf.font("Helvetica");
    for (const sign of signs) pdf.text(`\u2022 ${sayable(sign)}`, { indent: 6 });
    pdf.moveDown(0.2);
  }
  pdf.text(GUIDANCE_KEEP);
  pdf.moveDown(0.3).fontSize(7.5).fillColor(INK.soft);
  pdf.text(`Sources: ${sayable(GUIDANCE_SOURCES.join("; "))}. ${GUIDANCE_DRAFT}`);
  pdf.moveDown(0.3);
  pdf.text(
    `Kickline ${report.provenance.kickline}, research use. Video-detected movements; counts of other methods differ.`,
  );
}

function writeAnswer(pdf: PDFKit.PDFDocument, question: string, answer: string): void {
  const top = pdf.y;
  pdf.font("Helvetica-Bold").fontSize(8.5).fillColor(INK.text);
  pdf.text(question, PAGE.left, top, { width: QUESTIONS, height: MOST_HEIGHT, ellipsis: true });
  const below = pdf.y;
  const said = sayable(answer.trim().replace(/\s+/g, " "));
  const place = { width: PAGE.width - QUESTIONS - 8, height: MOST_HEIGHT, ellipsis: true };
  pdf.font("Helvetica").text(said, PAGE.left + QUESTIONS + 8, top, place);
  pdf.y = Math.max(below, pdf.y) + BETWEEN;
}
