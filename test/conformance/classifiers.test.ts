import { createHeuristicClassifier } from "../../src/events/classifiers/heuristic.ts";
import { EVENT_DEFAULTS } from "../../src/events/event-options.ts";
import { describeEventClassifier } from "./classifiers.ts";

describeEventClassifier("heuristic, as delivered", createHeuristicClassifier(EVENT_DEFAULTS));
describeEventClassifier(
  "heuristic, with other limits",
  createHeuristicClassifier({
    ...EVENT_DEFAULTS,
    tremorFrom: 4,
    jerkDuration: 1.2,
    boutStrokes: 5,
    startleParts: 3,
  }),
);
