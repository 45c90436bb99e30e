import type { EventKind } from "../../../events/movement-event.ts";

/** A glyph of 16 x 16: an outline to fill, or a line to draw. */
export interface Glyph {
  readonly path: string;
  readonly isFilled: boolean;
}

const filled = (path: string): Glyph => ({ path, isFilled: true });
const drawn = (path: string): Glyph => ({ path, isFilled: false });

/** One shape a kind, so that no kind is told by colour alone. */
export const GLYPHS: Readonly<Record<EventKind, Glyph>> = {
  "leg-movement": filled("M6.2 2h3.6v12H6.2z"),
  kicking: filled("M1.5 6h3v8h-3zM6.5 2h3v12h-3zM11.5 8h3v6h-3z"),
  "tremor-like": drawn("M1 8l1.8-4.5L5.4 12.5 8 3.5l2.6 9 2.6-9L15 8"),
  "slow-rhythm": drawn("M1 8c2-7 5-7 7 0s5 7 7 0"),
  jerk: drawn("M1 12.5h4L8 2.5l3 10h4"),
  "jerk-cluster": drawn("M.8 12.5h2L5 4l2 8.5h1.6L10.8 4l2 8.5h2.4"),
  "flexion-cluster": drawn(
    "M1.2 13V7a3 3 0 0 1 4.4-1.2M6.2 13V7a3 3 0 0 1 4.4-1.2M11.2 13V7a3 3 0 0 1 3.6-1.6",
  ),
  rubbing: drawn("M5 1.5v13M9 11.5l4-7M13 9V4.5H9.4"),
  "leg-slapping": drawn("M2 13.5h12M8 2v7M5 6.5L8 9.6l3-3.1"),
  stretch: drawn("M1.5 8h13M4.5 5l-3 3 3 3M11.5 5l3 3-3 3"),
  "position-change": drawn("M13.4 6A5.8 5.8 0 1 0 13.6 10M13.8 2v4.2H9.6"),
  startle: drawn("M8 1.5v13M1.5 8h13M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8"),
  "large-movement": filled("M8 1L15 8 8 15 1 8z"),
  indeterminate: drawn("M8 2.2a5.8 5.8 0 0 1 0 11.6a5.8 5.8 0 0 1 0-11.6zM5.5 8h5"),
  caregiver: drawn("M2.8 2.8h10.4v10.4H2.8z"),
  "light-change": drawn(
    "M8 5.2a2.8 2.8 0 0 1 0 5.6a2.8 2.8 0 0 1 0-5.6zM8 .8v2M8 13.2v2M.8 8h2M13.2 8h2M2.9 2.9l1.4 1.4M11.7 11.7l1.4 1.4M2.9 13.1l1.4-1.4M11.7 4.3l1.4-1.4",
  ),
  artefact: drawn("M3 3l10 10M13 3L3 13"),
};

/** The attributes that paint a glyph in one colour. */
export function paintOfGlyph({ isFilled }: Glyph, color: string): string {
  return isFilled
    ? `fill="${color}"`
    : `fill="none" stroke="${color}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"`;
}
