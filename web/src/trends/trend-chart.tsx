import type { EventKind } from "../../../src/events/movement-event.ts";
import { KIND_WORDS } from "../../../src/report/wording.ts";
import { poissonRange } from "../../../src/signal/exact-range.ts";
import type { DiaryEntry } from "../api/types.ts";
import { DIARY_WORDS } from "./diary.tsx";

/** A night as far as comparing needs it. */
export interface ComparedNight {
  readonly id: string;
  readonly title: string;
  readonly at: string;
  readonly counts: ReadonlyMap<EventKind, number>;
  /** That could be judged. */
  readonly hours: number;
  readonly highestHz: number;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [960, 300, 56, 20, 16, 62];

interface Props {
  readonly nights: readonly ComparedNight[];
  readonly kind: EventKind;
  readonly diary: readonly DiaryEntry[];
}

/** One point a night with its range of 95 %, and the diary's marks below. */
export function TrendChart({ nights, kind, diary }: Props) {
  const days = [...nights.map(({ at }) => dayOf(at)), ...diary.map(({ at }) => dayOf(at))];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const x = (at: string) =>
    last === first
      ? (WIDTH + LEFT - RIGHT) / 2
      : LEFT + 20 + ((dayOf(at) - first) / (last - first)) * (WIDTH - LEFT - RIGHT - 40);
  const points = nights.map((night) => {
    const count = night.counts.get(kind) ?? 0;
    const { from, to } = poissonRange(count);
    return { night, rate: count / night.hours, from: from / night.hours, to: to / night.hours };
  });
  const most = Math.max(1, ...points.map(({ to }) => to));
  const y = (rate: number) => HEIGHT - BOTTOM - (rate / most) * (HEIGHT - TOP - BOTTOM);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * most);
  const name = KIND_WORDS[kind].name;
  return (
    <div className="card">
      <svg
        className="trend"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${name} per hour that could be judged, ${nights.length} nights; the table below says the same`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {tick.toFixed(most < 10 ? 1 : 0)}
            </text>
          </g>
        ))}
        <path
          className="trend-line"
          d={points.map(({ night, rate }, i) => `${i === 0 ? "M" : "L"}${x(night.at)} ${y(rate)}`).join("")}
        />
        {points.map(({ night, rate, from, to }) => (
          <g key={night.id} className="trend-point">
            <title>{`${night.title}: ${rate.toFixed(1)} per hour (${from.toFixed(1)} to ${to.toFixed(1)})`}</title>
            <line x1={x(night.at)} x2={x(night.at)} y1={y(from)} y2={y(to)} />
            <circle cx={x(night.at)} cy={y(rate)} r="5" />
            <text x={x(night.at)} y={HEIGHT - BOTTOM + 18} textAnchor="middle">
              {night.at.slice(5, 10)}
            </text>
          </g>
        ))}
        {diary.map((entry) => (
          <g key={entry.id} className="trend-mark">
            <title>{`${DIARY_WORDS[entry.kind]}: ${entry.text}`}</title>
            <line x1={x(entry.at)} x2={x(entry.at)} y1={TOP} y2={HEIGHT - BOTTOM + 26} />
            <text x={x(entry.at)} y={HEIGHT - BOTTOM + 40} textAnchor="middle">
              {DIARY_WORDS[entry.kind]}
            </text>
          </g>
        ))}
      </svg>
      <p className="quiet trend-note">
        Lines: range of 95 % of a count this size by chance alone, wide where little was seen. Movements come
        in bouts, so the true range is wider still.
      </p>
    </div>
  );
}

export function dayOf(at: string): number {
  return Date.parse(`${at.slice(0, 10)}T12:00:00Z`) / 86_400_000;
}
