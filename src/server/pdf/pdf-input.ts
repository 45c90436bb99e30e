import type { NightReport } from "../../index.ts";
import type { History } from "../nights/diary-store.ts";

/** What a PDF is made of. */
export interface PdfInput {
  readonly report: NightReport;
  readonly title: string;
  readonly history: History;
  /** Up to five typical moments, with their picture strips (JPEG) and words. */
  readonly moments: readonly { readonly id: string; readonly when: string; readonly words: string }[];
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}
