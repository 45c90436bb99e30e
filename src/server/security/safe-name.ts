const MOST = 120;
/** Names that Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The name under which an uploaded file is kept: what a person would recognise of the name it came with, and
 * nothing that a file system could take for a place, a hidden file or an option.
 */
export function safeFileName(given: string): string {
  const base = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = base
    .replace(/[^\p{L}\p{N} ._()+@-]/gu, "_")
    .replace(/\.{2,}/g, ".")
    .replace(/^[\s.-]+|[\s.]+$/g, "");
  const extension = /\.[A-Za-z0-9]{1,6}$/.exec(clean)?.[0] ?? "";
  const stem = clean.slice(0, clean.length - extension.length);
  // A name may hold 255 bytes, and a letter take four.
  const short = [...stem].slice(0, MOST - extension.length - 60).join("");
  const name = `${short === "" ? "recording" : short}${extension}`;
  return DEVICE.test(name) ? `_${name}` : name;
}
