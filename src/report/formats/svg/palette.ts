import type { EventKind } from "../../../events/movement-event.ts";

/** Colours of one theme, as #rrggbb. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly lane: string;
  readonly accent: string;
  readonly kinds: Readonly<Record<EventKind, string>>;
}

/**
 * After Okabe & Ito (2008, "Color Universal Design"), darkened or lightened to at least 3:1 against the paper.
 * Colour never stands alone: every kind has a lane, a name and a glyph of its own.
 */
export const PALETTES: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    paper: "#ffffff",
    ink: "#1c2733",
    muted: "#566270",
    line: "#dde3e8",
    lane: "#f4f6f8",
    accent: "#1f6a85",
    kinds: {
      "leg-movement": "#3a95cc",
      kicking: "#0068a3",
      "tremor-like": "#b3588c",
      "slow-rhythm": "#008c66",
      jerk: "#b97700",
      "jerk-cluster": "#8f5c00",
      "flexion-cluster": "#a33a2a",
      rubbing: "#00777f",
      "leg-slapping": "#7a5aa8",
      stretch: "#5f7a00",
      "position-change": "#6b6200",
      startle: "#c95500",
      "large-movement": "#8f8200",
      indeterminate: "#66717d",
      caregiver: "#7d8792",
      "light-change": "#7d8792",
      artefact: "#7d8792",
    },
  },
  dark: {
    paper: "#161d24",
    ink: "#e6ebf0",
    muted: "#a4b0bc",
    line: "#2b3640",
    lane: "#1c252d",
    accent: "#7cc0d8",
    kinds: {
      "leg-movement": "#7cc6f0",
      kicking: "#4796e0",
      "tremor-like": "#dd9cc2",
      "slow-rhythm": "#35c497",
      jerk: "#eab13c",
      "jerk-cluster": "#d39a2c",
      "flexion-cluster": "#f08a7a",
      rubbing: "#49c3cb",
      "leg-slapping": "#b79be0",
      stretch: "#a9c544",
      "position-change": "#c9bf45",
      startle: "#ee8446",
      "large-movement": "#e2d84e",
      indeterminate: "#a0abb6",
      caregiver: "#84909c",
      "light-change": "#84909c",
      artefact: "#84909c",
    },
  },
};
