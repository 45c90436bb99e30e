import { describe, expect, it } from "vitest";
import { type EventKind, NOTHING_MORE, type UnnumberedEvent } from "../../src/events/movement-event.ts";
import { describeHeard } from "../../src/events/sound-context.ts";
import type { SoundKind } from "../../src/sound/sound.ts";

function event(kind: EventKind, onset: number, more: Partial<UnnumberedEvent> = {}): UnnumberedEvent {
  const evidence: UnnumberedEvent["evidence"] = {
    ...{ rule: kind, because: "", measures: [], nearest: undefined, features: { duration: 2 } },
    witnesses: { flow: "", pose: "", agree: null },
  };
  return {
    ...{ ...NOTHING_MORE, onset, duration: 2, kind, limb: "both legs" as const, confidence: 0.8, evidence },
    ...more,
  };
}

const sound = (kind: SoundKind, onset: number, duration: number) => ({
  ...{ kind, onset, duration, above: 30, pitchHz: NaN },
});
const heard = (one: UnnumberedEvent, ...stretches: ReturnType<typeof sound>[]) =>
  describeHeard([one], { stretches, provokedWithin: 2 })[0]!;

describe("describeHeard", () => {
  it("says that a startle came just after a bang, and how long after", () => {
    const startle = heard(event("startle", 10), sound("loud", 9.2, 0.3));
    expect(startle.provokedBy).toBe("sound");
    expect(startle.evidence.features).toEqual({ duration: 2, soundDelay: 0.8, cryShare: 0 });
  });

  it("says nothing of sounds that begin earlier, later, or go on for long", () => {
    for (const onset of [7.9, 10.1, 15]) {
      const { provokedBy, evidence } = heard(event("startle", 10), sound("loud", onset, 4));
      expect([provokedBy, evidence.features["soundDelay"]]).toEqual([null, undefined]);
    }
  });

  it("gives the infant's own crying as no reason, but tells it", () => {
    const kicked = heard(event("jerk", 10), sound("loud", 9, 5), sound("cry-like", 9.3, 1.7));
    expect(kicked.provokedBy).toBeNull();
    expect(kicked.evidence.features).toMatchObject({ cryShare: 0.5 });
  });

  it("lets a movement before a rhythm stay the reason, and changes no kind", () => {
    const bang = sound("loud", 9.5, 0.2);
    expect(heard(event("tremor-like", 10, { provokedBy: "movement" }), bang).provokedBy).toBe("movement");
    expect(heard(event("tremor-like", 10), bang).provokedBy).toBe("sound");
    const kicking = heard(event("kicking", 10), bang);
    expect([kicking.kind, kicking.provokedBy]).toEqual(["kicking", null]);
    expect(kicking.evidence.features["soundDelay"]).toBe(0.5);
  });

  it("leaves the room's own events alone", () => {
    const light = event("light-change", 10, { limb: "none" });
    expect(heard(light, sound("loud", 9.5, 0.2))).toBe(light);
  });
});
