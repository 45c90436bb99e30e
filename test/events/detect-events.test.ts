import { describe, expect, it } from "vitest";
import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { detectEvents } from "../../src/events/detect-events.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import type { MovementEvent } from "../../src/events/movement-event.ts";
import { endOf } from "../../src/signal/intervals.ts";
import type { LightChange } from "../../src/survey/survey.ts";
import { rhythm, stroke, strokes } from "./motions.ts";
import { SCENES } from "./scenes.ts";
import { floorOf, type Scene, syntheticSpan } from "./synthetic-span.ts";

const CLASSIFIER = createHeuristicClassifier(EVENT_DEFAULTS);

function detect(scene: Scene, lights: readonly LightChange[] = []): MovementEvent[] {
  const span = syntheticSpan(scene);
  return detectEvents([span], lights, floorOf(span), CLASSIFIER, EVENT_DEFAULTS);
}

/** The one event of a scene. */
function only(scene: Scene): MovementEvent {
  const events = detect(scene);
  expect(events.map(({ kind }) => kind)).toHaveLength(1);
  return events[0]!;
}

describe("detectEvents", () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`reads ${name} as it was told`, () => {
      const events = detect(scene);
      expect(events.map(({ kind, limb }) => ({ kind, limb }))).toEqual(
        scene.tells.map(({ kind, limb }) => ({ kind, limb })),
      );
      for (const [i, told] of scene.tells.entries()) {
        const event = events[i]!;
        expect(Math.abs(event.onset - told.onset)).toBeLessThan(0.1);
        expect(Math.abs(endOf(event) - told.end)).toBeLessThan(0.2);
        if (told.frequencyHz === undefined) expect(event.frequencyHz).toBeUndefined();
        else expect(Math.abs(event.frequencyHz! - told.frequencyHz)).toBeLessThan(0.1);
      }
    });
  }

  it("finds small even rhythms from 3 to 10 a second, with their frequency", () => {
    for (const hz of [3.3, 4, 5, 6.2, 7.3, 8, 9.5]) {
      const event = only({ duration: 12, move: { leftLeg: rhythm(0.02, hz, 3, 5) } });
      expect([hz, event.kind]).toEqual([hz, "tremor-like"]);
      expect(Math.abs(event.frequencyHz! - hz)).toBeLessThan(0.1);
      expect(Math.abs(event.onset - 3)).toBeLessThan(0.1);
      // A lower bound, as promised: a camera averages what happens between two of its pictures.
      expect(event.amplitude!).toBeLessThan(0.021);
      expect(event.amplitude!).toBeGreaterThan(0.014);
    }
  });

  it("finds a tremor of a third of a pixel", () => {
    const event = only({ duration: 12, move: { leftLeg: rhythm(0.005, 6, 3, 5) } });
    expect(event.kind).toBe("tremor-like");
    expect(Math.abs(event.frequencyHz! - 6)).toBeLessThan(0.1);
  });

  it("finds slow even rhythms from 0.5 to 2 a second, with their frequency", () => {
    for (const hz of [0.5, 0.8, 1, 1.5, 2]) {
      const event = only({ duration: 18, move: { rightLeg: rhythm(0.2, hz, 3, 11) } });
      expect([hz, event.kind]).toEqual([hz, "slow-rhythm"]);
      expect(Math.abs(event.frequencyHz! - hz)).toBeLessThan(0.1);
    }
  });

  it("does not call wide even swings of 4 a second a tremor", () => {
    expect(only({ duration: 12, move: { leftLeg: rhythm(0.35, 4, 3, 5) } }).kind).not.toBe("tremor-like");
  });

  it("counts the strokes of a kicking bout", () => {
    expect(only(SCENES["kicking"]!).strokes).toBe(10);
  });

  it("takes four kicks of one leg for kicking and three for single movements", () => {
    const kicked = (count: number) =>
      detect({ duration: 14, move: { leftLeg: strokes(0.5, 0.5, [3, 4.3, 6.6, 8.1].slice(0, count)) } });
    expect(kicked(4).map(({ kind }) => kind)).toEqual(["kicking"]);
    // Three jerks so close together are a run of jerks as well.
    expect(kicked(3).map(({ kind }) => kind)).toEqual(["jerk", "jerk-cluster", "jerk", "jerk"]);
  });

  it("leaves open what the frame rate folds: 8 a second at 10 frames looks like 2", () => {
    const event = only({ duration: 12, rate: 10, move: { leftLeg: rhythm(0.03, 8, 3, 5) } });
    expect(event.kind).toBe("indeterminate");
    expect(Math.abs(event.frequencyHz! - 2)).toBeLessThan(0.1);
    expect(event.evidence.because).toMatch(
      /looks like 2\.0 a second.*at 10 frames.*8\.0 would look the same/,
    );
    expect(event.evidence.features["aliasHz"]).toBeCloseTo(8, 0);
  });

  it("takes a wide swing at 10 frames for what it is: no leg swings that wide at 9 a second", () => {
    const wide = only({ duration: 15, rate: 10, move: { leftLeg: rhythm(0.2, 1.2, 3, 9) } });
    expect(wide.kind).toBe("slow-rhythm");
    const small = only({ duration: 15, rate: 10, move: { leftLeg: rhythm(0.04, 1.2, 3, 9) } });
    expect(small.kind).toBe("indeterminate");
  });

  it("leaves open a rhythm above the usable band of the frame rate", () => {
    const event = only({ duration: 12, rate: 15, move: { leftLeg: rhythm(0.03, 6.8, 3, 5) } });
    expect(event.kind).toBe("indeterminate");
    expect(event.evidence.because).toMatch(/too fast to be sure of at 15 frames a second/);
    expect(event.evidence.features["bandUse"]).toBeGreaterThan(1);
  });

  it("does not call a tremor what only one of both flow measures shows", () => {
    const event = only({ duration: 12, hidesFromMean: true, move: { leftLeg: rhythm(0.02, 6, 3, 5) } });
    expect(event.kind).toBe("indeterminate");
    expect(event.evidence.because).toMatch(/6\.0 a second, but only from one picture to the next/);
  });

  it("says what it can of legs that are not seen", () => {
    const covered = { duration: 12, seesLegs: false };
    const moved = only({ ...covered, region: strokes(0.5, 0.5, [3, 4.3, 6.6]) });
    expect(moved).toMatchObject({ kind: "indeterminate", limb: "unseen" });
    expect(moved.evidence.because).toMatch(/could not be seen/);
    expect(moved.evidence.witnesses).toMatchObject({ pose: "legs not seen", agree: null });
    const trembled = only({ ...covered, region: rhythm(0.02, 6, 3, 5) });
    expect(trembled).toMatchObject({ kind: "tremor-like", limb: "unseen" });
    expect(Math.abs(trembled.frequencyHz! - 6)).toBeLessThan(0.1);
    expect(trembled.evidence.witnesses.agree).toBeNull();
  });

  it("does not report breathing, and is not kept by it from a tremor under the cover", () => {
    const breathing = { duration: 14, seesLegs: false, move: { trunk: rhythm(0.004, 0.6, 0, 14) } };
    expect(detect({ ...breathing, region: () => 0 })).toEqual([]);
    const trembled = only({ ...breathing, region: rhythm(0.01, 6, 4, 5) });
    expect(trembled).toMatchObject({ kind: "tremor-like", limb: "unseen" });
  });

  it("finds a slow rhythm under the cover, of which the trunk shows an echo", () => {
    const rocked = only({
      ...{ duration: 16, seesLegs: false },
      ...{ region: rhythm(0.15, 1.7, 4, 7), move: { trunk: rhythm(0.006, 1.7, 4, 7) } },
    });
    expect(rocked).toMatchObject({ kind: "slow-rhythm", limb: "unseen" });
  });

  it("takes for noise what lies off the infant and is nowhere clear", () => {
    const seen = (area: number) => {
      const span = syntheticSpan({ duration: 12, seesLegs: false, region: strokes(0.5, 0.5, [3, 4.3, 6.6]) });
      const away = {
        foreignShare: span.foreignShare.map(() => 0.9),
        foreignArea: span.foreignArea.map(() => area),
      };
      const events = detectEvents([{ ...span, ...away }], [], floorOf(span), CLASSIFIER, EVENT_DEFAULTS);
      return events.map(({ kind }) => kind);
    };
    expect(seen(0)).toEqual([]);
    expect(seen(0.05)).toContain("artefact");
  });

  it("does not name a kick after parts that an unseen movement shakes along", () => {
    const kicks = strokes(0.5, 0.5, [3, 4.3, 6.6]);
    const shaken = (reach: number) => strokes(reach, 0.5, [3, 4.3, 6.6]);
    const move = { leftArm: shaken(0.04), rightArm: shaken(0.04), head: shaken(0.03), trunk: shaken(0.03) };
    const event = only({ duration: 12, seesLegs: false, region: kicks, move });
    expect(event).toMatchObject({ kind: "indeterminate", limb: "unseen" });
  });

  it("does not call a tremor what shakes the trunk as far as the limbs: patting, or a moving bed", () => {
    const shaken = rhythm(0.02, 3.4, 3, 6);
    const move = { leftLeg: shaken, rightLeg: shaken, leftArm: shaken, rightArm: shaken, trunk: shaken };
    const events = detect({ duration: 13, move });
    expect(events.map(({ kind }) => kind)).not.toContain("tremor-like");
    expect(events[0]!.evidence.because).toMatch(/the whole body was shaken/);
  });

  it("counts no movement while a carer is there, and all of it before and after", () => {
    const carer = { onset: 6, duration: 5 };
    const events = detect({ duration: 18, carer, move: { leftLeg: strokes(0.4, 0.4, [2, 8, 14.5]) } });
    expect(events.map(({ kind }) => kind)).toEqual(["jerk", "caregiver", "jerk"]);
  });

  it("does not take a push of the camera for a movement of the infant", () => {
    const kinds = detect({ duration: 10, camera: stroke(20, 4, 1) }).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "artefact")).toEqual([]);
  });

  it("does not report what a kicking leg shakes along", () => {
    const shaken = { ...SCENES["kicking"]!.move, head: rhythm(0.0018, 5, 3, 8) };
    expect(only({ ...SCENES["kicking"]!, move: shaken }).kind).toBe("kicking");
    const alone = only({ duration: 14, move: { head: rhythm(0.0018, 5, 3, 8) } });
    expect(alone).toMatchObject({ kind: "tremor-like", limb: "head" });
  });

  it("finds an event at either end of the span", () => {
    const early = detect({ duration: 10, move: { leftLeg: stroke(0.3, -0.1, 0.5) } });
    const late = detect({ duration: 10, move: { leftLeg: stroke(0.3, 9.7, 0.5) } });
    for (const [event] of [early, late]) expect(event!.limb).toBe("left leg");
    expect(early[0]!.onset).toBeGreaterThanOrEqual(0);
    expect(endOf(late[0]!)).toBeLessThanOrEqual(10);
  });

  it("names a change of light by itself, and not one that a carer's shadow makes", () => {
    const lamp = { onset: 30, duration: 0.5, shift: -42, isSudden: true };
    const [event] = detect({ duration: 12 }, [lamp]);
    expect(event).toMatchObject({ kind: "light-change", limb: "none", onset: 30, duration: 0.5 });
    const shadow = { onset: 4, duration: 0.5, shift: -9, isSudden: false };
    expect(detect(SCENES["a carer's arm"]!, [shadow]).map(({ kind }) => kind)).toEqual(["caregiver"]);
    expect(detect(SCENES["a carer's arm"]!, [{ ...shadow, shift: -60 }])).toHaveLength(2);
  });

  it("gives ids that count within a kind, in order of time", () => {
    const spans = [0, 40, 20].map((onset) => syntheticSpan({ ...SCENES["jerk"]!, onset }));
    const events = detectEvents(spans, [], floorOf(spans[0]!), CLASSIFIER, EVENT_DEFAULTS);
    expect(events.map(({ id }) => id)).toEqual(["jerk-001", "jerk-002", "jerk-003"]);
    expect(events.map(({ onset }) => Math.round(onset))).toEqual([3, 23, 43]);
  });

  it("finds nothing in nothing", () => {
    expect(detectEvents([], [], floorOf(syntheticSpan({ duration: 4 })), CLASSIFIER, EVENT_DEFAULTS)).toEqual(
      [],
    );
    expect(detect({ duration: 0.2 })).toEqual([]);
  });
});
