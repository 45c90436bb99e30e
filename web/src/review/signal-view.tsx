import type { LegSpectrum, LegTraces } from "../../../src/night/recall-night.ts";
import { useAsked } from "../api/use-asked.ts";

interface Stretch {
  readonly onset: number;
  readonly duration: number;
}

const WIDTH = 360;
const HEIGHT = 84;
const AROUND = 1;
const LONGEST = 120;

/** Traces of both legs around an event, and the spectrum of their movement. */
export function SignalView({ night, event }: { readonly night: string; readonly event: Stretch }) {
  const shown = Math.min(event.duration, LONGEST);
  const [onset, duration] = [event.onset - AROUND, shown + 2 * AROUND];
  const query = (from: number, length: number) => `onset=${from.toFixed(3)}&duration=${length.toFixed(3)}`;
  const { value: traces, error } = useAsked<LegTraces>(`/nights/${night}/traces?${query(onset, duration)}`);
  const { value: spectrum } = useAsked<LegSpectrum>(`/nights/${night}/spectrum?${query(event.onset, shown)}`);
  const most = Math.max(0.05, ...numbers(traces?.left), ...numbers(traces?.right));
  const power = Math.max(1e-12, ...(spectrum?.left ?? []), ...(spectrum?.right ?? []));
  const hz = spectrum?.frequencyHz ?? [];
  const peak = peakOf(spectrum);
  return (
    <div className="signals">
      <figure>
        <figcaption>Speed of the legs, up to {most.toFixed(2)} trunk lengths/s</figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Speed of both legs around the event">
          <rect
            className="mark"
            x={(AROUND / duration) * WIDTH}
            width={(shown / duration) * WIDTH}
            y="0"
            height={HEIGHT}
          />
          {traces && (
            <>
              <path className="left" d={line(traces.time, traces.left, onset, duration, most)} />
              <path className="right" d={line(traces.time, traces.right, onset, duration, most)} />
            </>
          )}
        </svg>
      </figure>
      <figure>
        <figcaption>
          Spectrum, 0–{Math.round(hz.at(-1) ?? 0)} Hz
          {peak !== undefined && `; highest at ${peak.toFixed(1)} Hz`}
        </figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Spectrum of the movement of both legs">
          {spectrum && hz.length > 0 && (
            <>
              <path className="left" d={line(hz, spectrum.left, 0, hz.at(-1)!, power)} />
              <path className="right" d={line(hz, spectrum.right, 0, hz.at(-1)!, power)} />
            </>
          )}
        </svg>
      </figure>
      {error !== undefined && <p className="quiet">The measurements cannot be read: {error}</p>}
      <p className="quiet legend">
        <span className="left">—</span> left <span className="right">—</span> right
      </p>
    </div>
  );
}

function numbers(values: readonly (number | null)[] | undefined): number[] {
  return (values ?? []).filter((value) => value !== null);
}

function peakOf(spectrum: LegSpectrum | undefined): number | undefined {
  if (!spectrum) return undefined;
  const sum = spectrum.frequencyHz.map((_, i) => (spectrum.left[i] ?? 0) + (spectrum.right[i] ?? 0));
  const most = Math.max(...sum);
  return most > 0 ? spectrum.frequencyHz[sum.indexOf(most)] : undefined;
}

/** A line through what was measured, broken where nothing was. */
function line(
  at: readonly number[],
  values: readonly (number | null)[],
  from: number,
  length: number,
  most: number,
): string {
  let path = "";
  let isDown = false;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = (((at[i] ?? 0) - from) / length) * WIDTH;
    const y = HEIGHT - 2 - (value / most) * (HEIGHT - 6);
    path += `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  }
  return path;
}
