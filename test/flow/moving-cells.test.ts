import { describe, expect, it } from "vitest";
import { movingCells } from "../../src/flow/moving-cells.ts";
import type { Survey } from "../../src/survey/survey.ts";
import { usualChange } from "../../src/survey/usual-change.ts";
import { motionMap } from "../survey/motion-map.ts";

const SPAN = { onset: 10, duration: 5 };
const OPTIONS = { width: 320, height: 240, levels: 3, most: 4 };

/** A survey of which only the motion map and the height matter here. */
function surveyOf(change: (time: number, column: number, row: number) => number): Survey {
  const map = motionMap({ duration: 60, change });
  return { map, usual: usualChange(map), height: 240 } as Survey;
}

function cellsOf(survey: Survey) {
  return movingCells(survey, SPAN, OPTIONS);
}

const isIn = (time: number) => time >= SPAN.onset && time < SPAN.onset + SPAN.duration;

describe("movingCells", () => {
  it("lie where something moved during the span, the busiest first", () => {
    const survey = surveyOf((time, column, row) => {
      if (!isIn(time)) return column === 2 ? 40 : 0.5;
      return column === 20 && row === 10 ? 8 : column === 30 && row === 20 ? 3 : 0.5;
    });
    expect(cellsOf(survey).map(({ x, y }) => [x, y])).toEqual([
      [168, 88],
      [248, 168],
    ]);
  });

  it("do not lie on what always moves", () => {
    const survey = surveyOf((time, column, row) =>
      column === 5 && row === 5 ? 12 : isIn(time) && column === 20 && row === 10 ? 2 : 0.5,
    );
    expect(cellsOf(survey).map(({ x, y }) => [x, y])).toEqual([[168, 88]]);
  });

  it("are none in a still span, and never more than asked", () => {
    expect(cellsOf(surveyOf(() => 0.5))).toEqual([]);
    expect(cellsOf(surveyOf((time) => (isIn(time) ? 5 : 0.5)))).toHaveLength(4);
  });

  it("are placed in the flow picture, whatever its size", () => {
    const survey = surveyOf((time, column, row) => (isIn(time) && column === 20 && row === 10 ? 8 : 0.5));
    const [cell] = movingCells(survey, SPAN, {
      ...OPTIONS,
      width: 640,
      height: 480,
    });
    expect(cell).toMatchObject({ x: 336, y: 176, size: 32 });
  });
});
