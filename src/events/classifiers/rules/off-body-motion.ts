import type { EventOptions } from "../../event-options.ts";
import type { Features } from "../../features.ts";
import type { EventDetail } from "../../movement-event.ts";
import { least, MOVED, type Rule } from "../rule.ts";

/** Motion off the infant: an insect, a curtain, a toy, a pet. */
export const offBodyMotion: Rule = {
  kind: "artefact",
  origins: ["away", ...MOVED],
  source: "ours: most of the picture's motion lies off the body",
  conditions: (options) => [least("foreignShare", options.foreignShare)],
  detail: moverOf,
  because: (_, detail) => WORDS[detail ?? ""] ?? "Something moved away from the infant.",
};

const WORDS: Readonly<Record<string, string>> = {
  insect: "Something small moved about the picture away from the infant, as an insect does.",
  curtain: "Something large moved in its place away from the infant, as a curtain does.",
};

/** Small and wandering, or large and staying; else only "off the body". */
function moverOf({ awayArea, awayTravel }: Features, options: EventOptions): EventDetail {
  if (awayArea >= options.awayArea && awayArea <= options.insectArea && awayTravel >= options.insectTravel)
    return "insect";
  return awayArea > options.insectArea && awayTravel < options.insectTravel ? "curtain" : "off-body";
}
