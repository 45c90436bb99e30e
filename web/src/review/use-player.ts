import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type ReplayNeeds, replaySpeedAt } from "../../../src/agreement/reviewed-minutes.ts";
import type { NightReport } from "../../../src/report/night-report.ts";
import { send } from "../api/http.ts";

export interface Player {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Where the film is, seconds of the recording: the time of the very frame that is shown. */
  readonly now: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly isAdaptive: boolean;
  readonly loop: { readonly from: number; readonly to: number } | undefined;
  readonly file: number;
  readonly seek: (time: number) => void;
  readonly step: (frames: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly setAdaptive: (isAdaptive: boolean) => void;
  readonly setLoop: (loop: { readonly from: number; readonly to: number } | undefined) => void;
}

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] as const;
/** Into a frame's time, so that rounding shows this frame and not the one before, seconds. */
const INTO = 0.0005;
const SAVE_MS = 5000;

/**
 * The film of a night of one file or several, by the recording's own time. Frames are told by their timestamps
 * (requestVideoFrameCallback), never by counting.
 *
 * @param watchedPath where stretches that were watched are kept.
 */
export function usePlayer(
  report: NightReport,
  needs: ReplayNeeds,
  watchedPath: string,
  onWatched: () => void,
): Player {
  const video = useRef<HTMLVideoElement>(null);
  const { files } = report.recording;
  const [file, setFile] = useState(0);
  const [now, setNow] = useState(0);
  const [isPlaying, setIsPlaying] = useState(false);
  const [speed, setSpeedState] = useState(1);
  const [isAdaptive, setAdaptive] = useState(false);
  const [loop, setLoop] = useState<Player["loop"]>();
  const wanted = useRef<number>(undefined);
  const latest = useRef({ needs, isAdaptive, loop, speed });
  latest.current = { needs, isAdaptive, loop, speed };
  const onset = files[file]?.onset ?? 0;

  const seek = useCallback(
    (time: number) => {
      const at = Math.max(0, Math.min(time, report.recording.duration - 0.001));
      const index = Math.max(
        0,
        files.findLastIndex((one) => one.onset <= at + 1e-6),
      );
      setNow(at);
      if (index !== file) {
        wanted.current = at;
        setFile(index);
      } else if (video.current) video.current.currentTime = at - onset + INTO;
    },
    [file, files, onset, report.recording.duration],
  );

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    let watching = true;
    let handle = 0;
    const onFrame = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      if (!watching) return;
      const time = onset + mediaTime;
      setNow(time);
      const { loop: again, isAdaptive: adapts, needs: what } = latest.current;
      if (again && time >= again.to) element.currentTime = again.from - onset + INTO;
      if (adapts) {
        const rate = replaySpeedAt(what, time);
        if (element.playbackRate !== rate) element.playbackRate = rate;
      }
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    const onReady = () => {
      if (wanted.current !== undefined) element.currentTime = wanted.current - onset + INTO;
      wanted.current = undefined;
      element.playbackRate = latest.current.speed;
    };
    const onEnd = () => {
      if (file + 1 < files.length) {
        wanted.current = files[file + 1]!.onset;
        setFile(file + 1);
      }
    };
    const onPlay = () => setIsPlaying(true);
    const onPause = () => setIsPlaying(false);
    const listeners = { loadedmetadata: onReady, ended: onEnd, play: onPlay, pause: onPause };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener);
    return () => {
      watching = false;
      element.cancelVideoFrameCallback(handle);
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
    };
  }, [file, files, onset]);

  useWatchedLedger(video, onset, isPlaying, watchedPath, onWatched);

  const setSpeed = (next: number) => {
    setAdaptive(false);
    setSpeedState(next);
    if (video.current) video.current.playbackRate = next;
  };
  const interval = report.clock.interval ?? 1 / Math.max(1, report.recording.frameRate);
  return {
    ...{ video, now, isPlaying, speed, isAdaptive, loop, file, seek, setSpeed, setAdaptive, setLoop },
    step: (frames) => {
      video.current?.pause();
      seek(now + frames * interval + (frames > 0 ? INTO : INTO - interval * 0.02));
    },
    toggle: () => {
      const element = video.current;
      if (element?.paused) void element.play().catch(() => {});
      else element?.pause();
    },
  };
}

/** Keeps which stretches were watched and how fast, while the film runs. */
function useWatchedLedger(
  video: RefObject<HTMLVideoElement | null>,
  onset: number,
  isPlaying: boolean,
  path: string,
  onWatched: () => void,
): void {
  const told = useRef(onWatched);
  told.current = onWatched;
  useEffect(() => {
    if (!isPlaying) return;
    const element = video.current!;
    let begun = { at: element.currentTime, speed: element.playbackRate };
    let last = element.currentTime;
    const keep = () => {
      const duration = last - begun.at;
      if (duration > 0.2) {
        const stretches = [{ onset: onset + begun.at, duration, speed: begun.speed }];
        void send("POST", path, { stretches })
          .then(() => told.current())
          .catch(() => {});
      }
      begun = { at: element.currentTime, speed: element.playbackRate };
      last = element.currentTime;
    };
    const onTime = () => {
      // A jump was not watched.
      const isJump =
        element.currentTime < last || element.currentTime - last > 0.6 * element.playbackRate + 0.3;
      if (isJump || element.playbackRate !== begun.speed) keep();
      else last = element.currentTime;
    };
    element.addEventListener("timeupdate", onTime);
    const timer = setInterval(keep, SAVE_MS);
    return () => {
      element.removeEventListener("timeupdate", onTime);
      clearInterval(timer);
      last = Math.max(last, begun.at);
      keep();
    };
  }, [video, onset, isPlaying, path]);
}
