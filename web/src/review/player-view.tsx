import { useEffect, useMemo, useRef, useState } from "react";
import type { SeenPoses } from "../../../src/night/recall-night.ts";
import { skeletonOf } from "../../../src/night/skeleton-lines.ts";
import { formatMoment } from "../../../src/time.ts";
import { useAsked } from "../api/use-asked.ts";
import { FlowArrows } from "./flow-arrows.tsx";
import { type Player, SPEEDS } from "./use-player.ts";

/** Poses are asked for in pieces of this length, seconds. */
const PIECE = 60;
const COLOURS = { "left leg": "#ffb000", "right leg": "#64b5ff", rest: "#ebebeb" } as const;
/** Seconds of an ankle's way that are drawn behind it. */
const TRAIL = 1;

interface Props {
  readonly night: string;
  readonly player: Player;
  readonly startedAt: string | undefined;
  readonly size: { readonly width: number; readonly height: number };
}

/** The film with the skeleton over it, and what drives it. */
export function PlayerView({ night, player, startedAt, size }: Props) {
  const [hasSkeleton, setHasSkeleton] = useState(true);
  const [hasFlow, setHasFlow] = useState(false);
  const [isAbsent, setIsAbsent] = useState(false);
  const { now, isPlaying, speed, isAdaptive } = player;
  return (
    <section className="player" aria-label="Film">
      <div className="screen">
        <video
          ref={player.video}
          src={`/api/nights/${night}/video/${player.file}`}
          preload="auto"
          muted
          playsInline
          aria-label="Film of the night"
          style={{ aspectRatio: `${size.width} / ${size.height}` }}
          onError={() => setIsAbsent(true)}
          onLoadedData={() => setIsAbsent(false)}
        />
        {isAbsent && <p className="absent">The film cannot be shown yet, or is no longer there.</p>}
        {hasSkeleton && <Skeleton night={night} now={now} />}
        {hasFlow && <FlowArrows night={night} now={now} />}
      </div>
      <div className="row controls">
        <button type="button" className="main" onClick={player.toggle}>
          {isPlaying ? "Pause" : "Play"}
        </button>
        <button type="button" onClick={() => player.step(-1)} aria-label="One frame back">
          ‹
        </button>
        <button type="button" onClick={() => player.step(1)} aria-label="One frame on">
          ›
        </button>
        <label>
          Speed{" "}
          <select value={speed} onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}>
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {one} ×
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-pressed={isAdaptive} onClick={() => player.setAdaptive(!isAdaptive)}>
          Adaptive
        </button>
        <button type="button" aria-pressed={hasSkeleton} onClick={() => setHasSkeleton(!hasSkeleton)}>
          Skeleton
        </button>
        <button type="button" aria-pressed={hasFlow} onClick={() => setHasFlow(!hasFlow)}>
          Flow
        </button>
        <output className="clock" aria-label="Moment shown">
          {formatMoment(startedAt, now)} <span className="quiet">{now.toFixed(3)} s</span>
        </output>
      </div>
    </section>
  );
}

/** The skeleton of the moment shown, with the way the ankles came. */
function Skeleton({ night, now }: { readonly night: string; readonly now: number }) {
  const piece = Math.floor(now / PIECE);
  const { value: poses } = useAsked<SeenPoses>(
    `/nights/${night}/poses?onset=${piece * PIECE}&duration=${PIECE}`,
  );
  const skeletonAt = useMemo(() => (poses ? skeletonOf(poses) : undefined), [poses]);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current!;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [element.clientWidth * ratio, element.clientHeight * ratio];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    const context = element.getContext("2d")!;
    context.clearRect(0, 0, width, height);
    if (!poses || !skeletonAt) return;
    context.lineCap = "round";
    for (const { from, to, part } of skeletonAt(now)) {
      context.strokeStyle = COLOURS[part];
      context.lineWidth = part === "rest" ? 1.5 * ratio : 3 * ratio;
      context.beginPath();
      context.moveTo(from[0] * width, from[1] * height);
      context.lineTo(to[0] * width, to[1] * height);
      context.stroke();
    }
    for (const [ankle, colour] of [
      ["leftAnkle", COLOURS["left leg"]],
      ["rightAnkle", COLOURS["right leg"]],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = ratio;
      context.beginPath();
      for (const [i, time] of poses.time.entries()) {
        const point = poses.points[ankle][i];
        if (time < now - TRAIL || time > now || !point) continue;
        context.lineTo(point[0] * width, point[1] * height);
      }
      context.stroke();
    }
  }, [poses, skeletonAt, now]);
  return <canvas ref={canvas} className="overlay" />;
}
