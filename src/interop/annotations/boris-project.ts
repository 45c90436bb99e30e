import { z } from "zod";
import { type Annotation, type AnnotationSet, inOrder, known, unreadable } from "./annotation.ts";
import { type BorisOptions, SUBJECT } from "./boris-tabular.ts";
import { pairStates, type StateChange } from "./pair-states.ts";

const FORMAT = "BORIS project";
/** As BORIS 7.x and 8.x write it. */
const VERSION = "7.0";

/** time, subject, code, modifier, comment; newer versions add a frame number. */
const eventSchema = z.tuple([z.number(), z.string(), z.string(), z.string(), z.string()]).rest(z.unknown());
const projectSchema = z.object({
  observations: z.record(
    z.string(),
    z.object({
      date: z.string().optional(),
      file: z.unknown().optional(),
      events: z.array(eventSchema),
      media_info: z.object({ length: z.record(z.string(), z.number()).optional() }).optional(),
    }),
  ),
  behaviors_conf: z.record(
    z.string(),
    z.object({ type: z.string(), code: z.string(), category: z.string().optional() }),
  ),
});

/**
 * Writes annotations as a BORIS project of one observation, with an ethogram made of the kinds and raters that occur (BORIS cannot
 * import events, but opens projects). Several raters of the same kind get a behavior each: "kind [rater]".
 *
 * *Source:* projects as BORIS' own tests hold them (github.com/olivierfriard/BORIS, format 7.0). Events of length 0 are
 * point events.
 *
 * @param options.observation name of the observation.
 */
export function formatBorisProject(set: AnnotationSet, options: BorisOptions = {}): string {
  const { media = "", startedAt = "1985-01-01T00:00:00", duration } = set;
  const observation = options.observation ?? (media === "" ? "recording" : media);
  const behaviors = new Map<string, { code: string; isPoint: boolean; rater: string }>();
  const events: [number, string, string, string, string][] = [];
  for (const annotation of set.annotations) {
    const { onset, kind, limb = "", rater = "", comment = "" } = annotation;
    const isPoint = annotation.duration === 0;
    const key = JSON.stringify([kind, rater, isPoint]);
    const code = [kind, ...(rater === "" ? [] : [`[${rater}]`]), ...(isPoint ? ["(point)"] : [])].join(" ");
    if (!behaviors.has(key)) behaviors.set(key, { code, isPoint, rater });
    events.push([onset, SUBJECT, code, limb, comment]);
    if (!isPoint) events.push([Number((onset + annotation.duration).toFixed(6)), SUBJECT, code, limb, ""]);
  }
  const limbs = [...new Set(set.annotations.flatMap(({ limb }) => limb ?? []))];
  const project = {
    ...{
      time_format: "hh:mm:ss",
      project_name: observation,
      project_date: startedAt,
      project_description: "",
    },
    ...{ project_format_version: VERSION, behavioral_categories: [], coding_map: {}, converters: {} },
    subjects_conf: { "0": { key: "", name: SUBJECT, description: "" } },
    independent_variables: {},
    behaviors_conf: Object.fromEntries(
      [...behaviors.values()].map(({ code, isPoint, rater }, i) => [
        String(i),
        {
          ...{ type: isPoint ? "Point event" : "State event", key: "", code, description: "" },
          ...{ category: rater, excluded: "", "coding map": "" },
          modifiers: limbs.length === 0 ? {} : { "0": { name: "limb", type: 0, values: limbs } },
        },
      ]),
    ),
    observations: {
      [observation]: {
        ...{ date: startedAt, description: "", type: "MEDIA", "time offset": 0, independent_variables: {} },
        file: { "1": media === "" ? [] : [media] },
        events: events.sort((a, b) => a[0] - b[0]),
        media_info: {
          length: media === "" || Number.isNaN(duration) ? {} : { [media]: duration },
          ...{ fps: {}, hasVideo: media === "" ? {} : { [media]: true }, hasAudio: {}, offset: { "1": 0 } },
        },
        ...{ visualize_spectrogram: false, close_behaviors_between_videos: false },
      },
    },
  };
  return `${JSON.stringify(project, null, 1)}\n`;
}

/**
 * Reads an observation of a BORIS project.
 *
 * @param observation its name; may be left out where there is but one.
 * @throws KicklineError `annotations-unreadable` for what is no project, several observations without a name, and states
 * that never stop.
 */
export function parseBorisProject(text: string, observation?: string): AnnotationSet {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw unreadable(FORMAT, "it is not JSON", cause);
  }
  const parsed = projectSchema.safeParse(content);
  if (!parsed.success) throw unreadable(FORMAT, parsed.error.issues[0]?.message ?? "", parsed.error);
  const names = Object.keys(parsed.data.observations);
  const name = observation ?? (names.length === 1 ? names[0] : undefined);
  const found = Object.entries(parsed.data.observations).find(([one]) => one === name)?.[1];
  if (!found)
    throw unreadable(
      FORMAT,
      `name one of its observations (--observation NAME): ${names.join(", ") || "there is none"}`,
    );
  const behaviors = Object.values(parsed.data.behaviors_conf);
  const open = new Set<string>();
  const changes = found.events.map(([time, subject, code, modifier, comment]): StateChange => {
    const behavior = behaviors.find((one) => one.code === code);
    const key = JSON.stringify([subject, code, modifier]);
    // A project tells starts and stops by their turn alone.
    const isPoint = behavior?.type.startsWith("Point") ?? true;
    const status = isPoint ? "POINT" : open.has(key) ? "STOP" : "START";
    if (status === "START") open.add(key);
    if (status === "STOP") open.delete(key);
    return { time, what: readEvent(code, behavior?.category, modifier, comment), status };
  });
  const [media, length] = Object.entries(found.media_info?.length ?? {})[0] ?? [];
  return {
    annotations: inOrder(pairStates(changes, FORMAT)),
    ...{ duration: length ?? NaN, startedAt: known(found.date), media: media?.split(/[\\/]/).at(-1) },
  };
}

function readEvent(
  code: string,
  category: string | undefined,
  modifier: string,
  comment: string,
): Omit<Annotation, "onset" | "duration"> {
  const rater = known(category);
  const suffix = rater === undefined ? "" : ` [${rater}]`;
  const bare = code.replace(/ \(point\)$/, "");
  return {
    kind: suffix !== "" && bare.endsWith(suffix) ? bare.slice(0, -suffix.length) : bare,
    ...{ limb: known(modifier === "None" ? "" : modifier), rater, comment: known(comment) },
  };
}
