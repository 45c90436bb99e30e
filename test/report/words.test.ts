import { describe, expect, it } from "vitest";
import { FEATURE_INFO } from "../../src/events/features.ts";
import { EVENT_KINDS } from "../../src/events/movement-event.ts";
import { placeTicks, titleOfAxis } from "../../src/report/formats/clock-axis.ts";
import { describeNearest, FEATURE_WORDS } from "../../src/report/formats/feature-words.ts";
import { summarizePlainly } from "../../src/report/formats/plain-summary.ts";
import { describeWhen, nameRecording } from "../../src/report/formats/recording-words.ts";
import {
  describeClearness,
  describeDuration,
  KIND_ORDER,
  KIND_WORDS,
  listInWords,
} from "../../src/report/wording.ts";
import { inventNight } from "./invented-night.ts";

const night = inventNight({ seed: 5, duration: 36_000, events: 300, startedAt: "2026-11-14T21:40:00+01:00" });
const text = (report: typeof night) => {
  const { headline, sentences } = summarizePlainly(report);
  return [headline, ...sentences].join(" ");
};

describe("words", () => {
  it("exist for every kind and every feature", () => {
    expect([...KIND_ORDER].sort()).toEqual([...EVENT_KINDS].sort());
    expect(Object.keys(FEATURE_WORDS)).toEqual(expect.arrayContaining(Object.keys(FEATURE_INFO)));
  });

  it("count in plain English", () => {
    expect([1, 2, 3, 1200].map((n) => KIND_WORDS.kicking.count(n))).toEqual([
      "kicking once",
      "kicking twice",
      "kicking 3 times",
      "kicking 1,200 times",
    ]);
    expect(KIND_WORDS.startle.count(1)).toBe("one startle");
    expect(listInWords(["a", "b", "c"])).toBe("a, b and c");
  });

  it.each([
    [0.44, "0.4 s"],
    [59.7, "1 min"],
    [200, "3 min 20 s"],
    [599.6, "10 min"],
    [3599, "1 h"],
    [27_000, "7 h 30 min"],
  ])("describe %s s as %s", (seconds, words) => {
    expect(describeDuration(seconds)).toBe(words);
  });

  it("call clearness by words that are no probability", () => {
    expect(describeClearness({ kind: "kicking", confidence: 1 })).toBe("Clearly met");
    expect(describeClearness({ kind: "kicking", confidence: 0.5 })).toBe("Just met");
    expect(describeClearness({ kind: "indeterminate", confidence: 0.5 })).toBe("No rule met");
  });
});

describe("describeNearest", () => {
  const event = night.events[0]!;
  const nearest = (flip: string) =>
    describeNearest({
      ...event,
      kind: "kicking",
      evidence: { ...event.evidence, nearest: { kind: "slow-rhythm", flip } },
    });

  it("turns the rule's names into words", () => {
    expect(nearest("if frequencyHz 5 Hz were at most 2.2 and strokes 1 strokes were at least 4")).toBe(
      "It would be a slow rhythm if “rhythm” were at most 2.2 a second (it was 5) and “strokes” were at least 4 (it was 1).",
    );
    expect(nearest('rule "kicking" comes first')).toBe(
      "It also meets the rule for a slow rhythm; the rule for kicking is asked first.",
    );
  });

  it("shows what it does not know as it is", () => {
    expect(nearest("if the moon were full")).toBe("It would be a slow rhythm if the moon were full.");
    expect(describeNearest({ ...event, evidence: { ...event.evidence, nearest: null } })).toBe("");
  });
});

describe("summarizePlainly", () => {
  it("says when, what and how much could be judged", () => {
    const { headline, sentences } = summarizePlainly(night);
    expect(headline).toMatch(/^Between 21:40 and 07:40, the video showed .*kicking \d+ times/);
    expect(sentences.join(" ")).toContain("of the 10 h could be judged");
  });

  it("does not count in a recording that is not fit to judge", () => {
    const unfit = inventNight({ seed: 6, duration: 3600, events: 30, fitToJudge: false });
    expect(summarizePlainly(unfit).headline).toBe("This recording could not be judged.");
    expect(text(unfit)).not.toMatch(/kicking|tremor|startle/);
  });

  it("neither alarms nor reassures", () => {
    const none = { ...night, events: [], summary: night.summary.map((entry) => ({ ...entry, count: 0 })) };
    for (const report of [night, none])
      expect(text(report)).not.toMatch(
        /diagnos|abnormal|patient|risk|seizure|healthy|fine|worr|danger|alarm|nothing to/i,
      );
    expect(text(none)).toContain("none of the movements looked for");
  });
});

describe("recording words", () => {
  it("say when it was filmed", () => {
    expect(describeWhen(night)).toBe("Saturday 14 November 2026, 21:40 to 07:40");
    expect(describeWhen(inventNight({ seed: 1, duration: 60, events: 1 }))).toBe("A recording of 1 min");
    expect(nameRecording(night)).toBe("invented.mp4");
  });
});

describe("placeTicks", () => {
  it("stands on round clock times", () => {
    const faceMs = Date.UTC(2026, 10, 14, 21, 40);
    expect(
      placeTicks(0, 36_000, 11, faceMs)
        .map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(["22:00", "23:00", "00:00"]);
    expect(placeTicks(0, 40, 8, faceMs)[1]).toEqual({ time: 5, label: "21:40:05" });
  });

  it("shows the new time after the clocks were changed", () => {
    const faceMs = Date.UTC(2026, 9, 24, 21, 0);
    const labels = placeTicks(0, 36_000, 11, faceMs, [{ onset: 6 * 3600, shift: -3600 }]);
    expect(labels.map(({ label }) => label).slice(4, 8)).toEqual(["01:00", "02:00", "02:00", "03:00"]);
  });

  it("stands on round times into the recording when the clock is not known", () => {
    expect(placeTicks(0, 180, 6, undefined).map(({ label }) => label)).toEqual([
      "0:00",
      "0:30",
      "1:00",
      "1:30",
      "2:00",
      "2:30",
      "3:00",
    ]);
    expect(placeTicks(0, 43_200, 12, undefined).at(-1)).toEqual({ time: 43_200, label: "12:00" });
    expect(titleOfAxis(undefined, 43_200)).toContain("h:min");
  });

  it.each([1, 30, 40, 600, 7200, 43_200, 90_000])("never crowds the axis of %s s", (duration) => {
    for (const faceMs of [undefined, Date.UTC(2026, 0, 1, 3, 7, 11)]) {
      const ticks = placeTicks(0, duration, 10, faceMs);
      expect(ticks.length).toBeLessThanOrEqual(11);
      expect(ticks.every(({ time }) => time >= -1e-6 && time <= duration + 1e-6)).toBe(true);
    }
  });
});
