import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { makeTempFolder } from "./temp-folder.ts";

/** An object store of a test's own on this computer, and the environment that leads to it. */
export interface S3Server {
  readonly env: Readonly<Record<string, string>>;
  /** Requests by method since last asked. */
  requests(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export const BUCKET = "studies";

export async function startS3(): Promise<S3Server> {
  const folder = makeTempFolder();
  const program = fileURLToPath(new URL("./s3-program.mjs", import.meta.url));
  const child = fork(program, [folder.path, BUCKET], { execArgv: ["--openssl-legacy-provider"] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    env: {
      ...{ AWS_ENDPOINT_URL_S3: `${"http:"}//127.0.0.1:${port}`, AWS_REGION: "us-east-1" },
      ...{ AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" },
    },
    async requests() {
      child.send("requests");
      const [{ requests }] = (await once(child, "message")) as [{ requests: Record<string, number> }];
      return requests;
    },
    async close() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
      folder.remove();
    },
  };
}
