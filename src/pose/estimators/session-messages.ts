import type { ModelErrorCode } from "../model-error.ts";
import type { ModelInput, ModelOutputs } from "./model-session.ts";

/** What a pool sends to its workers. */
export type WorkerOrder = { readonly kind: "run"; readonly crop: ModelInput } | { readonly kind: "close" };

/** What a worker sends back: `ready` or `failed` once, then one answer to each order to run. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | { readonly kind: "outputs"; readonly outputs: ModelOutputs }
  | { readonly kind: "failed"; readonly code: ModelErrorCode; readonly message: string };
