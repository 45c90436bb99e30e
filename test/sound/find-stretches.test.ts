import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findStretches } from "../../src/sound/find-stretches.ts";
import { Listener } from "../../src/sound/listener.ts";
import { FRAME_SECONDS, SAMPLE_RATE, type SoundFrames } from "../../src/sound/sound.ts";
import { SOUND_DEFAULTS } from "../../src/sound/sound-options.ts";
import { breathing, cry, noise, samplesOf, voice } from "./made-sound.ts";

function hearAll(samples: Int16Array, time = 0): SoundFrames {
  const first = Math.round(time / FRAME_SECONDS);
  const listener = new Listener(first, first + Math.ceil(samples.length / SAMPLE_RATE / FRAME_SECONDS));
  listener.add(time, samples);
  return listener.finish();
}

/** A quiet room of 20 s in which something is heard from 8 to 13 s. */
function room(sound: (time: number) => number): Int16Array {
  const hiss = noise(0.002);
  return samplesOf(20, (time) => hiss() + (time >= 8 && time < 13 ? sound(time - 8) : 0));
}

const stretchesOf = (samples: Int16Array, options = SOUND_DEFAULTS) =>
  findStretches(hearAll(samples), options).stretches;
const kindsOf = (sound: (time: number) => number) => stretchesOf(room(sound)).map(({ kind }) => kind);
const CRIED = room(cry());

describe("Listener", () => {
  it("hears the same however the sound is cut into pieces", () => {
    const samples = CRIED.subarray(7 * SAMPLE_RATE, 10 * SAMPLE_RATE);
    const whole = hearAll(samples);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 }), (lengths) => {
        const listener = new Listener(0, 30);
        for (let at = 0, k = 0; at < samples.length; k++) {
          const piece = samples.subarray(at, at + lengths[k % lengths.length]!);
          listener.add(at / SAMPLE_RATE, piece);
          at += piece.length;
        }
        expect(listener.finish()).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("hears two parts as the whole", () => {
    const whole = hearAll(CRIED);
    const [one, two] = [new Listener(0, 93), new Listener(93, 200)];
    for (const part of [one, two]) part.add(0, CRIED);
    const [first, second] = [one.finish(), two.finish()];
    expect([...first.level, ...second.level]).toEqual([...whole.level]);
    expect([...first.pitchHz, ...second.pitchHz]).toEqual([...whole.pitchHz]);
  });

  it("has nothing where nothing was recorded, nor where most of a frame is missing", () => {
    const listener = new Listener(0, 30);
    listener.add(0, samplesOf(1.03, noise(0.1)));
    listener.add(2, samplesOf(1, noise(0.1)));
    const { level } = listener.finish();
    const known = [...level].map((value) => (Number.isNaN(value) ? "-" : "x")).join("");
    expect(known).toBe(`${"x".repeat(10)}${"-".repeat(10)}${"x".repeat(10)}`);
  });

  it("leaves out sound whose time goes back, and sound outside its part", () => {
    const listener = new Listener(10, 20);
    const samples = samplesOf(1, noise(0.1));
    listener.add(0, samples);
    listener.add(1, samples);
    listener.add(
      0.5,
      samplesOf(1, () => 0.9),
    );
    listener.add(5, samples);
    expect([...listener.finish().level].every((value) => value < -15 && value > -30)).toBe(true);
  });
});

describe("findStretches", () => {
  it("hears a made cry as cry-like, with its beginning, its end and its pitch", () => {
    const found = stretchesOf(CRIED);
    const cries = found.filter(({ kind }) => kind === "cry-like");
    expect(cries).toHaveLength(1);
    expect(cries[0]!.onset).toBeCloseTo(8, 0);
    expect(cries[0]!.onset + cries[0]!.duration).toBeCloseTo(12.8, 0);
    expect(cries[0]!.pitchHz).toBeGreaterThan(380);
    expect(cries[0]!.pitchHz).toBeLessThan(480);
    expect(found.some(({ kind }) => kind === "loud")).toBe(true);
  });

  it("moves with time", () => {
    const shifted = findStretches(hearAll(CRIED, 3600), SOUND_DEFAULTS).stretches;
    const here = stretchesOf(CRIED);
    expect(shifted.map(({ kind }) => kind)).toEqual(here.map(({ kind }) => kind));
    for (const [i, one] of shifted.entries()) expect(one.onset).toBeCloseTo(here[i]!.onset + 3600, 6);
  });

  it("hears the same at another volume, as long as the room's is above the quietest", () => {
    const softer = CRIED.map((value) => Math.round(value / 3));
    const words = (samples: Int16Array) =>
      stretchesOf(samples).map(({ kind, onset, duration }) => [kind, onset.toFixed(1), duration.toFixed(1)]);
    expect(words(softer)).toEqual(words(CRIED));
  });

  it("takes neither hiss nor a grown-up's voice nor a whistle nor a hum for a cry", () => {
    const speech = (hz: number) => {
      const sung = voice((time) => hz * (1 + 0.1 * Math.sin(3 * time)), 12);
      return (time: number) => sung(time) * breathing(time, 0.9, 0.4);
    };
    for (const [name, sound] of Object.entries({
      hiss: noise(0.1, 7),
      "deep voice": speech(120),
      "high voice": speech(220),
      whistle: voice((time) => 1500 + 100 * Math.sin(time), 1),
      "bare tone": voice(() => 440, 1),
    })) {
      expect(kindsOf(sound), name).not.toContain("cry-like");
    }
  });

  it("hears a bang as loud, once, and a quiet room as nothing", () => {
    const bang = noise(0.3, 3);
    expect(kindsOf((time) => (time < 0.2 ? bang() : 0))).toEqual(["loud"]);
    expect(kindsOf(() => 0)).toEqual([]);
  });

  it("lets a fan that stays on become the background", () => {
    const options = { ...SOUND_DEFAULTS, backgroundSeconds: 10 };
    const [hiss, fan] = [noise(0.002), noise(0.1, 5)];
    const samples = samplesOf(60, (time) => hiss() + (time > 20 ? fan() : 0));
    const [loud, ...rest] = stretchesOf(samples, options);
    expect(rest).toEqual([]);
    expect(loud!.onset).toBeCloseTo(20, 0);
    expect(loud!.duration).toBeLessThan(6);
  });

  it("finds nothing in silence and in nothing", () => {
    expect(stretchesOf(new Int16Array(5 * SAMPLE_RATE))).toEqual([]);
    expect(stretchesOf(new Int16Array(0))).toEqual([]);
    expect(findStretches(new Listener(0, 50).finish(), SOUND_DEFAULTS).stretches).toEqual([]);
  });
});
