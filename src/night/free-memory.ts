import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Gives memory that is no longer used back to the system now, not some day. The engine counts its own heap
 * and waits; the maps of a night (hundreds of megabytes, outside of that heap) would still be there when the
 * pose models are opened, and that moment would then decide how much memory a night needs.
 */
export function freeMemory(): void {
  try {
    if (!collect) {
      setFlagsFromString("--expose-gc");
      collect = runInNewContext("gc") as () => void;
    }
    collect();
  } catch {
    // An engine that does not offer it frees memory when it likes.
  }
}
