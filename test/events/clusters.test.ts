import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findClusters } from "../../src/events/clusters.ts";
import { describeContext } from "../../src/events/context.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import type { EventKind, MovementEvent } from "../../src/events/movement-event.ts";
import { NOTHING_MORE } from "../../src/events/movement-event.ts";

function event(kind: EventKind, onset: number, duration: number, more: Partial<MovementEvent> = {}) {
  const evidence: MovementEvent["evidence"] = {
    ...{ rule: kind, because: "", measures: [], nearest: undefined, features: {} },
    witnesses: { flow: "", pose: "", agree: null },
  };
  return {
    ...{ ...NOTHING_MORE, id: `${kind}-${onset}`, onset, duration, kind, limb: "both legs" as const },
    ...{ confidence: 0.8, evidence, ...more },
  };
}

const clusters = (events: readonly MovementEvent[]) => findClusters(events, EVENT_DEFAULTS);
const every = (kind: EventKind, onsets: readonly number[], duration: number) =>
  onsets.map((onset) => event(kind, onset, duration));

describe("findClusters", () => {
  it("makes a run of three jerks of which each is within ten seconds of the last", () => {
    const [run, ...rest] = clusters(every("jerk", [5, 14.9, 24.9], 0.5));
    expect(rest).toEqual([]);
    expect(run).toMatchObject({
      kind: "jerk-cluster",
      onset: 5,
      members: ["jerk-5", "jerk-14.9", "jerk-24.9"],
    });
    expect(run!.onset + run!.duration).toBeCloseTo(25.4);
    expect(clusters(every("jerk", [5, 14.9, 25.1], 0.5))).toEqual([]);
    expect(clusters(every("jerk", [5, 9], 0.5))).toEqual([]);
  });

  it("makes one of four bending movements every five to ten seconds, and says whom to show it to", () => {
    const [run, ...rest] = clusters(every("leg-movement", [10, 17, 23.5, 31], 2));
    expect(rest).toEqual([]);
    expect(run).toMatchObject({ kind: "flexion-cluster", limb: "both legs" });
    expect(run!.evidence.because).toMatch(/bent 4 times.*show this clip to a doctor/);
    expect(clusters(every("leg-movement", [10, 17, 23.5], 2))).toEqual([]);
  });

  it("takes no cluster of flexions of what comes too fast, too slow, lasts too long, or is one leg's", () => {
    expect(clusters(every("leg-movement", [10, 12.5, 15, 17.5], 2))).toEqual([]);
    expect(clusters(every("leg-movement", [10, 25, 40, 55], 2))).toEqual([]);
    expect(clusters(every("leg-movement", [10, 17, 24, 31], 4))).toEqual([]);
    const oneLeg = [10, 17, 24, 31].map((onset) => event("leg-movement", onset, 2, { limb: "left leg" }));
    expect(clusters(oneLeg)).toEqual([]);
  });

  it("asks pose, where it saw the legs, whether they were drawn up", () => {
    const stretched = every("leg-movement", [10, 17, 24, 31], 2).map((one) => ({
      ...one,
      evidence: { ...one.evidence, features: { legDraw: -0.3 } },
    }));
    expect(clusters(stretched)).toEqual([]);
  });

  it("does not count the same movements twice", () => {
    const slowJerks = every("jerk", [10, 17, 24, 31], 1.3);
    expect(clusters(slowJerks).map(({ kind }) => kind)).toEqual(["flexion-cluster"]);
  });

  it("is a function of the events: shifted in time, or with other kinds between, the same", () => {
    const onsets = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(onsets, fc.integer({ min: 0, max: 20_000 }), (at, shift) => {
        const sorted = at.map((onset) => Math.round(onset)).sort((a, b) => a - b);
        const here = clusters(every("jerk", sorted, 0.5));
        const there = clusters(
          every(
            "jerk",
            sorted.map((onset) => onset + shift),
            0.5,
          ),
        );
        expect(there.map(({ onset }) => onset - shift)).toEqual(here.map(({ onset }) => onset));
        const mixed = [...every("jerk", sorted, 0.5), ...every("kicking", [50, 150], 5)];
        mixed.sort((a, b) => a.onset - b.onset);
        expect(clusters(mixed).map(({ members }) => members)).toEqual(here.map(({ members }) => members));
      }),
    );
  });

  it("finds none in none", () => expect(clusters([])).toEqual([]));
});

describe("describeContext", () => {
  const contextOf = (events: readonly MovementEvent[]) =>
    describeContext(events, EVENT_DEFAULTS).find(({ kind }) => kind === "tremor-like");

  it("leaves what the minute around looked like to the epochs", () => {
    expect(contextOf([event("kicking", 70, 28), event("tremor-like", 100, 5)])).toMatchObject({
      around: null,
    });
  });

  it("sees a movement just before as what may have set it off, but nothing after it and no lamp", () => {
    const tremor = event("tremor-like", 100, 5);
    expect(contextOf([event("jerk", 98, 0.5), tremor])!.provokedBy).toBe("movement");
    expect(contextOf([event("jerk", 90, 0.5), tremor])!.provokedBy).toBeNull();
    expect(contextOf([tremor, event("jerk", 106, 0.5)])!.provokedBy).toBeNull();
    expect(contextOf([event("light-change", 99, 0.5), tremor])!.provokedBy).toBeNull();
  });
});
