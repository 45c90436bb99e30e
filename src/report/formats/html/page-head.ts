import { escapeMarkup } from "../markup.ts";
import { STYLE } from "./style.ts";

/** What a page says of itself before its body. */
export interface PageHead {
  /** Content-Security-Policy: a page loads nothing and runs only what stands in it. */
  readonly policy: string;
  readonly title: string;
  /** Kickline's. */
  readonly version: string;
}

/** The beginning of every self-contained page, up to its body. */
export function renderPageHead({ policy, title, version }: PageHead): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Kickline ${escapeMarkup(version)}">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>`;
}
