import { z } from "zod";
import { EVENT_KINDS } from "../events/movement-event.ts";

const key = z.string().min(1).max(80);
const seconds = z.number().finite();
const kind = z.enum(EVENT_KINDS);
const limb = z.enum(["left leg", "right leg", "both legs", "arm", "head", "body", "unseen", "none"]);
const stretch = { onset: seconds.min(0), duration: seconds.positive().max(86_400) };
/** Room for a thought, not for a file. */
const text = z.string().max(2000);

/**
 * One step of a review, as it is kept for ever. Detections are never changed: what a reviewer sees is made of
 * them and of these steps, in order. New events carry the step's own id, so that later steps can name them.
 */
export const reviewStepSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("accept"), event: key }),
  z.strictObject({ type: z.literal("reject"), event: key }),
  z.strictObject({ type: z.literal("relabel"), event: key, kind, limb: limb.optional() }),
  z.strictObject({ type: z.literal("move"), event: key, ...stretch }),
  z.strictObject({ type: z.literal("split"), event: key, at: seconds }),
  z.strictObject({ type: z.literal("merge"), events: z.array(key).min(2).max(50) }),
  z.strictObject({ type: z.literal("add"), ...stretch, kind, limb }),
  z.strictObject({ type: z.literal("comment"), event: key, text }),
  /** Takes a step of one's own back; the step stays on record. */
  z.strictObject({ type: z.literal("undo"), step: key }),
  /** The reviewer has seen the night through: from here on the other's review may be compared. */
  z.strictObject({ type: z.literal("finish") }),
]);

/** What a reviewer did, such as to confirm an event or to add one; see {@link reviewStepSchema}. */
export type ReviewStep = z.infer<typeof reviewStepSchema>;

/** A step with its place in the trail. */
export interface RecordedStep {
  /** Chosen by who made it: sent twice, it counts once. */
  readonly id: string;
  /** Counts this reviewer's steps in this night from 1. */
  readonly revision: number;
  readonly madeAt: string;
  readonly step: ReviewStep;
}

/** A step on its way to the trail. */
export const newStepSchema = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/),
  step: reviewStepSchema,
});
/** A step of a review that is not yet in its trail; see {@link newStepSchema}. */
export type NewStep = z.infer<typeof newStepSchema>;
