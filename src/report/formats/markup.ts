/**
 * Escapes text for HTML and XML, inside elements and inside quoted attributes. Characters that XML cannot hold
 * are dropped: names of files come from strangers.
 */
export function escapeMarkup(text: string): string {
  return text
    .replace(FORBIDDEN, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** JSON that may stand inside a script element: no `<` can end it, no line separator can break it. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** A coordinate to a tenth, so that the same report gives the same text on every machine. */
export function coordinate(value: number): string {
  return String(Number(value.toFixed(1)));
}
