import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Frame } from "../../src/frames/frame.ts";
import type { FrameReader, ReadRange } from "../../src/frames/frame-reader.ts";
import { waitForProcesses } from "../support/child-processes.ts";

/** A reader to be tested, and what it must deliver. */
export interface ReaderCase {
  readonly reader: FrameReader;
  /** When each frame is shown, seconds from the recording's start. */
  readonly times: readonly number[];
  /** Mean gray of each frame. */
  readonly grays: readonly number[];
  /** Part of the command line of every process the reader starts; undefined when it starts none. */
  readonly processMark: string | undefined;
  close?(): Promise<void>;
}

/** Times are told apart to a microsecond. */
const SAME = 1e-6;

/** What every source of frames keeps; see the contract in `src/frames/frame-reader.ts`. */
export function describeFrameReader(title: string, open: () => Promise<ReaderCase>): void {
  describe(title, () => {
    let given: ReaderCase;
    beforeAll(async () => {
      given = await open();
    });
    afterAll(() => given.close?.());

    const expectNoProcess = async () => {
      if (given.processMark) expect(await waitForProcesses(given.processMark, 0, 0)).toEqual([]);
    };
    const expectFrames = (seen: readonly Seen[], range: ReadRange = {}) => {
      const { from = 0, to = Infinity } = range;
      const wanted = given.times.flatMap((time, i) =>
        time >= from - SAME && time < to - SAME ? [{ time, gray: given.grays[i]! }] : [],
      );
      expect(seen.map(({ index }) => index)).toEqual(wanted.map((_, i) => i));
      expect(seen.map(({ time }) => time.toFixed(6))).toEqual(wanted.map(({ time }) => time.toFixed(6)));
      for (const [i, { gray }] of seen.entries()) expect(Math.abs(gray - wanted[i]!.gray)).toBeLessThan(4);
    };

    it("gives every frame once, in order, at its own time, with the picture of that time", async () => {
      expectFrames(await readAll(given.reader));
      await expectNoProcess();
    });

    it("gives frames of the size and channels it states", async () => {
      const { width, height, channels } = given.reader;
      for await (const frame of given.reader.read({ to: 0.5 })) {
        expect([frame.width, frame.height, frame.channels]).toEqual([width, height, channels]);
        expect(frame.data.length).toBe(width * height * channels);
      }
    });

    it("gives exactly the frames of a range", async () => {
      const { times } = given;
      const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
      const ranges: ReadRange[] = [
        { from: at(0.3) },
        { from: at(0.59), to: at(0.8) },
        { from: at(0.59) + 0.0005, to: at(0.62) + 0.0005 },
        { to: at(0.2) },
        { from: at(0.5), to: (at(0.5) + times[times.indexOf(at(0.5)) + 1]!) / 2 },
        { from: at(0.9), to: 1e6 },
        { from: -5, to: at(0.05) },
        { from: times.at(-1)! },
      ];
      for (const range of ranges) expectFrames(await readAll(given.reader, range), range);
      await expectNoProcess();
    });

    it("gives nothing for an empty range", async () => {
      const ranges = [{ from: 1, to: 1 }, { from: 3, to: 2 }, { from: 1e6 }, { to: 0 }, { to: -1 }];
      for (const range of ranges) expect(await readAll(given.reader, range)).toEqual([]);
      await expectNoProcess();
    });

    it("runs passes side by side without mixing them", async () => {
      const range = { from: given.times[20]! };
      const [whole, part, again] = await Promise.all([
        readAll(given.reader),
        readAll(given.reader, range),
        readAll(given.reader),
      ]);
      expectFrames(whole);
      expectFrames(part, range);
      expect(again).toEqual(whole);
    });

    it("loses nothing to a slow consumer", async () => {
      const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
      expectFrames(await readAll(given.reader, {}, slow));
    });

    it("releases everything before an early exit is over", async () => {
      for await (const _ of given.reader.read()) break;
      await expectNoProcess();
      const left = given.reader.read()[Symbol.asyncIterator]();
      await left.next();
      await left.return?.();
      await expectNoProcess();
      await expect(left.next()).resolves.toMatchObject({ done: true });
    });

    it("releases everything when the consumer fails", async () => {
      const failing = async () => {
        for await (const _ of given.reader.read()) throw new Error("the consumer failed");
      };
      await expect(failing()).rejects.toThrow("the consumer failed");
      await expectNoProcess();
    });

    it("starts nothing when it is aborted beforehand", async () => {
      const reason = new Error("changed my mind");
      await expect(readAll(given.reader, {}, undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
      await expectNoProcess();
    });

    it("rejects with the signal's reason when aborted, at whatever frame, and leaves nothing behind", async () => {
      for (const at of [0, 1, 7, 60]) {
        const stop = new AbortController();
        const reason = new Error(`enough at ${at}`);
        let count = 0;
        const onFrame = async () => {
          if (count++ === at) stop.abort(reason);
        };
        await expect(readAll(given.reader, {}, onFrame, stop.signal)).rejects.toBe(reason);
        expect(count).toBeLessThanOrEqual(at + 2);
        await expectNoProcess();
      }
    });

    it("rejects when aborted while the consumer waits for a frame", async () => {
      const stop = new AbortController();
      const pending = readAll(given.reader, {}, undefined, stop.signal);
      stop.abort();
      await expect(pending).rejects.toHaveProperty("name", "AbortError");
      await expectNoProcess();
    });

    it("leaves no listener on the signal", async () => {
      const stop = new AbortController();
      await readAll(given.reader, { to: 0.3 }, undefined, stop.signal);
      stop.abort();
      expectFrames(await readAll(given.reader, { to: 0.3 }), { to: 0.3 });
    });
  });
}

interface Seen {
  readonly index: number;
  readonly time: number;
  readonly gray: number;
}

async function readAll(
  reader: FrameReader,
  range?: ReadRange,
  onFrame?: () => Promise<void>,
  signal?: AbortSignal,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const frame of reader.read(range, signal)) {
    seen.push({ index: frame.index, time: frame.time, gray: meanOf(frame) });
    await onFrame?.();
  }
  return seen;
}

function meanOf({ data }: Frame): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
