import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import edfdecoder from "edfdecoder";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KicklineError } from "../../src/errors.ts";
import type { Annotation, AnnotationSet } from "../../src/interop/annotations/annotation.ts";
import { formatBorisProject } from "../../src/interop/annotations/boris-project.ts";
import {
  ANNOTATION_FORMATS,
  type AnnotationFormat,
  annotationFormatOf,
  formatAnnotations,
  parseAnnotations,
} from "../../src/interop/annotations/formats.ts";
import { findFfmpeg } from "../../src/media/ffmpeg.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

/** Words of a rater: no separators of any format, but everything that must be escaped somewhere. */
const word = fc
  .stringMatching(/^[A-Za-zäßé漢"'&<>][A-Za-zäßé漢 "'&<>,;.-]{0,20}$/)
  .map((text) => text.trim())
  .filter((text) => text !== "" && !text.includes("--"));
const limb = fc.constantFrom("left leg", "right leg", "both legs", "arm", "head", "body", undefined);
/** Whole milliseconds, as the coarsest formats keep them. */
const time = fc.integer({ min: 0, max: 43_200_000 }).map((ms) => ms / 1000);
const length = fc.integer({ min: 1, max: 60_000 }).map((ms) => ms / 1000);

/** Sets in which events of one kind, limb and rater do not overlap: a state of BORIS begins and ends. */
const sets: fc.Arbitrary<AnnotationSet> = fc
  .array(
    fc.record({
      kind: word,
      limb,
      rater: fc.option(word, { nil: undefined }),
      comment: fc.option(word, { nil: undefined }),
      gap: time,
      duration: length,
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    let at = 0;
    const annotations = parts.map(({ gap, ...part }): Annotation => {
      const onset = Number((at + 0.001 + gap / 100).toFixed(3));
      at = onset + part.duration;
      return { ...part, onset };
    });
    return {
      annotations,
      duration: Math.ceil(at + 10),
      startedAt: "2026-11-22T21:30:00",
      media: "night.mp4",
    };
  });

/** What a format cannot carry is left out of the comparison. */
function seen(set: AnnotationSet, format: AnnotationFormat) {
  return set.annotations.map(({ onset, duration, kind, limb: part, rater, comment }) => ({
    ...{ onset: Number(onset.toFixed(3)), duration: Number(duration.toFixed(3)), kind, limb: part, comment },
    rater: format === "edf" ? undefined : rater,
  }));
}

describe.each(["bids", "edf", "boris-table", "boris-project", "elan", "webvtt"] as const)(
  "annotations as %s",
  (format) => {
    it("come back as they went", () => {
      fc.assert(
        fc.property(sets, (set) => {
          const back = parseAnnotations(formatAnnotations(set, format), format);
          expect(seen(back, format)).toEqual(seen(set, format));
        }),
      );
    });

    it("are written the same every time", () => {
      fc.assert(
        fc.property(sets, (set) => {
          expect(formatAnnotations(set, format)).toEqual(formatAnnotations(structuredClone(set), format));
        }),
        { numRuns: 20 },
      );
    });

    it("name themselves when they are not of that format, whatever the bytes", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
          try {
            parseAnnotations(bytes, format);
          } catch (error) {
            expect(error).toBeInstanceOf(KicklineError);
            expect((error as KicklineError).code).toBe("annotations-unreadable");
          }
        }),
      );
    });

    it("are not believed when the file was cut short, or are a beginning of it", () => {
      const set = fc.sample(sets, { numRuns: 1, seed: 7 })[0]!;
      const whole = formatAnnotations(set, format);
      for (let share = 0.1; share < 1; share += 0.1) {
        try {
          const part = parseAnnotations(whole.slice(0, Math.floor(share * whole.length)), format);
          expect(part.annotations.length).toBeLessThanOrEqual(set.annotations.length);
        } catch (error) {
          expect(error).toMatchObject({ code: "annotations-unreadable" });
        }
      }
    });
  },
);

const SET: AnnotationSet = {
  annotations: [
    { onset: 1.5, duration: 2.25, kind: "kicking", limb: "left leg", rater: "A", comment: "strong & fast" },
    { onset: 10, duration: 0.5, kind: "jerk", limb: "both legs", rater: "B" },
    { onset: 4000.125, duration: 6, kind: "tremor-like", limb: "right leg", rater: "A" },
  ],
  ...{ duration: 7200, startedAt: "2026-11-22T21:30:05", media: "night.mp4" },
};

describe("readers that others wrote", () => {
  it("find the EDF header right, and the lists in its one signal", () => {
    const file = formatAnnotations(SET, "edf");
    const decoder = new edfdecoder.EdfDecoder();
    decoder.setInput(file.slice().buffer);
    decoder.decode();
    const edf = decoder.getOutput();
    expect(edf.getNumberOfSignals()).toBe(1);
    expect(edf.getSignalLabel(0)).toBe("EDF Annotations");
    expect(edf.getRecordDuration() * edf.getNumberOfRecords()).toBe(7200);
    // Its months are one too many and its century is the last one: the time of day is what it tells right.
    expect(edf.getRecordingStartDate().toISOString()).toMatch(/T21:30:05/);
    const raw = new Uint8Array(edf.getRawSignal(0, 0).slice().buffer);
    const text = new TextDecoder().decode(raw);
    expect(text).toContain("+0\x14\x14\0");
    expect(text).toContain("+1.5\x152.25\x14kicking (left leg)\x14strong & fast\x14\0");
  });

  it("find the WebVTT cues, and show them as subtitles", async () => {
    const path = join(makeTestFolder(), "events.vtt");
    writeFileSync(path, formatAnnotations(SET, "webvtt"));
    const srt = execFileSync((await findFfmpeg()).path, ["-v", "error", "-i", path, "-f", "srt", "-"], {
      encoding: "utf8",
    });
    const cues = srt
      .trim()
      .split(/\r?\n\r?\n/)
      .map((cue) => cue.split(/\r?\n/));
    expect(cues.map(([, times]) => times)).toEqual([
      "00:00:01,500 --> 00:00:03,750",
      "00:00:10,000 --> 00:00:10,500",
      "01:06:40,125 --> 01:06:46,125",
    ]);
    expect(cues[0]!.slice(2).join("\n")).toMatch(/kicking \(left leg\).*strong & fast/s);
  });
});

describe("files that others write", () => {
  it("of BORIS' tabular events are read: lines before the table, starts and stops, points", () => {
    const text = [
      "Observation id\tone\t\t\t\t\t\t\t",
      "\t\t\t\t\t\t\t\t",
      "Player #1\tfilm.mp4\t\t\t\t\t\t\t",
      "Time\tMedia file path\tTotal length\tFPS\tSubject\tBehavior\tBehavioral category\tComment\tStatus",
      "3.300\t/home/u/film.mp4\t359.960\t25.0\tinfant\tkick\t\t\tSTART",
      "5.000\t/home/u/film.mp4\t359.960\t25.0\tinfant\tblink\t\tonce\tPOINT",
      "7.750\t/home/u/film.mp4\t359.960\t25.0\tinfant\tkick\t\t\tSTOP",
    ].join("\n");
    const set = parseAnnotations(new TextEncoder().encode(text), "boris-table");
    expect(set).toMatchObject({ duration: 359.96, media: "film.mp4" });
    expect(set.annotations).toMatchObject([
      { onset: 3.3, duration: 4.45, kind: "kick" },
      { onset: 5, duration: 0, kind: "blink", comment: "once" },
    ]);
  });

  it("of BORIS with a state that never stops are refused by name", () => {
    const project = JSON.parse(formatBorisProject(SET)) as {
      observations: Record<string, { events: unknown[] }>;
    };
    Object.values(project.observations)[0]!.events.pop();
    const text = new TextEncoder().encode(JSON.stringify(project));
    expect(() => parseAnnotations(text, "boris-project")).toThrow(/never stops/);
  });

  it("of BIDS name the kind in `trial_type` as well", () => {
    const text = "onset\tduration\ttrial_type\n1.5\tn/a\tgo\n";
    const set = parseAnnotations(new TextEncoder().encode(text), "bids");
    expect(set.annotations).toMatchObject([{ onset: 1.5, duration: 0, kind: "go" }]);
  });

  it("of ELAN with slots that have no time are refused", () => {
    const text = new TextDecoder().decode(formatAnnotations(SET, "elan")).replace(/ TIME_VALUE="1500"/, "");
    expect(() => parseAnnotations(new TextEncoder().encode(text), "elan")).toThrow(/has no time/);
  });
});

describe("EDF+ for scorers of leg movements", () => {
  it("gives each side its own text, and both to a movement of both", () => {
    const isLegMovement = (kind: string) => kind !== "tremor-like";
    const set = parseAnnotations(formatAnnotations(SET, "edf-leg-movements", { isLegMovement }), "edf");
    expect(set.annotations.map(({ onset, kind }) => [onset, kind])).toEqual([
      [0, "Recording start"],
      [1.5, "LM left (video)"],
      [10, "LM left (video)"],
      [10, "LM right (video)"],
      [7200, "Recording end"],
    ]);
  });
});

describe("a file's name", () => {
  it("tells its format, or nothing", () => {
    expect(
      ["a.edf", "b.boris", "c.eaf", "d.vtt", "events.tsv", "boris-out.tsv", "x.csv", "y.txt"].map(
        annotationFormatOf,
      ),
    ).toEqual(["edf", "boris-project", "elan", "webvtt", "bids", "boris-table", "boris-table", undefined]);
    expect(ANNOTATION_FORMATS).toHaveLength(7);
  });
});
