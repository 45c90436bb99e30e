import { endOf } from "../../../signal/intervals.ts";
import type { NightReport } from "../../night-report.ts";
import { coordinate } from "../markup.ts";

const WIDTH = 1000;
const HEIGHT = 28;

/** Rest and activity through the recording as one band; the page's style gives the colours. */
export function restStrip({ indices, recording }: NightReport): string {
  const x = (time: number) => (WIDTH * time) / Math.max(recording.duration, 1e-9);
  const bands = indices.rest.stretches.map((stretch) => {
    const from = x(stretch.onset);
    // A stretch of half a minute is thinner than a pixel of a night: never less than can be seen.
    const width = Math.max(stretch.state === "resting" ? 0 : 1, x(endOf(stretch)) - from);
    return `<rect class="is-${stretch.state}" x="${coordinate(from)}" width="${coordinate(width)}" height="${HEIGHT}"/>`;
  });
  return `<svg class="strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Rest and activity through the recording">${bands.join("")}</svg>`;
}
