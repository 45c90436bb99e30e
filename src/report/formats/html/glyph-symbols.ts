import type { EventKind } from "../../../events/movement-event.ts";
import { KIND_ORDER } from "../../wording.ts";
import { GLYPHS, paintOfGlyph } from "../svg/glyphs.ts";

/** One hidden drawing that holds every glyph; the page's rows and lanes refer to it. */
export function glyphSymbols(): string {
  const symbols = KIND_ORDER.map((kind) => {
    const glyph = GLYPHS[kind];
    return `<symbol id="g-${kind}" viewBox="0 0 16 16"><path d="${glyph.path}" ${paintOfGlyph(glyph, "currentColor")}/></symbol>`;
  });
  return `<svg width="0" height="0" class="sr" aria-hidden="true">${symbols.join("")}</svg>`;
}

/** A reference to a kind's glyph, in its colour; the name beside it says the same. */
export function glyphOf(kind: EventKind): string {
  return `<svg class="glyph kind-${kind}" viewBox="0 0 16 16" aria-hidden="true"><use href="#g-${kind}"/></svg>`;
}
