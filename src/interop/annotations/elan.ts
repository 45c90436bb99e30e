import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { wallTimeAt } from "../../time.ts";
import {
  type Annotation,
  type AnnotationSet,
  inOrder,
  labelOf,
  readLabel,
  unreadable,
} from "./annotation.ts";

const FORMAT = "ELAN file (.eaf)";
const TYPE = "event";
const COMMENT_TYPE = "comment of an event";
const COMMENT_TIER = " (comment)";
const NO_RATER = "events";
const LISTS = new Set(["TIME_SLOT", "TIER", "ANNOTATION", "MEDIA_DESCRIPTOR"]);

/** An event with its place, whole milliseconds. */
interface Placed {
  readonly annotation: Annotation;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes annotations as an ELAN document: a tier for each rater, annotations "kind (limb)", comments on a tier of their own that
 * hangs on it. Nothing overlaps on a tier of ELAN: what does goes to further tiers of the rater. ELAN knows whole milliseconds; an
 * event without duration lasts one.
 *
 * *Source:* EAF 3.0 schema (mpi.nl/tools/elan/EAFv3.0.xsd).
 */
export function formatElan(set: AnnotationSet): string {
  const slots: { "@TIME_SLOT_ID": string; "@TIME_VALUE": string }[] = [];
  const slotAt = (ms: number) => {
    slots.push({ "@TIME_SLOT_ID": `ts${slots.length + 1}`, "@TIME_VALUE": String(ms) });
    return `ts${slots.length}`;
  };
  let count = 0;
  const ids = new Set<string>();
  const raters = [...new Set(set.annotations.map(({ rater }) => rater ?? NO_RATER))];
  const lanes = raters.flatMap((rater) => {
    const own = set.annotations.filter((one) => (one.rater ?? NO_RATER) === rater);
    return lanesOf(own).map((lane) => ({ rater: plain(rater), lane }));
  });
  const tiers = lanes.flatMap(({ rater, lane }) => {
    const tierId = freeName(rater, ids);
    const comments: object[] = [];
    const events = lane.map(({ annotation, from, to }) => {
      const { comment } = annotation;
      const id = `a${++count}`;
      if (comment !== undefined)
        comments.push({
          REF_ANNOTATION: {
            ...{ "@ANNOTATION_ID": `a${++count}`, "@ANNOTATION_REF": id, ANNOTATION_VALUE: plain(comment) },
          },
        });
      return {
        ALIGNABLE_ANNOTATION: {
          ...{ "@ANNOTATION_ID": id, "@TIME_SLOT_REF1": slotAt(from), "@TIME_SLOT_REF2": slotAt(to) },
          ANNOTATION_VALUE: plain(labelOf(annotation)),
        },
      };
    });
    const tier = {
      ...{ "@TIER_ID": tierId, "@LINGUISTIC_TYPE_REF": TYPE, "@ANNOTATOR": rater, ANNOTATION: events },
    };
    if (comments.length === 0) return [tier];
    const below = {
      ...{ "@TIER_ID": freeName(`${tierId}${COMMENT_TIER}`, ids), "@LINGUISTIC_TYPE_REF": COMMENT_TYPE },
      ...{ "@PARENT_REF": tierId, ANNOTATION: comments },
    };
    return [tier, below];
  });
  const media =
    set.media === undefined
      ? []
      : [{ "@MEDIA_URL": `./${encodeURI(set.media)}`, "@MIME_TYPE": mimeOf(set.media) }];
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    ANNOTATION_DOCUMENT: {
      ...{
        "@AUTHOR": "Kickline",
        "@DATE": `${wallTimeAt(set.startedAt, 0)?.slice(0, 19) ?? "1985-01-01T00:00:00"}+00:00`,
      },
      ...{ "@FORMAT": "3.0", "@VERSION": "3.0" },
      HEADER: { "@MEDIA_FILE": "", "@TIME_UNITS": "milliseconds", MEDIA_DESCRIPTOR: media },
      TIME_ORDER: { TIME_SLOT: slots },
      TIER: tiers,
      LINGUISTIC_TYPE: [
        { "@LINGUISTIC_TYPE_ID": TYPE, "@TIME_ALIGNABLE": "true", "@GRAPHIC_REFERENCES": "false" },
        {
          ...{
            "@LINGUISTIC_TYPE_ID": COMMENT_TYPE,
            "@TIME_ALIGNABLE": "false",
            "@GRAPHIC_REFERENCES": "false",
          },
          "@CONSTRAINTS": "Symbolic_Association",
        },
      ],
      CONSTRAINT: {
        "@STEREOTYPE": "Symbolic_Association",
        "@DESCRIPTION": "1-1 association with a parent annotation",
      },
    },
  };
  return new XMLBuilder({
    ...{ ignoreAttributes: false, attributeNamePrefix: "@", format: true, suppressEmptyNode: true },
    suppressBooleanAttributes: false,
  }).build(document);
}

function mimeOf(name: string): string {
  return name.toLowerCase().endsWith(".mp4") ? "video/mp4" : "video/*";
}

interface Value {
  readonly "@ANNOTATION_ID": string;
  readonly "@TIME_SLOT_REF1"?: string;
  readonly "@TIME_SLOT_REF2"?: string;
  readonly "@ANNOTATION_REF"?: string;
  readonly ANNOTATION_VALUE?: unknown;
}

interface Tier {
  readonly "@TIER_ID": string;
  readonly "@ANNOTATOR"?: string;
  readonly "@PARENT_REF"?: string;
  readonly ANNOTATION?: readonly { ALIGNABLE_ANNOTATION?: Value; REF_ANNOTATION?: Value }[];
}

/**
 * Reads an ELAN document: every annotation with times is an event, its tier's annotator (else the tier) the rater; an annotation
 * that hangs on one without times of its own is its comment.
 *
 * @throws KicklineError `annotations-unreadable` for other XML, and for annotations whose time slots have no time.
 */
export function parseElan(text: string): AnnotationSet {
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw unreadable(FORMAT, `line ${validity.err.line}: ${validity.err.msg}`);
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, trimValues: false },
    // How many entities of its own making a file may have, and how far they may blow it up, the parser limits itself;
    // letters by their numbers are part of what it calls those of HTML.
    ...{ processEntities: true, htmlEntities: true },
    isArray: (name) => LISTS.has(name),
  });
  let document: { ANNOTATION_DOCUMENT?: Record<string, unknown> };
  try {
    document = parser.parse(text);
  } catch (cause) {
    throw unreadable(FORMAT, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const root = document.ANNOTATION_DOCUMENT;
  if (!root) throw unreadable(FORMAT, "its root is another's");
  const order = root["TIME_ORDER"] as { TIME_SLOT?: readonly Record<string, string>[] } | undefined;
  const times = new Map(
    (order?.TIME_SLOT ?? []).map((slot) => [
      slot["@TIME_SLOT_ID"]!,
      Number(slot["@TIME_VALUE"] ?? NaN) / 1000,
    ]),
  );
  const tiers = (root["TIER"] ?? []) as readonly Tier[];
  const values = tiers.flatMap((tier) => (tier.ANNOTATION ?? []).map((annotation) => ({ tier, annotation })));
  const comments = new Map(
    values.flatMap(({ annotation: { REF_ANNOTATION: one } }) =>
      one?.["@ANNOTATION_REF"] === undefined ? [] : [[one["@ANNOTATION_REF"], textOf(one)] as const],
    ),
  );
  const annotations = values.flatMap(({ tier, annotation: { ALIGNABLE_ANNOTATION: one } }): Annotation[] => {
    if (!one) return [];
    const [onset, end] = [one["@TIME_SLOT_REF1"], one["@TIME_SLOT_REF2"]].map(
      (slot) => times.get(slot ?? "") ?? NaN,
    );
    if (Number.isNaN(onset!) || Number.isNaN(end!))
      throw unreadable(FORMAT, `annotation ${one["@ANNOTATION_ID"]} has no time`);
    const rater = tier["@ANNOTATOR"] || tier["@TIER_ID"];
    const duration = Number((end! - onset!).toFixed(3));
    return [
      {
        ...{ onset: onset!, duration, ...readLabel(textOf(one)) },
        ...{ rater: rater === NO_RATER ? undefined : rater, comment: comments.get(one["@ANNOTATION_ID"]) },
      },
    ];
  });
  const header = root["HEADER"] as { MEDIA_DESCRIPTOR?: readonly Record<string, string>[] } | undefined;
  const url = header?.MEDIA_DESCRIPTOR?.[0]?.["@MEDIA_URL"];
  return {
    annotations: inOrder(annotations),
    duration: NaN,
    media: url === undefined ? undefined : decoded(url).split(/[\\/]/).at(-1),
  };
}

/** Paths that somebody wrote down as they are need not be addresses. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Puts each event on the first lane that is free by then. */
function lanesOf(annotations: readonly Annotation[]): Placed[][] {
  const lanes: Placed[][] = [];
  const placed = annotations.map((annotation): Placed => {
    const from = Math.max(0, Math.round(1000 * annotation.onset));
    const end = Math.round(1000 * (annotation.onset + annotation.duration));
    return { annotation, from, to: Math.max(from + 1, end) };
  });
  for (const one of placed.sort((a, b) => a.from - b.from)) {
    const free = lanes.find((lane) => lane.at(-1)!.to <= one.from);
    if (free) free.push(one);
    else lanes.push([one]);
  }
  return lanes;
}

/** A name that no other tier has. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted} (${i})`;
  taken.add(name);
  return name;
}

/** XML has no words for most control characters. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, " ");
}

function textOf({ ANNOTATION_VALUE: value }: Value): string {
  return value === undefined ? "" : String(value);
}
