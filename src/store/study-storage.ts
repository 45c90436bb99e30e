import { OutputError } from "../errors.ts";
import { createFolderStorage } from "./storages/folder.ts";

/**
 * Where a study lies: a folder, or a prefix in an object store. Names are relative, with slashes, on every
 * system. Every implementation passes `test/store/study-storages.ts`.
 *
 * Methods reject with OutputError when the store cannot be reached, is full, or does not allow it.
 */
export interface StudyStorage {
  /** Puts a file in place, complete or not at all; one of that name is replaced. */
  put(name: string, content: string | Uint8Array): Promise<void>;
  /** The same with the content of a file of this computer, of any size. */
  putFile(name: string, path: string): Promise<void>;
  /** A file's content; undefined when there is none of that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  has(name: string): Promise<boolean>;
  /** Names of all files below a folder, from the study's root, sorted; none when it is not there. "" is the root. */
  walk(folder: string): Promise<string[]>;
  /** Removes a file, or a folder with all that is below it; what is not there is no failure. */
  remove(name: string): Promise<void>;
}

/** Whether an address means an object store (`s3://bucket/prefix`), not a folder of this computer. */
export function isObjectAddress(address: string): boolean {
  return address.startsWith("s3://");
}

/** Opens what an address means. Nothing is made or asked before it is used. */
export async function openStorage(address: string): Promise<StudyStorage> {
  if (!isObjectAddress(address)) return createFolderStorage(address);
  const { createS3Storage } = await loadS3();
  return createS3Storage(address);
}

/** The object store's package is optional: whoever uses folders only can leave it out. */
export async function loadS3(): Promise<typeof import("./storages/s3.ts")> {
  try {
    return await import("./storages/s3.ts");
  } catch (cause) {
    throw new OutputError(
      "storage-away",
      "object stores need the package @aws-sdk/client-s3, which is not installed",
      "Install it with npm install @aws-sdk/client-s3, or give a folder.",
      { cause },
    );
  }
}

/** The place of something in a study, as an address. */
export function placeIn(address: string, name: string): string {
  return `${address.replace(/[\\/]+$/, "")}/${name}`;
}
