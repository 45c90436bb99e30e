/** A question that the server could not grant, in its words. */
export class ServerError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, message: string, body: unknown) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** Asks our own server. Nothing is ever asked of another. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`/api${path}`, init);
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  const body: unknown =
    response.status === 204 ? null : isJson ? await response.json() : await response.text();
  if (response.ok) return body as T;
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: string };
  throw new ServerError(response.status, error ?? "The server did not answer as it should.", body);
}

export function send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  if (body === undefined) return ask(path, { method });
  return ask(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}
