import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import edfdecoder from "edfdecoder";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMPARE_DEFAULTS, compareAnnotations } from "../../src/agreement/compare-annotations.ts";
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
import { readAnnotations } from "../../src/store/read-annotations.ts";
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

describe("very many annotations", () => {
  const many = Array.from(
    { length: 200_000 },
    (_, i): Annotation => ({
      ...{ onset: i, duration: 0.5, kind: "kicking" },
    }),
  );

  it("go through EDF+, and are compared", () => {
    const set = { annotations: many, duration: NaN };
    expect(parseAnnotations(formatAnnotations(set, "edf"), "edf").annotations).toEqual(many);
    const pair = { first: many, second: [], duration: NaN };
    expect(compareAnnotations([pair], COMPARE_DEFAULTS).hours).toBeCloseTo(199_999.5 / 3600, 6);
  });
});

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

/** Reads what was written by hand. */
function read(text: string, format: AnnotationFormat, options: { readonly observation?: string } = {}) {
  return parseAnnotations(new TextEncoder().encode(text), format, options);
}

function makeElan(value: string, { doctype = "", media = "" } = {}): string {
  const slots = [1000, 2000].map((ms, i) => `<TIME_SLOT TIME_SLOT_ID="t${i}" TIME_VALUE="${ms}"/>`).join("");
  const event = `<ALIGNABLE_ANNOTATION ANNOTATION_ID="a" TIME_SLOT_REF1="t0" TIME_SLOT_REF2="t1"><ANNOTATION_VALUE>${value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>`;
  const tier = `<TIER TIER_ID="limbs" ANNOTATOR=""><ANNOTATION>${event}</ANNOTATION></TIER>`;
  const header = `<HEADER><MEDIA_DESCRIPTOR MEDIA_URL="${media}"/></HEADER>`;
  return `<?xml version="1.0"?>${doctype}<ANNOTATION_DOCUMENT>${header}<TIME_ORDER>${slots}</TIME_ORDER>${tier}</ANNOTATION_DOCUMENT>`;
}

describe("ELAN documents", () => {
  it("have no annotations on a tier that overlap or last no time, no tier twice, and nothing XML forbids", () => {
    const any = fc.record({
      kind: fc.string({ unit: "binary" }),
      rater: fc.option(fc.constantFrom("A", "A (2)", "A (comment)", "events"), { nil: undefined }),
      comment: fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
      onset: fc.double({ min: -1, max: 20, noNaN: true }),
      duration: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (annotations) => {
        const text = new TextDecoder().decode(formatAnnotations({ annotations, duration: 30 }, "elan"));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no such characters
        expect(text).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
        const slots = new Map(
          [...text.matchAll(/TIME_SLOT_ID="(\w+)" TIME_VALUE="(\d+)"/g)].map(([, id, ms]) => [
            id,
            Number(ms),
          ]),
        );
        expect(slots.size).toBe(2 * annotations.length);
        const ids = [...text.matchAll(/TIER_ID="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const tier of text.split("<TIER ").slice(1)) {
          let free = 0;
          for (const [, from, to] of tier.matchAll(/TIME_SLOT_REF1="(\w+)" TIME_SLOT_REF2="(\w+)"/g)) {
            expect(slots.get(from)).toBeGreaterThanOrEqual(free);
            free = slots.get(to)!;
            expect(free).toBeGreaterThan(slots.get(from)!);
          }
        }
        expect(read(text, "elan").annotations).toHaveLength(annotations.length);
      }),
    );
  });

  it("of others are read: letters by number, paths that are no addresses, tiers of nobody", () => {
    const { annotations, media } = read(makeElan("caf&#233; &amp;#233;", { media: "C:\\100%.mp4" }), "elan");
    expect([annotations[0]!.kind, annotations[0]!.rater, media]).toEqual([
      "café &#233;",
      "limbs",
      "100%.mp4",
    ]);
  });

  it("that would blow up or reach elsewhere are refused by name, or read as they stand", () => {
    const laughs = Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join(
      "",
    );
    const { annotations } = read(makeElan("&e30;", { doctype: `<!DOCTYPE x [${laughs}]>` }), "elan");
    expect(annotations[0]!.kind.length).toBeLessThan(1000);
    for (const text of [
      makeElan("&e;", { doctype: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' }),
      makeElan("&e;".repeat(50_000), { doctype: `<!DOCTYPE x [<!ENTITY e "${"x".repeat(20_000)}">]>` }),
      `<ANNOTATION_DOCUMENT>${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}</ANNOTATION_DOCUMENT>`,
      makeElan("<__proto__>x</__proto__>"),
    ])
      expect(() => read(text, "elan")).toThrow(KicklineError);
  });
});

describe("annotations that cannot be", () => {
  it("are refused: what ends before it begins", () => {
    for (const [text, format] of [
      ["onset\tduration\ttrial_type\n5\t-2\tkick\n", "bids"],
      ["Behavior\tStart (s)\tStop (s)\nkick\t5\t3\n", "boris-table"],
      ["WEBVTT\n\n00:05.000 --> 00:03.000\nkick\n", "webvtt"],
      [makeElan("kick").replace('"t0" TIME_SLOT_REF2="t1"', '"t1" TIME_SLOT_REF2="t0"'), "elan"],
    ] as const)
      expect(() => read(text, format)).toThrow(/kick.*ends before it begins/);
  });

  it("are refused: cues of WebVTT whose times cannot be read, of which a player shows the others", () => {
    const text = (first: string) =>
      `WEBVTT\n\nNOTE by hand\n\n${first} --> 00:02.000\nkick\n\n00:03.000 --> 00:04.000\njerk\n`;
    expect(read(text("00:01.000"), "webvtt").annotations).toHaveLength(2);
    expect(() => read(text("00:01,000"), "webvtt")).toThrow(/1 of 2 cues/);
  });

  it("are refused: what lies beyond any recording", () => {
    for (const onset of ["1e300", "-1e12"])
      expect(() => read(`onset\tduration\ttrial_type\n${onset}\t1\tkick\n`, "bids")).toThrow(/beyond any/);
  });

  it("are refused: text in another encoding, which would come out spoilt", () => {
    const text = "onset\tduration\ttrial_type\n5\t2\tRél\n";
    for (const encoding of ["latin1", "utf16le"] as const)
      expect(() => parseAnnotations(new Uint8Array(Buffer.from(`\uFEFF${text}`, encoding)), "bids")).toThrow(
        /UTF-8/,
      );
    expect(read(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "bids").annotations[0]!.kind).toBe("Rél");
  });

  it("are refused: several observations of BORIS in one table, unless one is named", () => {
    const text = [
      "Observation id\tBehavior\tStart (s)\tStop (s)\tModifiers",
      "one\tkick\t1\t2\tNone",
      "two\tkick\t1.5\t3\tleft leg",
    ].join("\n");
    expect(() => read(text, "boris-table")).toThrow(/--observation.*one, two/);
    expect(() => read(text, "boris-table", { observation: "three" })).toThrow(/one, two/);
    const onsetsOf = (observation: string) =>
      read(text, "boris-table", { observation }).annotations.map(({ onset, limb: part }) => [onset, part]);
    expect([onsetsOf("one"), onsetsOf("two")]).toEqual([[[1, undefined]], [[1.5, "left leg"]]]);
    const project = new TextDecoder().decode(formatAnnotations(SET, "boris-project"));
    expect(() => read(project, "boris-project", { observation: "toString" })).toThrow(/night\.mp4/);
  });

  it("are refused: lengths of EDF+ that are none", () => {
    const file = formatAnnotations(SET, "edf");
    const text = Buffer.from(file).toString("latin1").replace("+1.5\x152.25", "+1.5\x15-.25");
    expect(() => parseAnnotations(new Uint8Array(Buffer.from(text, "latin1")), "edf")).toThrow(/duration/);
  });

  it("are told with the file that cannot be read", async () => {
    await expect(readAnnotations("/dev/null")).rejects.toMatchObject({ code: "annotations-unreadable" });
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
