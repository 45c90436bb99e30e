/** Entry of a process that examines one model, reports and ends. */
import { examineModel } from "../examine-model.ts";
import { readOwnModel } from "../find-model.ts";
import { ModelError } from "../model-error.ts";
import type { ExaminationReport } from "./examination-messages.ts";

const path = process.argv[2];
if (path === undefined || !process.send) throw new Error("examination-process runs only as a child process");

// The one that asked is gone. Nothing milder ends a thread that is at work inside of a model.
const die = () => process.kill(process.pid, "SIGKILL");
process.once("disconnect", die);
// It may have gone while this was loaded.
if (!process.connected) die();

async function examine(model: string): Promise<ExaminationReport> {
  try {
    return { kind: "examined", check: await examineModel(await readOwnModel(model)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "refused", code: error instanceof ModelError ? error.code : "runtime-failed", message };
  }
}

process.send(await examine(path), die);
