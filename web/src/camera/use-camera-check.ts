import { type RefObject, useEffect, useState } from "react";
import { type AdvisedBy, adviseCamera } from "../../../src/resolvability/coach-advice.ts";
import { BodyMeter } from "./measure-body.ts";
import { PictureMeter } from "./measure-picture.ts";
import { openPoseCheck, type SeenBody } from "./pose-check.ts";

export interface CameraState {
  readonly check: AdvisedBy | undefined;
  readonly advice: readonly string[];
  readonly body: SeenBody | undefined;
  readonly foundShare: number;
  readonly error: string | undefined;
}

const NOTHING: CameraState = {
  check: undefined,
  advice: [],
  body: undefined,
  foundShare: 0,
  error: undefined,
};
const POSE_EVERY_MS = 250;
const TELL_EVERY_MS = 500;
/** Seconds before anything is said: a camera takes a moment to find its exposure. */
const FIRST_WORD = 2;
/** Share of the frame rate that can be shown. */
const BAND_SHARE = 0.4;

/** Looks at a film as it runs, in this page alone, and says what to change about its camera. */
export function useCameraCheck(video: RefObject<HTMLVideoElement | null>, source: unknown): CameraState {
  const [state, setState] = useState<CameraState>(NOTHING);
  useEffect(() => {
    const element = video.current;
    setState(NOTHING);
    if (!element || source === undefined) return;
    let isOn = true;
    let handle = 0;
    let pose: Awaited<ReturnType<typeof openPoseCheck>> | undefined;
    const pictures = new PictureMeter();
    const bodies = new BodyMeter();
    let [posed, told] = [0, 0];
    let body: SeenBody | undefined;
    const onFrame = (now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      if (!isOn) return;
      pictures.add(element, mediaTime);
      if (pose && now - posed > POSE_EVERY_MS) {
        posed = now;
        body = pose.look(element, now);
        bodies.add(body, element.videoWidth, element.videoHeight);
      }
      if (now - told > TELL_EVERY_MS) {
        told = now;
        setState(describe(pictures, bodies, body, pose !== undefined));
      }
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    openPoseCheck().then(
      (opened) => {
        if (isOn) pose = opened;
        else opened.close();
      },
      (error: unknown) =>
        setState((now) => ({ ...now, error: `The pose model could not be opened. ${String(error)}` })),
    );
    return () => {
      isOn = false;
      element.cancelVideoFrameCallback(handle);
      pose?.close();
    };
  }, [video, source]);
  return state;
}

function describe(
  pictures: PictureMeter,
  bodies: BodyMeter,
  body: SeenBody | undefined,
  hasPose: boolean,
): CameraState {
  const measured = pictures.read();
  const { foundShare, ...sizes } = bodies.read();
  const check: AdvisedBy = {
    ...{ ...measured, ...sizes, statedFrameRate: Number.NaN },
    // Said of a whole clip; this one is still running.
    seconds: Number.POSITIVE_INFINITY,
    floor: { highestHz: BAND_SHARE * measured.newPictureRate },
  };
  const isReady = hasPose && measured.seconds > FIRST_WORD;
  return { check, body, foundShare, error: undefined, advice: isReady ? adviseCamera(check) : [] };
}
