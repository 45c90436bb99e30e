import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import diagnostics from "node:diagnostics_channel";
import { once } from "node:events";
import type { ClientRequest } from "node:http";
import { fileURLToPath } from "node:url";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { makeTempFolder } from "./temp-folder.ts";

/** An object store of a test's own, and the environment that leads to it. */
export interface S3Server {
  readonly env: Readonly<Record<string, string>>;
  /** Whether one who reads while another writes sees the old or the new, never both. */
  readonly isReadWhole: boolean;
  /** Requests of this process by method since last asked. */
  requests(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Never the name of a bucket that holds anything: it is made and removed. */
export const BUCKET = `kickline-test-${randomBytes(6).toString("hex")}`;

/**
 * A store on this computer, or the one at the address in KICKLINE_TEST_S3 (with KICKLINE_TEST_S3_KEY and
 * KICKLINE_TEST_S3_SECRET), where a bucket is made and removed again.
 */
export async function startS3(): Promise<S3Server> {
  const { KICKLINE_TEST_S3: given, KICKLINE_TEST_S3_KEY: key, KICKLINE_TEST_S3_SECRET: secret } = process.env;
  const store = given ? await useStore(given, key ?? "", secret ?? "") : await startStore();
  const { host } = new URL(store.env["AWS_ENDPOINT_URL_S3"]!);
  let requests: Record<string, number> = {};
  const count = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader("host") === host) requests[request.method] = (requests[request.method] ?? 0) + 1;
  };
  diagnostics.subscribe("http.client.request.start", count);
  return {
    ...store,
    requests() {
      const counted = requests;
      requests = {};
      return counted;
    },
    async close() {
      diagnostics.unsubscribe("http.client.request.start", count);
      await store.close();
    },
  };
}

type Store = Omit<S3Server, "requests">;
const leadTo = (address: string, key: string, secret: string) => ({
  ...{ AWS_ENDPOINT_URL_S3: address, AWS_REGION: "us-east-1" },
  ...{ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret },
});

async function startStore(): Promise<Store> {
  const folder = makeTempFolder();
  const program = fileURLToPath(new URL("./s3-program.mjs", import.meta.url));
  const child = fork(program, [folder.path, BUCKET], { execArgv: ["--openssl-legacy-provider"] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    env: leadTo(`${"http:"}//127.0.0.1:${port}`, "S3RVER", "S3RVER"),
    // The protocol promises it; this store writes over its files.
    isReadWhole: false,
    async close() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
      folder.remove();
    },
  };
}

async function useStore(endpoint: string, accessKeyId: string, secretAccessKey: string): Promise<Store> {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, credentials, region: "us-east-1", forcePathStyle: true });
  const bucket = { Bucket: BUCKET };
  await client.send(new CreateBucketCommand(bucket));
  return {
    env: leadTo(endpoint, accessKeyId, secretAccessKey),
    isReadWhole: true,
    async close() {
      for await (const { Contents } of paginateListObjectsV2({ client }, bucket)) {
        for (const { Key } of Contents ?? []) await client.send(new DeleteObjectCommand({ ...bucket, Key }));
      }
      await client.send(new DeleteBucketCommand(bucket));
      client.destroy();
    },
  };
}
