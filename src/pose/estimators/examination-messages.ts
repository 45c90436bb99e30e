import type { ModelCheck } from "../examine-model.ts";
import type { ModelErrorCode } from "../model-error.ts";

/** What a process that examines a model sends, once. */
export type ExaminationReport =
  | { readonly kind: "examined"; readonly check: ModelCheck }
  | { readonly kind: "refused"; readonly code: ModelErrorCode; readonly message: string };
