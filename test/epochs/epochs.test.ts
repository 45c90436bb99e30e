import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRest } from "../../src/epochs/describe-rest.ts";
import { EPOCH_DEFAULTS } from "../../src/epochs/epoch-options.ts";
import { type EpochInput, labelEpochs } from "../../src/epochs/label-epochs.ts";
import { addSurroundings, isOwnMovement } from "../../src/epochs/surroundings.ts";
import {
  EVENT_KINDS,
  type EventKind,
  type MovementEvent,
  NOTHING_MORE,
} from "../../src/events/movement-event.ts";

const NIGHT: EpochInput = { duration: 3600, moving: [], carers: [], dark: [] };
const label = (input: Partial<EpochInput>) => labelEpochs({ ...NIGHT, ...input }, EPOCH_DEFAULTS);
const rest = (input: Partial<EpochInput>) => describeRest(label(input), EPOCH_DEFAULTS);
const span = (onset: number, duration: number) => ({ onset, duration });

describe("labelEpochs", () => {
  it("calls a still recording rest, from end to end", () => {
    expect(label({ duration: 100 })).toMatchObject([
      { onset: 0, duration: 30, state: "resting", movingShare: 0 },
      { onset: 30, state: "resting" },
      { onset: 60, state: "resting" },
      { onset: 90, duration: 10, state: "resting" },
    ]);
    expect(label({ duration: 0 })).toEqual([]);
  });

  it("calls an epoch active from a fifth of it on", () => {
    expect(label({ duration: 60, moving: [span(3, 6)] }).map(({ state }) => state)).toEqual([
      "active",
      "resting",
    ]);
    expect(label({ duration: 60, moving: [span(3, 5.9)] })[0]!.state).toBe("resting");
    expect(label({ duration: 30, moving: [span(3, 4), span(4, 4), span(5, 1)] })[0]!.movingShare).toBeCloseTo(
      5 / 30,
    );
  });

  it("does not judge what was a carer's or could not be seen for the most part", () => {
    const states = label({
      duration: 90,
      carers: [span(0, 16)],
      dark: [span(30, 16)],
      moving: [span(0, 90)],
    });
    expect(states.map(({ state }) => state)).toEqual(["caregiver", "not-observable", "active"]);
    // Less is taken out of the epoch, and the rest is judged by itself.
    const [epoch] = label({ duration: 30, carers: [span(0, 10)], moving: [span(0, 13)] });
    expect(epoch).toMatchObject({ state: "resting", movingShare: expect.closeTo(3 / 20) });
  });

  const anySpans = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 1, max: 400 })).map(([a, b]) => span(a, b)),
    { maxLength: 12 },
  );

  it("fills the recording, and more movement never makes a rest of activity", () => {
    fc.assert(
      fc.property(anySpans, anySpans, anySpans, anySpans, (moving, more, carers, dark) => {
        const few = label({ moving, carers, dark });
        const many = label({ moving: [...moving, ...more], carers, dark });
        expect(few.reduce((sum, { duration }) => sum + duration, 0)).toBe(3600);
        for (const [i, { state }] of few.entries()) {
          if (state === "active") expect(many[i]!.state).toBe("active");
          else if (state !== "resting") expect(many[i]!.state).toBe(state);
        }
      }),
    );
  });

  it("is the same when all comes whole epochs later", () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.integer({ min: 1, max: 50 }), (moving, carers, epochs) => {
        const move = (all: typeof moving) => all.map((one) => ({ ...one, onset: one.onset + 30 * epochs }));
        const here = label({ moving, carers });
        const there = label({ duration: 3600 + 30 * epochs, moving: move(moving), carers: move(carers) });
        expect(there.slice(epochs).map(({ state }) => state)).toEqual(here.map(({ state }) => state));
      }),
    );
  });
});

describe("describeRest", () => {
  it("finds the first long rest, the longest one, and what interrupts rest", () => {
    const report = rest({ moving: [span(0, 600), span(660, 60), span(1200, 90), span(2400, 30)] });
    expect(report.firstLongRest).toEqual(span(720, 480));
    expect(report.timeToRest).toBe(720);
    expect(report.interruptions).toBe(2);
    expect(report.interruptedSeconds).toBe(120);
    expect(report.longestRest).toEqual(span(2430, 1170));
    expect(report.seconds).toEqual({ active: 780, resting: 2820, caregiver: 0, "not-observable": 0 });
  });

  it("does not call a carer or a dark picture an interruption, and counts no dark time as waiting", () => {
    const report = rest({ dark: [span(0, 300)], moving: [span(300, 300)], carers: [span(1800, 60)] });
    expect(report.timeToRest).toBe(300);
    expect(report.interruptions).toBe(0);
    expect(report.longestRest).toEqual(span(1860, 1740));
  });

  it("knows of no rest in activity, and says so", () => {
    const report = rest({ moving: [span(0, 3600)] });
    expect(report).toMatchObject({ firstLongRest: undefined, longestRest: undefined, timeToRest: NaN });
    expect(rest({ duration: 240 })).toMatchObject({ firstLongRest: undefined, longestRest: span(0, 240) });
  });
});

describe("addSurroundings", () => {
  function event(kind: EventKind, onset: number, duration: number): MovementEvent {
    const witnesses = { flow: "", pose: "", agree: null };
    const evidence = { rule: kind, because: "", measures: [], nearest: undefined, features: {}, witnesses };
    return {
      ...NOTHING_MORE,
      id: `${kind}-${onset}`,
      onset,
      duration,
      kind,
      limb: "both legs",
      confidence: 0.8,
      evidence,
    };
  }
  const around = (events: readonly MovementEvent[], input: Partial<EpochInput> = {}) => {
    const moving = events.filter(({ kind }) => isOwnMovement(kind));
    const all = addSurroundings(events, { ...NIGHT, moving, ...input }, EPOCH_DEFAULTS);
    return all.find(({ kind }) => kind === "tremor-like")!.around;
  };
  const tremor = event("tremor-like", 600, 5);

  it("calls a rhythm amid much movement awake-looking, one alone resting, one between neither", () => {
    expect(around([event("kicking", 540, 58), event("kicking", 606, 50), tremor])).toBe("awake-looking");
    expect(around([tremor])).toBe("resting");
    expect(around([event("kicking", 570, 12), tremor])).toBeNull();
  });

  it("does not count the rhythm itself, nor its like", () => {
    expect(around([event("tremor-like", 560, 20), tremor, event("tremor-like", 620, 20)])).toBe("resting");
  });

  it("says nothing where too little could be judged, and nothing of other kinds", () => {
    expect(around([tremor], { dark: [span(300, 300), span(605, 300)] })).toBeNull();
    const kicks = [event("kicking", 100, 20)];
    expect(addSurroundings(kicks, { ...NIGHT, moving: kicks }, EPOCH_DEFAULTS)[0]!.around).toBeNull();
  });

  it("knows of every kind whether it is the infant's", () => {
    expect(EVENT_KINDS.filter((kind) => !isOwnMovement(kind))).toEqual([
      ...["jerk-cluster", "flexion-cluster", "caregiver", "light-change", "artefact"],
    ]);
  });
});
