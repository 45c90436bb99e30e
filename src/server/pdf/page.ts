export const PAGE = { left: 48, width: 499, top: 44, bottom: 796 } as const;
export const INK = { text: "#1c2733", soft: "#52606d", rule: "#c9d2da", accent: "#1f5f8b" } as const;

/** Text of any script as the PDF's built-in fonts can say it: other letters would come out as others. */
export function sayable(text: string): string {
  return text.replace(
    /[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u20ac\n]/gu,
    "?",
  );
}

export function heading(pdf: PDFKit.PDFDocument, text: string): void {
  pdf.moveDown(0.6).font("Helvetica-Bold").fontSize(11.5).fillColor(INK.accent).text(text);
  pdf.moveDown(0.25).font("Helvetica").fontSize(9.5).fillColor(INK.text);
}
