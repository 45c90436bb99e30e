/**
 * Works through numbered pieces, several side by side. When one fails, or the caller aborts, the others are
 * told to stop, and the first reason is thrown once all have.
 */
export async function workInLanes(
  count: number,
  parallel: number,
  signal: AbortSignal | undefined,
  work: (index: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let next = 0;
  const lane = async () => {
    try {
      for (let i = next++; i < count; i = next++) {
        both.throwIfAborted();
        await work(i, both);
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const lanes = Array.from({ length: Math.max(1, Math.min(parallel, count)) }, lane);
  await Promise.allSettled(lanes);
  signal?.throwIfAborted();
  stop.signal.throwIfAborted();
}

/**
 * Makes numbered answers side by side and yields them in order. No more than `most` are made or wait to be taken at a
 * time, so that what is slow to come by (a file elsewhere) is there when it is its turn, and memory is bounded.
 *
 * @throws the first reason in order, once all that were begun have ended; the signal's reason when aborted.
 */
export async function* readAhead<T>(
  count: number,
  most: number,
  signal: AbortSignal | undefined,
  make: (index: number) => Promise<T>,
): AsyncGenerator<T> {
  const ahead: Promise<T>[] = [];
  try {
    for (let i = 0; i < count; i++) {
      signal?.throwIfAborted();
      while (ahead.length < most && i + ahead.length < count) {
        const one = make(i + ahead.length);
        // Its turn comes later: until then a failure is not unheard.
        one.catch(() => {});
        ahead.push(one);
      }
      const answer = await ahead[0]!;
      ahead.shift();
      yield answer;
    }
  } finally {
    await Promise.allSettled(ahead);
  }
}
