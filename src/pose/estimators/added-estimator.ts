import type { AddedModel } from "../added-model.ts";
import { pointFromCrop } from "../crop.ts";
import { KEYPOINT_NAMES, type Keypoint, type KeypointName } from "../keypoint.ts";
import { ModelError } from "../model-error.ts";
import type { BodyRegion, PoseEstimator } from "../pose-estimator.ts";
import type { VerifiedAddedModel } from "./added-model-files.ts";
import { decodeHeatmap, heatmapSize } from "./decode-heatmap.ts";
import { decodeRegression } from "./decode-regression.ts";
import { decodeSimcc, simccBins } from "./decode-simcc.ts";
import type {
  ExpectedInput,
  ExpectedOutput,
  ModelOutputs,
  ModelSession,
  PoseRuntime,
} from "./model-session.ts";
import type { PlacedKeypoint } from "./placed-keypoint.ts";
import { createShowing } from "./show-picture.ts";

/**
 * An estimator that runs a model people added: any size, layout and type of input, any of three heads. Owns the
 * session.
 *
 * A keypoint that the model does not have, or gave no number for, lies in the middle of the others with confidence 0.
 */
export function createAddedEstimator(
  { model, identity }: Pick<VerifiedAddedModel, "model" | "identity">,
  runtime: PoseRuntime,
  session: ModelSession,
): PoseEstimator {
  const showing = createShowing(model);
  const { crop } = model.input;
  const places = Object.values(model.keypoints).filter((place) => place !== undefined);
  const most = Math.max(...places) + 1;
  let closed = false;
  return {
    name: `${model.name}/${runtime}`,
    model: identity,
    ...(crop.of === "person" ? { margin: crop.margin } : {}),
    lacks: KEYPOINT_NAMES.filter((name) => model.keypoints[name] === undefined),
    async estimate(picture, asked) {
      if (closed) throw new ModelError("runtime-failed", "The pose estimator is closed.");
      const region = showing.regionOf(picture, asked);
      const placed = decode(model, await session.run(showing.show(picture, region)));
      const count = placed?.length ?? 0;
      if (!placed || count < most)
        throw new ModelError(
          "model-mismatch",
          `${model.name}: its answer has room for ${count} of ${most} keypoints`,
        );
      const found = new Map<KeypointName, Keypoint>();
      for (const name of KEYPOINT_NAMES) {
        const place = model.keypoints[name];
        const keypoint =
          place === undefined ? undefined : toKeypoint(name, placed[place]!, model, region, showing);
        if (keypoint) found.set(name, keypoint);
      }
      return fillMissing(found, region);
    },
    async close() {
      if (closed) return;
      closed = true;
      await session.close();
    },
  };
}

/** What a session must be asked for such a model. */
export function expectationsOf({ input, output }: AddedModel): {
  readonly input: ExpectedInput;
  readonly outputs: readonly ExpectedOutput[];
} {
  const { width, height, type, layout } = input;
  const shape = layout === "NCHW" ? [1, 3, height, width] : [1, height, width, 3];
  return { input: { name: input.tensor, type, shape }, outputs: outputsOf(input, output) };
}

function outputsOf(input: AddedModel["input"], output: AddedModel["output"]): ExpectedOutput[] {
  if (output.head === "heatmap") {
    const { columns, rows } = heatmapSize(input, output);
    const shape = output.layout === "NCHW" ? [1, undefined, rows, columns] : [1, rows, columns, undefined];
    return [{ name: output.tensor, shape }];
  }
  if (output.head === "simcc") {
    const { across, down } = simccBins(input, output);
    return [
      { name: output.x, shape: [1, undefined, across] },
      { name: output.y, shape: [1, undefined, down] },
    ];
  }
  return [output.tensor, ...(output.scores === undefined ? [] : [output.scores])].map((name) => ({ name }));
}

function decode({ input, output }: AddedModel, outputs: ModelOutputs): PlacedKeypoint[] | undefined {
  switch (output.head) {
    case "heatmap":
      return decodeHeatmap(outputs[output.tensor]!, input, output);
    case "simcc":
      return decodeSimcc(outputs[output.x]!, outputs[output.y]!, input, output);
    case "regression":
      return decodeRegression(
        outputs[output.tensor]!,
        output.scores === undefined ? undefined : outputs[output.scores],
        input,
        output,
      );
  }
}

function toKeypoint(
  name: KeypointName,
  placed: PlacedKeypoint,
  { score: { from, to } }: AddedModel,
  region: BodyRegion,
  showing: ReturnType<typeof createShowing>,
): Keypoint | undefined {
  const within = showing.placeInRegion(placed);
  const { x, y } = pointFromCrop(region, within.x, within.y);
  const confidence = Math.min(1, Math.max(0, (placed.score - from) / (to - from)));
  return Number.isFinite(x + y + confidence) ? { name, x, y, confidence } : undefined;
}

function fillMissing(found: ReadonlyMap<KeypointName, Keypoint>, region: BodyRegion): Keypoint[] {
  const all = [...found.values()];
  const middle = (axis: "x" | "y") =>
    all.length === 0 ? region[axis] : all.reduce((sum, keypoint) => sum + keypoint[axis], 0) / all.length;
  const [x, y] = [middle("x"), middle("y")];
  return KEYPOINT_NAMES.map((name) => found.get(name) ?? { name, x, y, confidence: 0 });
}
