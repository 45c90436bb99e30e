import { type AnalyzeOptions, openForPieces, pieceKeys, settleModel, surveyReader } from "../analyze.ts";
import { KicklineError } from "../errors.ts";
import { findFfmpeg } from "../media/ffmpeg.ts";
import { type AnalysisOptions, type AnalysisOptionsInput, parseOptions } from "../options.ts";
import type { Survey } from "../survey/survey.ts";
import { cutSegments, keyFrameTicks } from "../survey/survey-recording.ts";
import type { JournalKeeper } from "./journal.ts";
import { workInLanes } from "./lanes.ts";
import { countSoundPieces, hearPiece, soundName } from "./listen.ts";
import { measureSpans, spanName } from "./measure-spans.ts";
import { type Opened, recallOpened } from "./open-night.ts";
import { surveyName, surveyPiece, surveySegments } from "./survey-segments.ts";

/**
 * A part of a night's costly work that any program which sees the files and the journal can do: a run of
 * segments of the survey, of pieces of the sound, or of active spans, by their numbers, `to` excluded.
 */
export interface NightPart {
  readonly kind: "survey" | "sound" | "spans";
  readonly from: number;
  readonly to: number;
}

/** How large parts are: small enough to share and to lose, large enough to be worth opening a night for. */
export interface PartSizes {
  /** Recording that is surveyed, or listened to, in one part, seconds. */
  readonly surveySeconds: number;
  /** Movement that is measured in one part, seconds. */
  readonly movingSeconds: number;
}

export const PART_SIZES: PartSizes = { surveySeconds: 1800, movingSeconds: 120 };

/** What a night can be split into at this point of its analysis. */
export interface NightPlan {
  /** All that is known by now; the same for the same recording and options, whatever was done of them. */
  readonly parts: readonly NightPart[];
  /** Those of which something is missing. None: what is left is for one program, as a whole. */
  readonly missing: readonly NightPart[];
}

const WHOLE: NightPlan = { parts: [], missing: [] };

/**
 * Says what of a night's work can be shared out now: first survey and sound, and when those are there, the
 * spans in which something moved. Asked again and again, by whichever program, until nothing is missing; then
 * {@link analyzeRecording} with the same journal finds all the costly work done.
 *
 * A recording shorter than one part is not split, nor is one that had to be rebuilt, for its film lies in a
 * folder of the program that rebuilt it.
 *
 * @throws KicklineError as {@link analyzeRecording}; the signal's reason when aborted.
 */
export async function planNight(
  files: readonly string[],
  sizes: PartSizes,
  given: AnalyzeOptions & { readonly journal: JournalKeeper },
): Promise<NightPlan> {
  const { journal: keeper } = given;
  const { call, model } = await settleModel(given);
  const options = parseOptions(call.options);
  const opened = await openForPieces(files, call, model);
  const { recording } = opened;
  if (recording.duration <= sizes.surveySeconds) return WHOLE;
  if (opened.issues.some(({ code }) => code === "file-rebuilt")) return WHOLE;
  const keys = pieceKeys(opened, options);
  const journals = { survey: keeper.at(keys.survey), sound: keeper.at(keys.sound) };
  const each = (seconds: number) => Math.max(1, Math.round(sizes.surveySeconds / seconds));
  const survey = cutEvenly(
    "survey",
    cutSegments(recording, options.survey.segment).length,
    each(options.survey.segment),
  );
  const sound = cutEvenly("sound", countSoundPieces(recording, options.sound), each(options.sound.segment));
  const lacks = async (part: NightPart) => {
    const [journal, name] =
      part.kind === "survey" ? [journals.survey, surveyName] : [journals.sound, soundName];
    for (let i = part.from; i < part.to; i++) if (!(await journal.has(name(i)))) return true;
    return false;
  };
  const early = [...survey, ...sound];
  const missingEarly = await pick(early, lacks);
  if (missingEarly.length > 0) return { parts: early, missing: missingEarly };
  const found = await joinSurvey(opened, options, { ...call, journal: keeper });
  const spans = cutSpans(found, sizes.movingSeconds);
  const journal = keeper.at(keys.spans);
  const missing = await pick(spans, async ({ from, to }) => {
    for (const span of found.activeSpans.slice(from, to)) {
      if (!(await journal.has(spanName(span)))) return true;
    }
    return false;
  });
  // One part's work is not worth another round.
  return { parts: [...early, ...spans], missing: missing.length > 1 ? missing : [] };
}

/** What {@link measurePart} needs of the one who asks. */
export interface PartCall extends Pick<AnalyzeOptions, "signal" | "onProgress"> {
  readonly options?: AnalysisOptionsInput;
  readonly journal: JournalKeeper;
  readonly parallel: number;
  /** Where a file of the recording lies for this program, if elsewhere than for the one that opened it. */
  readonly placeOf?: (path: string) => string;
}

/**
 * Does one part of a night's work into its journal. What the journal holds is not done again, so a part may be
 * given out twice.
 *
 * @throws KicklineError `part-unfit` when the night was opened by another version of Kickline or ffmpeg, or by
 * none; DecoderError, OutputError; the signal's reason when aborted.
 */
export async function measurePart(part: NightPart, call: PartCall): Promise<void> {
  const options = parseOptions(call.options);
  const opened = await openedFor(call);
  const { model } = await settleModel({ options });
  if (JSON.stringify(model) !== JSON.stringify(opened.model))
    throw unfit("its pose model is another one here");
  const { ffmpeg, recording } = opened;
  const { journal: keeper, parallel, signal, onProgress } = call;
  const keys = pieceKeys(opened, options);
  const count = part.to - part.from;
  if (part.kind === "survey") {
    const segments = cutSegments(recording, options.survey.segment);
    const look = {
      ...{ openReader: surveyReader(opened, options), journal: keeper.at(keys.survey) },
      ...{ keys: keyFrameTicks(recording), binDuration: options.survey.binDuration },
    };
    let done = 0;
    await workInLanes(count, parallel, signal, async (n, ownSignal) => {
      const i = part.from + n;
      await surveyPiece(look, segments[i]!, i, ownSignal);
      onProgress?.({ stage: "survey", done: ++done, total: count });
    });
  } else if (part.kind === "sound") {
    const journal = keeper.at(keys.sound);
    await workInLanes(count, parallel, signal, async (n, ownSignal) => {
      await hearPiece(ffmpeg, recording, part.from + n, {
        options: options.sound,
        journal,
        signal: ownSignal,
      });
    });
  } else {
    const survey = await joinSurvey(opened, options, call);
    const some = { ...survey, activeSpans: survey.activeSpans.slice(part.from, part.to) };
    const journal = keeper.at(keys.spans);
    await measureSpans({ ffmpeg, recording, survey: some, options, parallel, journal }, call);
  }
}

/** A part as a short text, for ids and messages: "survey 0-6". */
export function nameOfPart({ kind, from, to }: NightPart): string {
  return `${kind} ${from}-${to}`;
}

async function openedFor({ journal, placeOf }: PartCall): Promise<Opened> {
  const stored = await recallOpened(journal);
  if (!stored) throw unfit("it was not opened by this version of Kickline");
  const ffmpeg = await findFfmpeg();
  if (ffmpeg.version !== stored.ffmpeg.version) {
    throw unfit(`it was opened by ffmpeg ${stored.ffmpeg.version}, and here is ${ffmpeg.version}`);
  }
  if (!placeOf) return { ...stored, ffmpeg };
  const files = stored.recording.files.map((file) => ({ ...file, path: placeOf(file.path) }));
  return { ...stored, ffmpeg, recording: { ...stored.recording, files } };
}

function unfit(why: string): KicklineError {
  return new KicklineError(
    "part-unfit",
    `this part of a night cannot be measured here: ${why}`,
    "Let all workers of a queue run the same version of Kickline and of ffmpeg, and have the same added models.",
  );
}

/** The whole survey, from the journal (a piece that is not there is made). */
async function joinSurvey(
  opened: Opened,
  options: AnalysisOptions,
  { journal, parallel = 1, signal }: Pick<AnalyzeOptions, "parallel" | "signal"> & { journal: JournalKeeper },
): Promise<Survey> {
  const { survey } = await surveySegments(
    surveyReader(opened, options),
    opened.recording,
    journal.at(pieceKeys(opened, options).survey),
    { ...options.survey, longest: options.survey.longestSpan, parallel },
    signal,
  );
  return survey;
}

function cutEvenly(kind: NightPart["kind"], count: number, each: number): NightPart[] {
  return Array.from({ length: Math.ceil(count / each) }, (_, i) => ({
    ...{ kind, from: i * each, to: Math.min(count, (i + 1) * each) },
  }));
}

/** Runs of spans that hold about as many moving seconds each. */
function cutSpans({ activeSpans }: Survey, movingSeconds: number): NightPart[] {
  const parts: NightPart[] = [];
  let [from, seconds] = [0, 0];
  for (const [i, { duration }] of activeSpans.entries()) {
    seconds += duration;
    if (seconds < movingSeconds && i < activeSpans.length - 1) continue;
    parts.push({ kind: "spans", from, to: i + 1 });
    [from, seconds] = [i + 1, 0];
  }
  return parts;
}

async function pick<T>(items: readonly T[], isWanted: (item: T) => Promise<boolean>): Promise<T[]> {
  const picked: T[] = [];
  for (const item of items) if (await isWanted(item)) picked.push(item);
  return picked;
}
