import { type FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";
import wasmLoaderPath from "@mediapipe/tasks-vision/vision_wasm_internal.js?url";
import wasmBinaryPath from "@mediapipe/tasks-vision/vision_wasm_internal.wasm?url";

/** Where the body is in a picture: shares of its width and height, and how sure the model is, by point. */
export interface SeenBody {
  readonly points: readonly { readonly x: number; readonly y: number; readonly visibility: number }[];
}

export interface PoseCheck {
  look(video: HTMLVideoElement, ms: number): SeenBody | undefined;
  close(): void;
}

/** Opens the pose model. Model and WebAssembly are our own files: nothing is fetched from its maker. */
export async function openPoseCheck(): Promise<PoseCheck> {
  // The package can find its files by itself too, but would ask a content network for them.
  const files: Awaited<ReturnType<typeof FilesetResolver.forVisionTasks>> = {
    wasmLoaderPath,
    wasmBinaryPath,
  };
  const landmarker = await PoseLandmarker.createFromOptions(files, {
    baseOptions: { modelAssetPath: "/pose/pose_landmarker_lite.task", delegate: "CPU" },
    runningMode: "VIDEO",
    numPoses: 1,
  });
  return {
    look(video, ms) {
      const [points] = landmarker.detectForVideo(video, ms).landmarks;
      return points && { points };
    },
    close: () => landmarker.close(),
  };
}
