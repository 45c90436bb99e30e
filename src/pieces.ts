import { type AnalyzeOptions, type Opened, pieceKeys, surveyReader } from "./analyze.ts";
import type { JournalKeeper } from "./journal.ts";
import { measurePieces } from "./measure-spans.ts";
import type { AnalysisOptions } from "./options.ts";
import type { Survey } from "./survey/survey.ts";
import { cutSegments, keyFrameTicks } from "./survey/survey-recording.ts";
import { surveyPiece, surveySegments } from "./survey-segments.ts";

/**
 * One recording's work in pieces that may run on different machines, in any order and more than once: every
 * piece ends in the journal, and a whole analysis with that journal then only joins them.
 */
export interface PiecedWork {
  /** Pieces of the survey, numbered from 0. */
  readonly surveyPieces: number;
  survey(from: number, to: number, signal?: AbortSignal): Promise<void>;
  /** Active spans, known once the survey is whole. Seconds of each, in order. */
  spans(signal?: AbortSignal): Promise<readonly number[]>;
  /** Measures the spans numbered `from` to before `to`. */
  measure(from: number, to: number, signal?: AbortSignal): Promise<void>;
}

/** Cuts an opened recording's work into pieces. */
export function openPieces(
  opened: Opened,
  options: AnalysisOptions,
  keeper: JournalKeeper,
  call: Pick<AnalyzeOptions, "parallel" | "estimator"> = {},
): PiecedWork {
  const { recording, ffmpeg } = opened;
  const parallel = call.parallel ?? 1;
  const keys = pieceKeys(opened, options);
  const segments = cutSegments(recording, options.survey.segment);
  const journal = keeper.at(keys.survey);
  const look = {
    ...{ openReader: surveyReader(opened, options), journal },
    ...{ keys: keyFrameTicks(recording), binDuration: options.survey.binDuration },
  };
  let whole: Promise<Survey> | undefined;
  const readSurvey = (signal?: AbortSignal) => {
    whole ??= surveySegments(
      look.openReader,
      recording,
      journal,
      { ...options.survey, longest: options.survey.longestSpan, parallel },
      signal,
    ).then(({ survey }) => survey);
    return whole;
  };
  return {
    surveyPieces: segments.length,
    async survey(from, to, signal) {
      for (let i = from; i < Math.min(to, segments.length); i++) {
        signal?.throwIfAborted();
        await surveyPiece(look, segments[i]!, i, signal);
      }
    },
    async spans(signal) {
      return (await readSurvey(signal)).activeSpans.map(({ duration }) => duration);
    },
    async measure(from, to, signal) {
      const survey = await readSurvey(signal);
      const closeLook = { ffmpeg, recording, survey, options, parallel, journal: keeper.at(keys.spans) };
      await measurePieces(closeLook, survey.activeSpans.slice(from, to), {
        ...(signal ? { signal } : {}),
        ...(call.estimator ? { estimator: call.estimator } : {}),
      });
    },
  };
}
