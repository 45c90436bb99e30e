import { z } from "zod";
import { KEYPOINT_NAMES } from "../../pose/keypoint.ts";
import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { roomForFrames } from "./room-for-frames.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

const FORMAT = "file of COCO keypoints";
const annotationSchema = z.object({
  image_id: z.union([z.number(), z.string()]),
  keypoints: z.array(z.number()).length(3 * KEYPOINT_NAMES.length),
  score: z.number().optional(),
});
const imageSchema = z.object({ id: z.union([z.number(), z.string()]), file_name: z.string().optional() });
const fileSchema = z.union([
  z.object({ images: z.array(imageSchema), annotations: z.array(annotationSchema) }),
  z.array(annotationSchema).transform((annotations) => ({ images: [], annotations })),
]);

/**
 * Reads COCO keypoints: a data set (`images` in the order of the frames, `annotations`) or a list of results, whose image ids are then
 * the frames' numbers from 0. The third number of a keypoint is a visibility (0 none, 1 hidden, 2 seen) or a score from 0 to 1.
 *
 * @throws KicklineError `poses-unreadable`.
 */
export function parseCoco(text: string, model: ModelIdentity): PoseTable {
  let content: z.infer<typeof fileSchema>;
  try {
    content = fileSchema.parse(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (cause) {
    throw unreadablePoses(FORMAT, "it is not JSON of that shape", cause);
  }
  const numbers = new Map(content.images.map(({ id }, i) => [id, i]));
  const frameOf = (id: number | string) => (content.images.length > 0 ? numbers.get(id) : Number(id)) ?? NaN;
  const best = new Map<number, z.infer<typeof annotationSchema>>();
  for (const annotation of content.annotations) {
    const frame = frameOf(annotation.image_id);
    if (!Number.isInteger(frame) || frame < 0)
      throw unreadablePoses(FORMAT, `image ${annotation.image_id} is none`);
    if (!(sureness(best.get(frame)) >= sureness(annotation))) best.set(frame, annotation);
  }
  const last = [...best.keys()].reduce((most, frame) => Math.max(most, frame), content.images.length - 1);
  const table = roomForFrames(model, last + 1, FORMAT);
  for (const [frame, { keypoints, score }] of best) {
    for (let k = 0; k < KEYPOINT_NAMES.length; k++) {
      const [x, y, third] = keypoints.slice(3 * k, 3 * k + 3) as [number, number, number];
      if (third <= 0) continue;
      const i = frame * KEYPOINT_NAMES.length + k;
      table.x[i] = x;
      table.y[i] = y;
      // Visibility is no confidence: 1 is a place guessed by a person, 2 one that was seen.
      table.confidence[i] = third > 1 ? 1 : Number.isInteger(third) && score === undefined ? 0.5 : third;
    }
  }
  return table;
}

/** Writes poses as a COCO data set: an image a frame, an annotation where anything was seen. */
export function formatCoco(table: PoseTable): string {
  const images = Array.from({ length: table.frames }, (_, id) => ({ id, file_name: `frame-${id}` }));
  const annotations = images.flatMap(({ id }) => {
    const at = (k: number) => id * KEYPOINT_NAMES.length + k;
    const seen = KEYPOINT_NAMES.map((_, k) => Number.isFinite(table.x[at(k)]!));
    if (!seen.some(Boolean)) return [];
    const keypoints = KEYPOINT_NAMES.flatMap((_, k) =>
      seen[k] ? [table.x[at(k)]!, table.y[at(k)]!, table.confidence[at(k)]!] : [0, 0, 0],
    );
    const score =
      KEYPOINT_NAMES.reduce((sum, _, k) => sum + table.confidence[at(k)]!, 0) / KEYPOINT_NAMES.length;
    return [
      { id, image_id: id, category_id: 1, keypoints, num_keypoints: seen.filter(Boolean).length, score },
    ];
  });
  const categories = [{ id: 1, name: "infant", keypoints: KEYPOINT_NAMES, skeleton: [] }];
  return `${JSON.stringify({ images, annotations, categories })}\n`;
}

function sureness(annotation: z.infer<typeof annotationSchema> | undefined): number {
  if (!annotation) return -1;
  return annotation.score ?? annotation.keypoints.reduce((sum, v, i) => sum + (i % 3 === 2 ? v : 0), 0);
}
