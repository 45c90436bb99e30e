import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
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

/**
 * Writes annotations as an ELAN document: a tier for each rater, annotations "kind (limb)", comments on a tier of their own that
 * hangs on it. ELAN knows whole milliseconds; an event without duration lasts one.
 *
 * *Source:* EAF 3.0 schema (mpi.nl/tools/elan/EAFv3.0.xsd).
 */
export function formatElan(set: AnnotationSet): string {
  const slots: { "@TIME_SLOT_ID": string; "@TIME_VALUE": string }[] = [];
  const slotAt = (time: number) => {
    slots.push({ "@TIME_SLOT_ID": `ts${slots.length + 1}`, "@TIME_VALUE": String(Math.round(1000 * time)) });
    return `ts${slots.length}`;
  };
  let count = 0;
  const raters = [...new Set(set.annotations.map(({ rater }) => rater ?? NO_RATER))];
  const tiers = raters.flatMap((rater) => {
    const own = set.annotations.filter((one) => (one.rater ?? NO_RATER) === rater);
    const comments: object[] = [];
    const events = own.map((annotation) => {
      const { onset, duration, comment } = annotation;
      const id = `a${++count}`;
      if (comment !== undefined)
        comments.push({
          REF_ANNOTATION: {
            ...{ "@ANNOTATION_ID": `a${++count}`, "@ANNOTATION_REF": id, ANNOTATION_VALUE: comment },
          },
        });
      const end = Math.max(onset + duration, onset + 0.001);
      return {
        ALIGNABLE_ANNOTATION: {
          ...{ "@ANNOTATION_ID": id, "@TIME_SLOT_REF1": slotAt(onset), "@TIME_SLOT_REF2": slotAt(end) },
          ANNOTATION_VALUE: labelOf(annotation),
        },
      };
    });
    const tier = { "@TIER_ID": rater, "@LINGUISTIC_TYPE_REF": TYPE, "@ANNOTATOR": rater, ANNOTATION: events };
    const below = {
      ...{ "@TIER_ID": `${rater}${COMMENT_TIER}`, "@LINGUISTIC_TYPE_REF": COMMENT_TYPE },
      ...{ "@PARENT_REF": rater, ANNOTATION: comments },
    };
    return comments.length > 0 ? [tier, below] : [tier];
  });
  const media =
    set.media === undefined
      ? []
      : [{ "@MEDIA_URL": `./${encodeURI(set.media)}`, "@MIME_TYPE": mimeOf(set.media) }];
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    ANNOTATION_DOCUMENT: {
      ...{ "@AUTHOR": "Kickline", "@DATE": `${set.startedAt?.slice(0, 19) ?? "1985-01-01T00:00:00"}+00:00` },
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
    // Entities of its own making could blow up a small file; the five of XML are read all the same.
    processEntities: true,
    isArray: (name) => LISTS.has(name),
  });
  const document = parser.parse(text) as { ANNOTATION_DOCUMENT?: Record<string, unknown> };
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
    const rater = tier["@ANNOTATOR"] ?? tier["@TIER_ID"];
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
    media: url === undefined ? undefined : decodeURI(url).split(/[\\/]/).at(-1),
  };
}

function textOf({ ANNOTATION_VALUE: value }: Value): string {
  return value === undefined ? "" : String(value);
}
