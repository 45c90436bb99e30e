import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { detectEvents } from "../../src/events/detect-events.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import type { MovementEvent } from "../../src/events/movement-event.ts";
import { computeSpanMovement, type SpanInput } from "../../src/movement/span-movement.ts";
import { floorOf } from "../events/synthetic-span.ts";

const CLASSIFIER = createHeuristicClassifier(EVENT_DEFAULTS);

/** The whole way from what flow, pose and survey measured of one span to its events. */
export function readSpan(input: SpanInput): MovementEvent[] {
  const span = computeSpanMovement(input);
  return detectEvents([span], input.lightChanges, floorOf(span), CLASSIFIER, EVENT_DEFAULTS);
}
