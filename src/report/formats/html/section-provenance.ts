import { DEFAULT_OPTIONS } from "../../../options.ts";
import type { NightReport } from "../../night-report.ts";
import { describeDuration } from "../../wording.ts";
import { escapeMarkup as esc } from "../markup.ts";
import { clockPart } from "./part-clock.ts";

/** Last section: what made this report, so that it can be made again. */
export function provenanceSection(report: NightReport): string {
  const { provenance, timing, recording } = report;
  const changed = changedOptions(report.options);
  const models = provenance.models.map(
    ({ name, version, sha256 }) => `${esc(name)} ${esc(version)}<br><code>${esc(sha256)}</code>`,
  );
  const entries: [string, string][] = [
    [
      "Kickline",
      `${esc(provenance.kickline)}, classifier ${esc(provenance.classifier)}, report format ${report.schemaVersion}`,
    ],
    ["Input", `<code>${esc(provenance.inputHash)}</code>`],
    ["Pose model", models.join("<br>") || "none"],
    ["Decoder", esc(provenance.decoder)],
    [
      "Start time",
      recording.startedAt === null
        ? "not known"
        : `${esc(recording.startedAt)} (${recording.startedAtSource ?? "source not known"})`,
    ],
    [
      "Picture",
      `${recording.width} × ${recording.height}, ${Number(recording.frameRate.toFixed(2))} frames a second`,
    ],
    ...(recording.timeZone === null ? [] : [["Time zone", esc(recording.timeZone)] as [string, string]]),
    [
      "Options",
      changed.length === 0
        ? "all at their defaults"
        : changed
            .map(
              ({ path, value, usual }) => `<code>${esc(path)}</code> is ${esc(value)}, usually ${esc(usual)}`,
            )
            .join("<br>"),
    ],
    // A study's reports hold no times of their making, so that they are the same byte for byte.
    ...(timing.finishedAt === ""
      ? []
      : [["Finished", `${esc(timing.finishedAt)}, Node ${esc(timing.node)}`] as [string, string]]),
  ];
  return `<section aria-labelledby="provenance-title">
<h2 id="provenance-title">How this report was made</h2>
<dl class="meta">${entries.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>
${clockPart(report)}
${fold(
  "Files",
  ["File", "Length", "Frames", "Hash"],
  recording.files.map((file) => [file.name, describeDuration(file.duration), String(file.frames), file.hash]),
)}
${fold(
  "Time each stage took",
  ["Stage", "Time"],
  Object.entries(timing.stages).map(([stage, seconds]) => [stage, describeDuration(seconds)]),
)}
${fold(
  "All options",
  ["Option", "Value"],
  flatten(report.options).map(([path, value]) => [path, value]),
)}
</section>`;
}

function fold(title: string, names: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const head = names.map((name) => `<th scope="col">${name}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${esc(text)}</td>`).join("")}</tr>`).join("");
  return `<details class="fold"><summary>${title}</summary><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></details>`;
}

/** Options that differ from the defaults of the version that renders the report. */
function changedOptions(options: NightReport["options"]): { path: string; value: string; usual: string }[] {
  const defaults = new Map(flatten(DEFAULT_OPTIONS));
  return flatten(options).flatMap(([path, value]) => {
    const usual = defaults.get(path) ?? "not set";
    return usual === value ? [] : [{ path, value, usual }];
  });
}

function flatten(value: unknown, path = ""): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path === "" ? key : `${path}.${key}`),
  );
}
