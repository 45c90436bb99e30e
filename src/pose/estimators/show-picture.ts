import type { Picture } from "../../frames/frame.ts";
import type { AddedModel } from "../added-model.ts";
import { cropRectangle, cropRegion, type Point, wholePicture } from "../crop.ts";
import type { BodyRegion } from "../pose-estimator.ts";
import { toHalf } from "./half.ts";
import type { ModelInput } from "./model-session.ts";

const CHANNELS = 3;
const BYTES = 256;

/** How pictures are turned into what one model is shown, and places in that back into the picture. */
export interface Showing {
  /** What the model is to look at, of a region that was asked for. */
  regionOf(picture: Picture, asked: BodyRegion): BodyRegion;
  show(picture: Picture, region: BodyRegion): ModelInput;
  /**
   * Where a place of the input (px of it; pixel i covers [i, i + 1)) lies in the region, 0-1 across and down; see
   * `pointFromCrop`.
   */
  placeInRegion(place: Point): Point;
}

/**
 * Prepares the input of an added model: the region is fitted into the input's shape, bytes become numbers by
 * `(byte x scale - mean) / std` for each channel, channels and dimensions are put in the model's order. Outside of the
 * picture everything is black before that.
 */
export function createShowing({ input }: Pick<AddedModel, "input">): Showing {
  const { width, height } = input;
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const tables = numbersOfBytes(input);
  return {
    regionOf: (picture, asked) =>
      // Turned by less than a quarter the corners of the picture would be lost.
      input.crop.of === "picture" ? wholePicture(picture, nearestQuarter(asked.angle)) : asked,
    show(picture, region) {
      const bytes =
        input.fit === "letterbox" && width !== height
          ? putInto(cropRegion(picture, region, side), side, { width, height, left, top })
          : cropRectangle(picture, rectangleOf(region, input), width, height);
      return arrange(bytes, input, tables);
    },
    placeInRegion: ({ x, y }) =>
      input.fit === "stretch"
        ? { x: x / width, y: y / height }
        : input.fit === "letterbox"
          ? { x: (x - left) / side, y: (y - top) / side }
          : { x: (x - (width - side) / 2) / side, y: (y - (height - side) / 2) / side },
  };
}

function nearestQuarter(angle: number): number {
  return (Math.round(angle / (Math.PI / 2)) * Math.PI) / 2;
}

/** The part of the picture that fills the whole input. */
function rectangleOf({ x, y, size, angle }: BodyRegion, { width, height, fit }: AddedModel["input"]) {
  const scale = size / Math.min(width, height);
  return fit === "stretch"
    ? { x, y, width: size, height: size, angle }
    : { x, y, width: width * scale, height: height * scale, angle };
}

function putInto(
  square: Uint8Array,
  side: number,
  { width, height, left, top }: { width: number; height: number; left: number; top: number },
): Uint8Array {
  const whole = new Uint8Array(width * height * CHANNELS);
  for (let row = 0; row < side; row++) {
    const line = square.subarray(row * side * CHANNELS, (row + 1) * side * CHANNELS);
    whole.set(line, ((top + row) * width + left) * CHANNELS);
  }
  return whole;
}

/** For each channel of the model, in its order: what each of the 256 bytes becomes. */
function numbersOfBytes({ type, scale = 1, mean, std }: AddedModel["input"]): ModelInput[] {
  return Array.from({ length: CHANNELS }, (_, channel) => {
    const of = (byte: number) => (byte * scale - (mean?.[channel] ?? 0)) / (std?.[channel] ?? 1);
    if (type === "uint8") return Uint8Array.from({ length: BYTES }, (_, byte) => byte);
    if (type === "float16") return Uint16Array.from({ length: BYTES }, (_, byte) => toHalf(of(byte)));
    return Float32Array.from({ length: BYTES }, (_, byte) => of(byte));
  });
}

function arrange(
  bytes: Uint8Array,
  { type, layout, channels }: AddedModel["input"],
  tables: readonly ModelInput[],
): ModelInput {
  const pixels = bytes.length / CHANNELS;
  const numbers =
    type === "uint8"
      ? new Uint8Array(bytes.length)
      : type === "float16"
        ? new Uint16Array(bytes.length)
        : new Float32Array(bytes.length);
  const [step, plane] = layout === "NHWC" ? [CHANNELS, 1] : [1, pixels];
  for (let channel = 0; channel < CHANNELS; channel++) {
    const from = channels === "RGB" ? channel : CHANNELS - 1 - channel;
    const table = tables[channel]!;
    for (let i = 0; i < pixels; i++) {
      numbers[i * step + channel * plane] = table[bytes[i * CHANNELS + from]!]!;
    }
  }
  return numbers;
}
