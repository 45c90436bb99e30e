import type { NightReport } from "../../night-report.ts";
import { describeDuration, showCount } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { clockAt } from "../recording-words.ts";

/** A measured rate that differs from the stated one by less than this share is as stated. */
const AS_STATED = 0.005;
const WIDTH = 360;
const HEIGHT = 48;

/** The camera's clock: how many frames it gave, how evenly, and where it paused. Part of the last section. */
export function clockPart({ clock, recording }: NightReport): string {
  const { frameRate, interval, shortestInterval, longestInterval } = clock;
  const range = (value: number | null) => (value === null ? "?" : `${show(value * 1000)}`);
  const entries: [string, string][] = [
    ["Frames a second", `${frameRate === null ? "not known" : show(frameRate)}${describeStated(clock)}`],
    [
      "Between two frames",
      interval === null
        ? "a single picture"
        : `usually ${range(interval)} ms, from ${range(shortestInterval)} to ${range(longestInterval)} ms`,
    ],
    ["Frames missing", `${showCount(clock.droppedFrames)} that a steady camera would have given`],
    ["Frames of the same time", showCount(clock.duplicateFrames)],
    ["Pauses", describeGaps(clock)],
    ...recording.clockChanges.map(
      ({ onset, shift }) =>
        [
          "Clocks changed",
          `to ${clockAt(recording, onset)}, ${describeDuration(Math.abs(shift))} ${shift > 0 ? "forward" : "back"}`,
        ] as [string, string],
    ),
  ];
  return `<h3>The camera’s clock</h3>
<dl class="meta">${entries.map(([name, value]) => `<dt>${name}</dt><dd>${esc(value)}</dd>`).join("")}</dl>
${clock.stretches.length > 1 ? `${rateCurve(clock)}${rateTable(clock, recording)}` : ""}`;
}

function describeStated({ frameRate, statedFrameRate }: NightReport["clock"]): string {
  if (statedFrameRate === null || frameRate === null) return "";
  const off = frameRate / statedFrameRate - 1;
  if (Math.abs(off) < AS_STATED) return `, as the file states (${show(statedFrameRate)})`;
  return `; the file states ${show(statedFrameRate)}, off by ${show(Math.abs(100 * off))} %`;
}

function describeGaps({ gaps }: NightReport["clock"]): string {
  if (gaps.length === 0) return "none";
  const sum = gaps.reduce((total, { duration }) => total + duration, 0);
  return `${showCount(gaps.length)}, together ${describeDuration(sum)}`;
}

/** Frame rate over the recording, ten minutes a step. */
function rateCurve({ stretches }: NightReport["clock"]): string {
  const most = Math.max(1, ...stretches.map(({ frameRate }) => frameRate ?? 0));
  const step = WIDTH / stretches.length;
  const bars = stretches.map(({ frameRate }, i) => {
    const height = ((frameRate ?? 0) / most) * (HEIGHT - 2);
    return `<rect x="${(i * step).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${Math.max(0.5, step - 0.5).toFixed(1)}" height="${height.toFixed(1)}" fill="var(--accent)"/>`;
  });
  return `<p class="note">Frames a second over the recording, by ten minutes; the highest is ${show(most)}.</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Frames a second over the recording">${bars.join("")}</svg>`;
}

function rateTable({ stretches }: NightReport["clock"], recording: NightReport["recording"]): string {
  const rows = stretches.map(({ onset, frames, frameRate, unevenShare }) => {
    const cells = [
      clockAt(recording, onset),
      showCount(frames),
      frameRate === null ? "nothing filmed" : show(frameRate),
      `${show(100 * unevenShare)} %`,
    ];
    return `<tr>${cells.map((text) => `<td>${esc(text)}</td>`).join("")}</tr>`;
  });
  const head = ["From", "Frames", "Frames a second", "Uneven intervals"];
  return `<details class="fold"><summary>Frame rate by ten minutes</summary><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></details>`;
}

function show(value: number): string {
  return String(Number(value.toPrecision(value >= 100 ? 4 : 3)));
}
