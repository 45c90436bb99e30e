import type { NightReport } from "./night-report.ts";

/** What stands for the recording's files: neither name nor content tells where they came from. */
const NAMELESS = "recording";

/**
 * Takes out of a report what could tell whose night it was: names and digests of files, clock, date and time zone, what was heard, words of
 * findings (they name files), when and where it was analysed. Times from the recording's start, events, evidence and options stay.
 */
export function stripReport(report: NightReport): NightReport {
  const { recording, events, issues, options, provenance, timing } = report;
  const named = (options["pose"] as { readonly model?: unknown } | undefined)?.model;
  return {
    ...report,
    recording: {
      ...recording,
      ...{
        id: NAMELESS,
        startedAt: null,
        startedAtSource: null,
        timeZone: null,
        clockChanges: [],
        hasAudio: false,
      },
      files: recording.files.map((file, i) => ({
        ...file,
        name: `${NAMELESS}-${i + 1}`,
        hash: "",
        bytes: 0,
      })),
    },
    events: events.map((event) => {
      const number = recording.files.findIndex(({ name }) => name === event.file) + 1;
      return { ...event, wallTime: null, file: `${NAMELESS}-${Math.max(1, number)}` };
    }),
    sound: null,
    issues: issues.map(({ code, severity, ...rest }) => ({
      ...rest,
      code,
      severity,
      message: code,
      suggestion: "",
    })),
    provenance: {
      ...provenance,
      inputHash: "",
      // Poses of another program's file stand for a model: their digest is that file's.
      models: provenance.models.map((model) => ({
        ...model,
        version: "",
        ...(model.name === named ? {} : { sha256: "" }),
      })),
    },
    timing: { ...timing, finishedAt: "", stages: {} },
  };
}
