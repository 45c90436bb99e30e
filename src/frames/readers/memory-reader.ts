import type { Frame, Picture } from "../frame.ts";
import type { FrameReader, ReadRange } from "../frame-reader.ts";

/**
 * A reader of pictures that are made, not decoded: for tests and for painted clips.
 *
 * @param times presentation times, seconds, strictly increasing.
 * @param pictureAt makes the picture shown from `times[index]` on; all of one size.
 * @throws RangeError when times do not increase or a picture has another size.
 */
export function createMemoryReader(
  size: Omit<Picture, "data">,
  times: Float64Array,
  pictureAt: (index: number, time: number) => Uint8Array,
): FrameReader {
  const { width, height, channels } = size;
  for (let i = 1; i < times.length; i++) {
    if (!(times[i]! > times[i - 1]!)) throw new RangeError(`times[${i}] does not come after times[${i - 1}]`);
  }
  return {
    width,
    height,
    channels,
    async *read(range: ReadRange = {}, signal?: AbortSignal) {
      const from = range.from ?? 0;
      const to = range.to ?? Infinity;
      let index = 0;
      for (let i = 0; i < times.length; i++) {
        signal?.throwIfAborted();
        const time = times[i]!;
        if (time < from || time >= to) continue;
        const data = pictureAt(i, time);
        if (data.length !== width * height * channels) {
          throw new RangeError(`picture ${i} has ${data.length} bytes, not ${width}x${height}x${channels}`);
        }
        const frame: Frame = { index: index++, time, width, height, channels, data };
        yield frame;
        // An abort is noticed even by a consumer that never waits for anything itself.
        await Promise.resolve();
      }
      signal?.throwIfAborted();
    },
  };
}
