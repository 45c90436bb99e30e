import { Upload } from "tus-js-client";

/** How far an upload is, and what it became. */
export interface UploadState {
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: "sending" | "waiting" | "done" | "failed";
  readonly id?: string;
  readonly error?: string;
}

/** Waits between attempts, ms: in all about an hour, for a laptop that sleeps or a server that restarts. */
const RETRIES = [0, 1000, 2000, 4000, 8000, 15_000, ...Array.from({ length: 120 }, () => 30_000)];
/** One request's share: what is lost at most when the line breaks. */
const CHUNK = 32 * 2 ** 20;

/**
 * Sends a file by the tus protocol. One that was begun before (a page closed, a laptop asleep) goes on where it
 * stopped, as the browser remembers its address.
 *
 * @returns a function that stops it for good.
 */
export function sendFile(file: File, onChange: (state: UploadState) => void): () => void {
  const base = { name: file.name, bytes: file.size };
  let sent = 0;
  const upload = new Upload(file, {
    endpoint: "/api/uploads",
    chunkSize: CHUNK,
    retryDelays: RETRIES,
    metadata: { filename: file.name },
    removeFingerprintOnSuccess: true,
    onProgress: (done) => {
      sent = done;
      onChange({ ...base, sent, state: "sending" });
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const isFinal = [400, 403, 413, 415, 429].includes(status);
      if (!isFinal) onChange({ ...base, sent, state: "waiting" });
      return !isFinal;
    },
    onError: (error) => {
      const said = "originalResponse" in error ? error.originalResponse?.getBody() : undefined;
      onChange({ ...base, sent, state: "failed", error: said?.trim() || "It could not be sent." });
    },
    onSuccess: () => {
      const id = upload.url?.split("/").at(-1) ?? "";
      onChange({ ...base, sent: file.size, state: "done", id });
    },
  });
  void upload.findPreviousUploads().then(([earlier]) => {
    if (earlier) upload.resumeFromPreviousUpload(earlier);
    upload.start();
  });
  return () => void upload.abort(true);
}
