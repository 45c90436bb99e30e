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
