import { describe, expect, it } from "vitest";
import type { Recording } from "../../src/recording/recording.ts";
import { renderSketchSvg } from "../../src/report/formats/sketch-svg.ts";
import { Sketcher } from "../../src/survey/sketch.ts";
import { Surveyor } from "../../src/survey/surveyor.ts";
import { film, HEIGHT, WIDTH } from "./synthetic-frames.ts";

/** A recording of one frame a second, of which only the packet table matters. */
function recordingOf(seconds: number, bytes: (second: number) => number, key = 10): Recording {
  const time = Float64Array.from({ length: seconds }, (_, i) => i);
  const frames = {
    time,
    key: Uint8Array.from(time, (_, i) => (i % key === 0 ? 1 : 0)),
    bytes: Uint32Array.from(time, (second) => (second % key === 0 ? 90_000 : bytes(second))),
  };
  return { files: [{ onset: 0, duration: seconds, frames }], duration: seconds } as unknown as Recording;
}

describe("the sketch of a night", () => {
  it("guesses from the packets where it was busy, whatever key frames weigh", () => {
    const sketch = new Sketcher(
      recordingOf(3600, (s) => (s >= 1000 && s < 1100 ? 4000 : 1000 + (s % 7))),
    ).read();
    const at = (second: number) => sketch.activity[Math.floor(second / sketch.binDuration)]!;
    expect(at(1050)).toBeGreaterThan(0.9);
    expect(Math.max(at(500), at(1500), at(3000))).toBeLessThan(0.05);
    expect(new Set(sketch.source)).toEqual(new Set(["packets"]));
    expect(sketch.refined).toBe(0);
  });

  it("knows nothing of a gap, and says so", () => {
    const recording = recordingOf(3600, () => 1000);
    const late = { ...recording.files[0]!, onset: 3600 };
    const sketch = new Sketcher({ ...recording, files: [late], duration: 7200 } as Recording).read();
    expect(sketch.source[0]).toBe("nothing");
    expect(sketch.activity[0]).toBeNaN();
    expect(sketch.source.at(-1)).toBe("packets");
  });

  it("believes the pictures rather than the packets", () => {
    const sketcher = new Sketcher(recordingOf(60, (s) => (s < 30 ? 9000 : 1000)));
    const surveyor = new Surveyor(WIDTH, HEIGHT, 0.5);
    const frames = film({
      frames: 300,
      rate: 10,
      noise: 1,
      body: (t) => (t > 20 ? 5 + 20 * Math.sin(9 * t) ** 2 : 5),
    });
    for (const { frame, isKey } of frames) surveyor.add(frame, isKey);
    sketcher.addPart(surveyor.finish());
    const sketch = sketcher.read();
    const at = (second: number) => Math.floor(second / sketch.binDuration);
    expect(sketch.source[at(5)]).toBe("survey");
    expect(sketch.activity[at(7)]!).toBeLessThan(0.05);
    expect(sketch.activity[at(27)]!).toBeGreaterThan(0.1);
    expect(sketch.source[at(45)]).toBe("packets");
    expect(sketch.refined).toBeCloseTo(0.5, 1);
  });

  it("is drawn as a picture that says how far it is", () => {
    const sketcher = new Sketcher(recordingOf(3600, () => 1000));
    sketcher.addPicture(1800, 77);
    const svg = renderSketchSvg(sketcher.read(), "2026-11-22T21:30:00+01:00");
    expect(svg).toContain("0 % looked at");
    expect(svg).toContain("rgb(77,77,77)");
    expect(svg).toContain("22:00");
  });
});
