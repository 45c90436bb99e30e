import { type DragEvent, useEffect, useRef, useState } from "react";
import { Trouble } from "../shell/trouble.tsx";
import { LINES } from "./measure-body.ts";
import type { SeenBody } from "./pose-check.ts";
import { type CameraState, useCameraCheck } from "./use-camera-check.ts";

/** Looks at a camera, live or by a clip, before a night is filmed with it. Nothing leaves the page. */
export function CameraPage() {
  const video = useRef<HTMLVideoElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState<MediaStream | string>();
  const [error, setError] = useState<string>();
  const state = useCameraCheck(video, source);
  useEffect(() => {
    const element = video.current;
    if (!element || source === undefined) return;
    if (typeof source === "string") {
      element.srcObject = null;
      element.src = source;
    } else element.srcObject = source;
    element.play().catch((cause: Error) => setError(`It cannot be played here. ${cause.message}`));
    return () => {
      if (typeof source === "string") URL.revokeObjectURL(source);
      else for (const track of source.getTracks()) track.stop();
    };
  }, [source]);
  const openCamera = async () => {
    try {
      setError(undefined);
      setSource(
        await navigator.mediaDevices.getUserMedia({ video: { frameRate: { ideal: 30 } }, audio: false }),
      );
    } catch (cause) {
      setError(`The camera could not be opened. ${(cause as Error).message}`);
    }
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    setError(undefined);
    setSource(URL.createObjectURL(file));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      className="camera"
      aria-label="Camera check"
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <h1>Before you film</h1>
      <p className="lead">
        Hold a camera where it will hang, or drop a minute of its video here. The page looks at it and says
        what to change. Nothing is sent or kept: it is all done inside this page.
      </p>
      <div className="row actions">
        <button type="button" className="main" onClick={openCamera}>
          Use this device's camera
        </button>
        <input
          ref={input}
          type="file"
          accept="video/*"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="Clip"
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <button type="button" onClick={() => input.current?.click()}>
          Choose a clip…
        </button>
      </div>
      <Trouble text={error ?? state.error} />
      <div className="screen" hidden={source === undefined}>
        <video ref={video} muted playsInline loop aria-label="Picture of the camera" />
        <BodyLines body={state.body} />
      </div>
      {source !== undefined && <Advice state={state} />}
    </section>
  );
}

function Advice({ state: { check, advice, foundShare } }: { readonly state: CameraState }) {
  const show = (value: number | undefined, unit: string, digits = 0) =>
    value === undefined || !Number.isFinite(value) ? "not known yet" : `${value.toFixed(digits)} ${unit}`;
  return (
    <>
      <dl className="facts">
        {(
          [
            ["Pictures a second", show(check?.frameRate, "")],
            ["Fastest rhythm it can show", show(check?.floor.highestHz, "a second", 1)],
            ["Length of a leg", show(check?.legPx, "px")],
            ["Body found", `${Math.round(100 * foundShare)} % of looks`],
            ["Brightness", show(check?.brightness, "of 255")],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>What to change</h2>
      <div role="status">
        {advice.length > 0 ? (
          <ul>
            {advice.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        ) : (
          <p>Nothing so far. Let it run for a moment with the child, or a doll, in the cot.</p>
        )}
      </div>
      <p className="quiet">
        This page's model was trained on adults and finds infants less well in dark gray pictures than the
        analysis does. <kbd>kickline coach CLIP</kbd> looks with the analysis itself.
      </p>
    </>
  );
}

function BodyLines({ body }: { readonly body: SeenBody | undefined }) {
  return (
    <svg className="overlay" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {body &&
        LINES.map(([a, b]) => (
          <line
            key={`${a} ${b}`}
            x1={body.points[a]!.x}
            y1={body.points[a]!.y}
            x2={body.points[b]!.x}
            y2={body.points[b]!.y}
          />
        ))}
    </svg>
  );
}
