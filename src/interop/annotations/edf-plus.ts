import { parseWallClock, wallTimeAt } from "../../time.ts";
import {
  type Annotation,
  type AnnotationSet,
  inOrder,
  labelOf,
  readLabel,
  unreadable,
} from "./annotation.ts";

const FORMAT = "EDF+ file of annotations";
const HEADER = 256;
/** Largest data record the specification recommends, bytes. */
const LARGEST_RECORD = 61_440;
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** Between onset and duration, after each text, and at the end of a list. */
const [DURATION, TEXT, END] = ["\x15", "\x14", "\0"];
/** Where the recording's start is not known the specification wants a date all the same. */
const NO_DATE = { face: "01.01.85", time: "00.00.00", long: "X" };

export interface EdfOptions {
  /** Text of an annotation. Default: "kind (limb)". */
  readonly label?: (annotation: Annotation) => string;
}

/**
 * Writes annotations as an EDF+ file that holds nothing else: one signal "EDF Annotations", times to a microsecond.
 *
 * *Source:* Kemp & Olivan 2003, European data format 'plus', doi 10.1016/S1388-2457(03)00123-8, with the texts of
 * edfplus.info. Nothing of the subject is written ("X X X X"). A comment stands as a second text of the same list.
 * *Differs from the source:* texts are Kickline's own, since the standard ones name channels of electrodes.
 */
export function formatEdfPlus(set: AnnotationSet, { label = labelOf }: EdfOptions = {}): Uint8Array {
  const encoder = new TextEncoder();
  const lists = set.annotations.map((annotation) => {
    const { onset, duration, comment } = annotation;
    const texts = [label(annotation), ...(comment === undefined ? [] : [comment])].map(plain);
    const line = `${signed(onset)}${DURATION}${decimal(duration)}${TEXT}${texts.join(TEXT)}${TEXT}${END}`;
    return { onset, bytes: encoder.encode(line) };
  });
  const last = set.annotations.reduce((most, { onset, duration }) => Math.max(most, onset + duration), 1);
  const total = Number.isNaN(set.duration) ? last : Math.max(set.duration, last);
  const all = lists.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const length = Math.max(1, Math.ceil(total / Math.max(1, Math.ceil((2 * all) / LARGEST_RECORD))));
  const count = Math.ceil(total / length);
  const records = Array.from({ length: count }, (_, i) => [
    encoder.encode(`${signed(i * length)}${TEXT}${TEXT}${END}`),
  ]);
  for (const { onset, bytes } of lists) records[indexOf(onset, length, count)]!.push(bytes);
  const size = records.reduce(
    (most, parts) =>
      Math.max(
        most,
        parts.reduce((sum, { length: bytes }) => sum + bytes, 0),
      ),
    30,
  );
  const even = size + (size % 2);
  const file = new Uint8Array(2 * HEADER + count * even);
  file.set(encoder.encode(header(set, count, length, even / 2)));
  for (const [i, parts] of records.entries()) {
    let at = 2 * HEADER + i * even;
    for (const part of parts) {
      file.set(part, at);
      at += part.length;
    }
  }
  return file;
}

function indexOf(onset: number, length: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(onset / length)));
}

function header({ startedAt }: AnnotationSet, count: number, length: number, samples: number): string {
  const start = dateOf(startedAt);
  return [
    ...["0".padEnd(8), "X X X X".padEnd(80), `Startdate ${start.long} X Kickline X`.padEnd(80)],
    ...[start.face, start.time, String(2 * HEADER).padEnd(8), "EDF+C".padEnd(44)],
    ...[String(count).padEnd(8), String(length).padEnd(8), "1".padEnd(4)],
    ...["EDF Annotations".padEnd(16), "".padEnd(80), "".padEnd(8), "-1".padEnd(8), "1".padEnd(8)],
    ...["-32768".padEnd(8), "32767".padEnd(8), "".padEnd(80), String(samples).padEnd(8), "".padEnd(32)],
  ].join("");
}

function dateOf(startedAt: string | undefined): typeof NO_DATE {
  const clock = startedAt === undefined ? undefined : parseWallClock(startedAt);
  if (!clock) return NO_DATE;
  const date = new Date(clock.faceMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const [day, month, year] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()];
  return {
    face: `${two(day)}.${two(month + 1)}.${two(year % 100)}`,
    time: `${two(date.getUTCHours())}.${two(date.getUTCMinutes())}.${two(date.getUTCSeconds())}`,
    long: `${two(day)}-${MONTHS[month]}-${year}`,
  };
}

/**
 * Reads the annotations of an EDF+ file, whatever signals it holds beside them.
 *
 * @throws KicklineError `annotations-unreadable` for what is no EDF+, is cut short, or has no annotations signal.
 */
export function parseEdfPlus(file: Uint8Array): AnnotationSet {
  const ascii = (from: number, length: number) => latin(file.subarray(from, from + length)).trim();
  if (file.length < 2 * HEADER || ascii(0, 8) !== "0" || !ascii(192, 44).startsWith("EDF+"))
    throw unreadable(FORMAT, "its header is another's");
  const [count, length, signals] = [Number(ascii(236, 8)), Number(ascii(244, 8)), Number(ascii(252, 4))];
  if (!(count >= 0) || !(length >= 0) || !(signals >= 1) || file.length < HEADER * (1 + signals))
    throw unreadable(FORMAT, "its header is spoilt");
  const labels = Array.from({ length: signals }, (_, i) => ascii(HEADER + 16 * i, 16));
  const bytes = labels.map((_, i) => 2 * Number(ascii(HEADER + 216 * signals + 8 * i, 8)));
  if (!bytes.every((value) => value >= 0)) throw unreadable(FORMAT, "its header is spoilt");
  const record = bytes.reduce((sum, value) => sum + value, 0);
  if (!labels.includes("EDF Annotations")) throw unreadable(FORMAT, "it has no signal of annotations");
  if (!(record > 0) || file.length < HEADER * (1 + signals) + count * record)
    throw unreadable(FORMAT, "it is cut short");
  const annotations: Annotation[] = [];
  let beginning = NaN;
  for (let i = 0; i < count; i++) {
    let at = HEADER * (1 + signals) + i * record;
    for (const [k, label] of labels.entries()) {
      if (label === "EDF Annotations") {
        const lists = readLists(file.subarray(at, at + bytes[k]!));
        // The first list of the first record says by how much its data begin later than the stated second.
        if (Number.isNaN(beginning)) beginning = lists.find(({ texts }) => texts[0] === "")?.onset ?? 0;
        for (const { onset, duration, texts } of lists) {
          const [text, comment] = texts.filter((one) => one !== "");
          if (text !== undefined)
            annotations.push({
              onset: onset - beginning,
              duration,
              ...readLabel(text),
              ...(comment === undefined ? {} : { comment }),
            });
        }
      }
      at += bytes[k]!;
    }
  }
  return {
    annotations: inOrder(annotations),
    duration: count * length > 0 ? count * length : NaN,
    startedAt: startOf(ascii(88, 80), ascii(176, 8)),
  };
}

function readLists(bytes: Uint8Array) {
  return new TextDecoder()
    .decode(bytes)
    .split(END)
    .filter((list) => list.includes(TEXT))
    .map((list) => {
      const [time, ...texts] = list.split(TEXT);
      const [onset, duration = "0"] = time!.split(DURATION);
      if (!/^[+-]\d+(\.\d*)?$/.test(onset!)) throw unreadable(FORMAT, `an onset is no number: ${onset}`);
      if (!/^(\d+(\.\d*)?)?$/.test(duration)) throw unreadable(FORMAT, `a duration is none: ${duration}`);
      return { onset: Number(onset), duration: Number(duration), texts: texts.slice(0, -1) };
    });
}

function startOf(recordingField: string, time: string): string | undefined {
  const match = /^Startdate (\d\d)-([A-Z]{3})-(\d{4})/.exec(recordingField);
  const month = match ? MONTHS.indexOf(match[2]!) + 1 : 0;
  if (!match || month === 0) return undefined;
  const iso = `${match[3]}-${String(month).padStart(2, "0")}-${match[1]}T${time.replaceAll(".", ":")}`;
  return wallTimeAt(iso, 0, []);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Separators of the format inside a text would end it. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the format's separators
  return text.replace(/[\x00\x14\x15]/g, " ");
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${decimal(Math.abs(value))}`;
}

function decimal(value: number): string {
  return String(Number(Math.max(0, value).toFixed(6)));
}
