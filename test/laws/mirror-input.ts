import type { RegionFlow, Segment, SpanFlow } from "../../src/flow/limb-flow.ts";
import type { SpanInput } from "../../src/movement/span-movement.ts";
import type { KeypointName } from "../../src/pose/keypoint.ts";
import type { MotionMap } from "../../src/survey/survey.ts";
import type { Track, Tracks } from "../../src/tracks/tracks.ts";

/** The name of the same part on the other side. */
export function otherSide<T extends string>(name: T): T {
  if (name.startsWith("left")) return name.replace("left", "right") as T;
  return name.replace("right", "left") as T;
}

/** What would have been measured in a mirror: x turned round, left and right exchanged. */
export function mirrorInput(input: SpanInput): SpanInput {
  return {
    ...input,
    flow: mirrorFlow(input.flow),
    tracks: mirrorTracks(input.tracks, input.flow.width),
    map: mirrorMap(input.map),
  };
}

function mirrorFlow(flow: SpanFlow): SpanFlow {
  const turn = (region: RegionFlow): RegionFlow => ({
    ...region,
    dx: region.dx.map((d) => -d),
    meanDx: region.meanDx.map((d) => -d),
  });
  const segments = Object.fromEntries(
    Object.entries(flow.segments).map(([name, region]) => [otherSide(name), turn(region)]),
  ) as Record<Segment, RegionFlow>;
  const cells = flow.cells.map((cell) => ({ ...cell, x: flow.width - cell.x, flow: turn(cell.flow) }));
  return { ...flow, segments, cells, background: turn(flow.background) };
}

function mirrorTracks(tracks: Tracks, width: number): Tracks {
  const byKeypoint = Object.fromEntries(
    Object.entries(tracks.byKeypoint).map(([name, track]) => {
      const keypoint = otherSide(name) as KeypointName;
      return [keypoint, { ...track, keypoint, x: track.x.map((x) => width - x) }];
    }),
  ) as Record<KeypointName, Track>;
  return { ...tracks, byKeypoint };
}

function mirrorMap(map: MotionMap): MotionMap {
  const turn = (values: Uint8Array) =>
    values.map((_, i) => values[i - (i % map.columns) + map.columns - 1 - (i % map.columns)]!);
  return { ...map, data: turn(map.data), level: turn(map.level) };
}
