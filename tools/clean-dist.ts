import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Empties `dist`, so that a file that was renamed does not live on in the package. */
rmSync(fileURLToPath(new URL("../dist", import.meta.url)), { recursive: true, force: true });
