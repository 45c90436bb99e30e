/** Finished pieces of one piece of work, by name. */
export interface Journal {
  /** The piece, or undefined when it is not there (or cannot be read: then it is made again). */
  read(name: string): Promise<unknown>;
  /** Whether the piece is there, without reading it. */
  has(name: string): Promise<boolean>;
  /** Keeps a finished piece: complete or not at all, whatever happens meanwhile. */
  write(name: string, value: unknown): Promise<void>;
  /** Removes what a killed run left half done. */
  sweep(): Promise<void>;
}

/** Where the pieces of an analysis are kept. */
export interface JournalKeeper {
  /** The journal for work that hangs on everything in `key`: recording, options, versions. */
  at(key: unknown): Journal;
}

const FORGETFUL: Journal = {
  read: async () => undefined,
  has: async () => false,
  write: async () => {},
  sweep: async () => {},
};

/** Keeps nothing. */
export const NO_JOURNAL: JournalKeeper = { at: () => FORGETFUL };

/** Takes a piece from the journal, or makes and keeps it. */
export async function remember<T>(journal: Journal, name: string, make: () => Promise<T>): Promise<T> {
  const kept = await journal.read(name);
  if (kept !== undefined) return kept as T;
  const made = await make();
  await journal.write(name, made);
  return made;
}
