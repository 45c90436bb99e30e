import { Worker } from "node:worker_threads";
import type { AnalysisOptionsInput, RecalledNight } from "../../index.ts";

export type RoomMethod =
  | "judgeAgain"
  | "readPoses"
  | "readTraces"
  | "readFlow"
  | "readSpectrum"
  | "writeClip";

export interface RoomSetup {
  readonly files: readonly string[];
  readonly call: {
    readonly options: AnalysisOptionsInput;
    readonly startedAt?: string;
    readonly timeZone?: string;
  };
  readonly milestones: string;
}

export interface RoomQuestion {
  readonly id: number;
  readonly method: RoomMethod;
  readonly args: readonly unknown[];
}

export interface RoomAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
  /** The night could not be opened at all; asked again, it is tried anew. */
  readonly isShut?: boolean;
}

/** What went wrong in a room, in its words. */
export class RoomError extends Error {
  override readonly name = "RoomError";
}

type Answer<M extends RoomMethod> = Awaited<ReturnType<RecalledNight[M]>>;

interface Room {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>;
  lastUsed: number;
}

/** Nights kept open at a time; each may hold hundreds of megabytes. */
const MOST_OPEN = 2;
const IDLE_MS = 10 * 60_000;

/** The rooms in which analysed nights are looked at closely, opened when first asked for. */
export class Rooms {
  readonly #open = new Map<string, Room>();
  readonly #timer = setInterval(() => this.#closeIdle(), 60_000).unref();
  #next = 0;

  /** Asks the room of a night. @throws RoomError in the words of what went wrong there. */
  ask<M extends RoomMethod>(
    night: string,
    setup: RoomSetup,
    method: M,
    ...args: Parameters<RecalledNight[M]>
  ): Promise<Answer<M>> {
    const room = this.#open.get(night) ?? this.#enter(night, setup);
    room.lastUsed = Date.now();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      room.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      room.worker.postMessage({ id, method, args } satisfies RoomQuestion);
    });
  }

  /** Closes the room of a night that was analysed anew or removed. */
  async leave(night: string): Promise<void> {
    const room = this.#open.get(night);
    this.#open.delete(night);
    await room?.worker.terminate();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#open.keys()].map((night) => this.leave(night)));
  }

  #enter(night: string, setup: RoomSetup): Room {
    const others = [...this.#open].sort(([, a], [, b]) => a.lastUsed - b.lastUsed);
    for (const [old] of others.slice(0, Math.max(0, others.length - MOST_OPEN + 1))) void this.leave(old);
    const worker = new Worker(new URL("./room-thread.js", import.meta.url), { workerData: setup });
    const room: Room = { worker, waiting: new Map(), lastUsed: Date.now() };
    worker.on("message", ({ id, value, error, isShut }: RoomAnswer) => {
      const asked = room.waiting.get(id);
      room.waiting.delete(id);
      if (error === undefined) asked?.resolve(value);
      else asked?.reject(new RoomError(error));
      if (isShut && this.#open.get(night) === room) void this.leave(night);
    });
    const end = (error?: Error) => {
      if (this.#open.get(night) === room) this.#open.delete(night);
      for (const { reject } of room.waiting.values()) reject(error ?? new RoomError("the night was closed"));
      room.waiting.clear();
    };
    worker.on("error", end);
    worker.on("exit", () => end());
    this.#open.set(night, room);
    return room;
  }

  #closeIdle(): void {
    for (const [night, room] of this.#open) {
      if (room.waiting.size === 0 && Date.now() - room.lastUsed > IDLE_MS) void this.leave(night);
    }
  }
}
