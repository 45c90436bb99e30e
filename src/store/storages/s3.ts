import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { globalAgent as httpAgent } from "node:http";
import { globalAgent as httpsAgent } from "node:https";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { OutputError } from "../../errors.ts";
import type { StudyStorage } from "../study-storage.ts";

/** Removals side by side: each is a request of its own, which every store of this kind understands. */
const LANES = 8;
/** A store that says nothing for so long is away. */
const SILENT_MS = 60_000;

/** An object as the store describes it. */
export interface ObjectInfo {
  readonly bytes: number;
  /** Changes with the content. */
  readonly tag: string;
}

/**
 * A study below `s3://bucket/prefix`, on Amazon S3 or any store that speaks its protocol. An object appears whole
 * or not at all, and is seen by everybody once it was put: that is the protocol's own promise.
 *
 * Where the store is and who asks is read from the environment, by the names of Amazon's own tools:
 * AWS_ENDPOINT_URL_S3 (or AWS_ENDPOINT_URL), AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
 * AWS_SESSION_TOKEN, AWS_PROFILE, and those of roles in containers.
 *
 * @throws OutputError `storage-denied` when the environment names nobody: an SDK left to itself would then ask
 * the network who it is.
 */
export function createS3Storage(address: string): StudyStorage {
  const { bucket, key: prefix } = parseAddress(address);
  const client = connect(address);
  const keyOf = (name: string) => [prefix, name].filter(Boolean).join("/");
  const nameOf = (key: string) => (prefix ? key.slice(prefix.length + 1) : key);
  const ask = <T>(request: () => Promise<T>) => explained(address, request);

  const walk = async (folder: string) => {
    const start = keyOf(folder);
    const Prefix = start === "" ? "" : `${start}/`;
    const names: string[] = [];
    for (let token: string | undefined; ; ) {
      const more = token ? { ContinuationToken: token } : {};
      const list = new ListObjectsV2Command({ Bucket: bucket, Prefix, ...more });
      const page = await ask(() => client.send(list));
      // Keys that end like a folder are marks that consoles leave, not files.
      for (const { Key } of page.Contents ?? []) if (Key && !Key.endsWith("/")) names.push(nameOf(Key));
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
      if (!token) return names.sort();
    }
  };

  return {
    async put(name, content) {
      const Body = typeof content === "string" ? Buffer.from(content) : content;
      await ask(() => client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body })));
    },
    async putFile(name, path) {
      const { size } = await stat(path);
      const input = { Bucket: bucket, Key: keyOf(name), ContentLength: size };
      await ask(() => client.send(new PutObjectCommand({ ...input, Body: createReadStream(path) })));
    },
    read: (name) =>
      ask(async () => {
        const got = await orAbsent(client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) })));
        return got && Buffer.from(await got.Body!.transformToByteArray());
      }),
    has: (name) =>
      ask(async () => {
        const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
        return (await orAbsent(head)) !== undefined;
      }),
    walk,
    async remove(name) {
      const names = [name, ...(await walk(name))];
      let next = 0;
      const lane = async () => {
        for (let i = next++; i < names.length; i = next++) {
          const Key = keyOf(names[i]!);
          await ask(() => client.send(new DeleteObjectCommand({ Bucket: bucket, Key })));
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    },
  };
}

/** What the store knows of an object; undefined when there is none. @throws OutputError as the storage does. */
export async function describeObject(address: string): Promise<ObjectInfo | undefined> {
  const { bucket, key } = parseAddress(address);
  const client = connect(address);
  const head = await explained(address, () =>
    orAbsent(client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))),
  );
  return head && { bytes: head.ContentLength ?? 0, tag: head.ETag ?? "" };
}

/** Copies an object into a file. @throws OutputError; the signal's reason. */
export async function fetchObject(address: string, path: string, signal?: AbortSignal): Promise<void> {
  const { bucket, key } = parseAddress(address);
  const client = connect(address);
  await explained(address, async () => {
    const abort = signal ? { abortSignal: signal } : {};
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), abort);
    await pipeline(got.Body as Readable, createWriteStream(path), signal ? { signal } : {});
  });
}

function parseAddress(address: string): { bucket: string; key: string } {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/*(.*?)\/*$/.exec(address) ?? [];
  if (bucket === "") {
    const advice = "Write it as s3://bucket/prefix.";
    throw new OutputError("storage-denied", `${address}: no bucket is named`, advice);
  }
  return { bucket, key };
}

const ROLES = [
  ...["AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
  ...["AWS_CONTAINER_CREDENTIALS_FULL_URI", "KICKLINE_S3_INSTANCE_ROLE"],
];

function connect(address: string): S3Client {
  const { env } = process;
  // The SDK would tell every user of Node 20 on stderr which Node its next versions want.
  env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  // A profile that holds no keys would make it ask the network for the machine's role, which takes a word of the user.
  if (!env["KICKLINE_S3_INSTANCE_ROLE"]) env["AWS_EC2_METADATA_DISABLED"] ??= "true";
  const [accessKeyId, secretAccessKey] = [env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"]];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const isNamed = Boolean(accessKeyId && secretAccessKey);
  if (!isNamed && !ROLES.some((name) => env[name])) {
    throw new OutputError(
      "storage-denied",
      `${address}: the environment names nobody who may use the store`,
      "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or KICKLINE_S3_INSTANCE_ROLE=1 on a machine with a role.",
    );
  }
  const endpoint = env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"];
  return new S3Client({
    region: env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "us-east-1",
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(isNamed
      ? {
          credentials: {
            ...{ accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
            ...(sessionToken ? { sessionToken } : {}),
          },
        }
      : {}),
    maxAttempts: 5,
    // Other stores than Amazon's know no newer checksums than they must.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // Its automatic mode asks the network which region the machine is in.
    defaultsMode: "standard",
    // The program's own pools: clients come and go with each study that is opened. Silence, before an answer or
    // within it, is a failure; how long a whole answer takes is not.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: SILENT_MS, httpAgent, httpsAgent },
  });
}

async function orAbsent<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    const { name } = error as Error;
    if (name === "NoSuchKey" || (statusOf(error) === 404 && name !== "NoSuchBucket")) return undefined;
    throw error;
  }
}

async function explained<T>(address: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof OutputError || (cause as Error).name === "AbortError") throw cause;
    const status = statusOf(cause);
    const { name, message, code } = cause as NodeJS.ErrnoException;
    if (name === "CredentialsProviderError") {
      const advice = "Check the credentials in the environment, or the profile that AWS_PROFILE names.";
      throw new OutputError("storage-denied", `${address}: no credentials were found`, advice, { cause });
    }
    if (name === "NoSuchBucket" || status === 401 || status === 403) {
      const why = name === "NoSuchBucket" ? "there is no such bucket" : "the store does not allow it";
      const advice = "Check the bucket's name, and what the credentials in the environment may do.";
      throw new OutputError("storage-denied", `${address}: ${why} (${name})`, advice, { cause });
    }
    throw new OutputError(
      "storage-away",
      `${address}: the store cannot be used: ${message || code || name}`,
      "Check its address (AWS_ENDPOINT_URL_S3) and the network, and give the same command again: it goes on where it stopped.",
      { cause },
    );
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
