/** The parts of jsfive the tests use; the package brings no types. */
declare module "jsfive" {
  export class Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(path: string): Dataset;
  }
  export class Dataset {
    readonly shape: readonly number[];
    readonly value: readonly unknown[];
    readonly attrs: Readonly<Record<string, unknown>>;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name?: string);
  }
}
