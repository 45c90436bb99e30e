import webvtt from "webvtt-parser";
import {
  type Annotation,
  type AnnotationSet,
  inOrder,
  labelOf,
  readLabel,
  unreadable,
} from "./annotation.ts";

const FORMAT = "WebVTT file";

/**
 * Writes annotations as WebVTT cues, so that any player shows over the film what was found: the first line "kind (limb)", then
 * the comment; the rater as the cue's voice. WebVTT knows whole milliseconds; an event without duration lasts one.
 *
 * *Source:* W3C WebVTT: The Web Video Text Tracks Format, Candidate Recommendation.
 */
export function formatWebVtt({ annotations }: AnnotationSet): string {
  const cues = annotations.map((annotation, i) => {
    const { onset, duration, rater, comment } = annotation;
    const from = Math.max(0, Math.round(1000 * onset));
    const to = Math.max(from + 1, Math.round(1000 * (onset + duration)));
    const label = escapeCue(labelOf(annotation));
    const first = rater === undefined ? label : `<v ${escapeCue(rater)}>${label}</v>`;
    const lines = [first, ...(comment === undefined ? [] : [escapeCue(comment)])];
    return [oneLine(annotation.id ?? `event-${i + 1}`), `${clock(from)} --> ${clock(to)}`, ...lines].join(
      "\n",
    );
  });
  return `${["WEBVTT", ...cues].join("\n\n")}\n`;
}

/**
 * Reads WebVTT cues as annotations, written by Kickline or not.
 *
 * @throws KicklineError `annotations-unreadable` for what is no WebVTT, or has times that cannot be read.
 */
export function parseWebVtt(text: string): AnnotationSet {
  if (!/^\uFEFF?WEBVTT(?:\s|$)/.test(text)) throw unreadable(FORMAT, "it does not begin with WEBVTT");
  const { cues } = new webvtt.WebVTTParser().parse(text, "subtitles");
  // The parser passes over cues whose times it cannot read, as players must; here they would be missed unseen.
  const timings = text.split(/\r\n?|\n/).filter((line) => line.includes("-->")).length;
  if (cues.length < timings)
    throw unreadable(FORMAT, `the times of ${timings - cues.length} of ${timings} cues cannot be read`);
  const annotations = cues.map(({ id, startTime, endTime, text: body }): Annotation => {
    const [first = "", ...rest] = body.split("\n");
    const voice = /^<v ([^>]*)>(.*?)(?:<\/v>)?$/.exec(first);
    const comment = unescapeCue(rest.join("\n"));
    return {
      ...{ onset: startTime, duration: Number((endTime - startTime).toFixed(3)) },
      ...readLabel(unescapeCue(voice ? voice[2]! : first)),
      ...{ rater: voice ? unescapeCue(voice[1]!) : undefined, comment: comment === "" ? undefined : comment },
      id: id === "" ? undefined : id,
    };
  });
  return { annotations: inOrder(annotations), duration: NaN };
}

function clock(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = String(ms % 1000).padStart(3, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${rest}`;
}

/** Markup and the arrow of times mean something in a cue; so do empty lines. */
function escapeCue(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return oneLine(text).replace(/[&<>]/g, (letter) => entities[letter]!);
}

function unescapeCue(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    amp: "&",
    lt: "<",
    gt: ">",
    nbsp: " ",
    lrm: "",
    rlm: "",
  };
  return text.replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => letters[name]!);
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("-->", "->");
}
