/** How the server is started. */
export interface ServerSettings {
  /** Where everything is kept: database, uploads, nights. */
  readonly data: string;
  /** A folder of recordings that may be read besides; undefined: none. */
  readonly folder?: string | undefined;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Demanded of everybody when given. */
  readonly token?: string | undefined;
  /** The program that analyses: file of our command line. */
  readonly cli: string;
  /** Largest upload, bytes. */
  readonly mostBytes?: number | undefined;
  /** Most nights kept, and most uploads under way. */
  readonly mostNights?: number | undefined;
}

export const SERVER_DEFAULTS = {
  host: "127.0.0.1",
  port: 4180,
  /** Twelve hours at 8 Mbit/s are 43 GB. */
  mostBytes: 64 * 2 ** 30,
  mostNights: 2000,
  mostUploads: 200,
} as const;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
