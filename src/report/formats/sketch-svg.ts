import type { Sketch } from "../../survey/sketch.ts";
import { faceMsOf, placeTicks } from "./clock-axis.ts";
import { coordinate as at } from "./markup.ts";
import { PALETTES } from "./svg/palette.ts";

const WIDTH = 960;
const LEFT = 110;
const PLOT = WIDTH - LEFT - 40;
const TOP = 64;
const HEIGHT = 90;
const LIGHT = 18;
/** About as many pictures are looked at before the survey. */
const PICTURES = 48;

/**
 * Draws the sketch of a night that is still being analysed: where it was busy, how bright it was, and what of
 * it is only guessed from the sizes of the packets (pale).
 *
 * @param startedAt clock at the first frame, ISO 8601; null: times are into the recording.
 */
export function renderSketchSvg(sketch: Sketch, startedAt: string | null): string {
  const palette = PALETTES.light;
  const bottom = TOP + HEIGHT;
  const width = (PLOT * sketch.binDuration) / sketch.duration;
  const x = (time: number) => LEFT + (PLOT * time) / sketch.duration;
  const bars = Array.from(sketch.activity, (value, bin) => {
    if (!(value > 0)) return "";
    const height = Math.max(1, value * HEIGHT);
    const opacity = sketch.source[bin] === "survey" ? 1 : 0.35;
    return `<rect x="${at(x(bin * sketch.binDuration))}" y="${at(bottom - height)}" width="${at(Math.max(0.6, width))}" height="${at(height)}" fill="${palette.accent}" fill-opacity="${opacity}"/>`;
  });
  // Until all is looked at, a picture speaks for the time until the next one.
  const reach = Math.max(1, Math.ceil(sketch.brightness.length / PICTURES));
  const light = Array.from(sketch.brightness, (value, bin) => {
    if (Number.isNaN(value)) return "";
    const next = sketch.brightness.subarray(bin + 1, bin + reach).findIndex((other) => !Number.isNaN(other));
    const bins = Math.min(next === -1 ? reach : next + 1, sketch.brightness.length - bin);
    const level = Math.round(value);
    return `<rect x="${at(x(bin * sketch.binDuration))}" y="${bottom + 8}" width="${at(Math.max(1.2, width * bins))}" height="${LIGHT}" fill="rgb(${level},${level},${level})"/>`;
  });
  const ticks = placeTicks(0, sketch.duration, 10, faceMsOf(startedAt)).map(
    ({ time, label }) =>
      `<line x1="${at(x(time))}" x2="${at(x(time))}" y1="${TOP}" y2="${bottom + 32}" stroke="${palette.line}"/><text x="${at(x(time))}" y="${bottom + 48}" text-anchor="middle" fill="${palette.ink}">${label}</text>`,
  );
  const share = Math.floor(100 * sketch.refined);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 64}" width="${WIDTH}" height="${bottom + 64}" role="img" aria-labelledby="kl-sketch" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="kl-sketch">Sketch of the night, still being analysed: ${share} % of it looked at</title>`,
    `<rect width="${WIDTH}" height="${bottom + 64}" fill="${palette.paper}"/>`,
    `<text x="16" y="26" font-size="17" font-weight="600" fill="${palette.ink}">Sketch, still being analysed: ${share} % looked at</text>`,
    `<text x="16" y="46" fill="${palette.ink}">Pale: guessed from the size of the file's pieces. It says where to look, not what happened.</text>`,
    ...ticks,
    `<text x="16" y="${TOP + HEIGHT / 2}" fill="${palette.ink}">Busy</text>`,
    ...bars,
    `<text x="16" y="${bottom + 22}" fill="${palette.ink}">Light</text>`,
    ...light,
    "</svg>",
    "",
  ]
    .filter((line) => line !== "")
    .join("\n");
}
