/** One of a model's own keypoints as its head gives it. */
export interface PlacedKeypoint {
  /** px of the input; pixel i covers [i, i + 1). */
  readonly x: number;
  readonly y: number;
  /** As the model gave it, not yet a confidence. NaN in any of the three: not found. */
  readonly score: number;
}
