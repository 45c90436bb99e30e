import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { formatCell } from "../report/formats/events-tsv.ts";
import { unwritable } from "../store/output-error.ts";
import type { StudyStorage } from "../store/study-storage.ts";
import type { Cell, Column, ColumnType, Row } from "./tables.ts";

/** Rows of a group: what is held in memory at a time. */
const GROUP = 50_000;
const PARQUET = { string: "STRING", number: "DOUBLE", integer: "INT32", boolean: "BOOLEAN" } as const;

/**
 * Writes a table of any length as TSV and as Parquet, a group of rows at a time, into a folder of this computer;
 * both are put in place when they are whole.
 */
export class TableWriter {
  readonly #folder: string;
  readonly #name: string;
  readonly #columns: readonly Column[];
  readonly #parquet: ParquetWriter;
  #rows: Row[] = [];
  #isBegun = false;

  constructor(folder: string, name: string, columns: readonly Column[]) {
    this.#folder = folder;
    this.#name = name;
    this.#columns = columns;
    try {
      const schema = schemaFromColumnData({ columnData: this.#group([]) });
      this.#parquet = new ParquetWriter({
        writer: fileWriter(this.#part("parquet")),
        schema,
        createdBy: "kickline",
      });
    } catch (cause) {
      throw unwritable(folder, cause, true);
    }
  }

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) this.#rows.push(row);
    if (this.#rows.length >= GROUP) await this.#flush();
  }

  /** Ends both files and puts them in place in the study. */
  async finish(storage: StudyStorage): Promise<void> {
    try {
      await this.#flush();
      await this.#parquet.finish();
      for (const ending of ["tsv", "parquet"])
        await storage.putFile(`${this.#name}.${ending}`, this.#part(ending));
    } catch (cause) {
      throw unwritable(this.#folder, cause, true);
    } finally {
      for (const ending of ["tsv", "parquet"]) await rm(this.#part(ending), { force: true }).catch(() => {});
    }
  }

  #part(ending: string): string {
    return join(this.#folder, `.${this.#name}.${process.pid}.part.${ending}`);
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    const lines = rows.map((row) =>
      this.#columns.map(({ name }) => formatCell(row[name] ?? null)).join("\t"),
    );
    if (!this.#isBegun) lines.unshift(this.#columns.map(({ name }) => name).join("\t"));
    const write = this.#isBegun ? appendFile : writeFile;
    this.#isBegun = true;
    if (lines.length > 0) await write(this.#part("tsv"), `${lines.join("\n")}\n`);
    if (rows.length > 0) await this.#parquet.write({ columnData: this.#group(rows), rowGroupSize: GROUP });
  }

  #group(rows: readonly Row[]) {
    return this.#columns.map(({ name, type }) => ({
      name,
      type: PARQUET[type],
      nullable: true,
      data: rows.map((row) => clean(row[name] ?? null, type)),
    }));
  }
}

function clean(value: Cell, type: ColumnType): Cell {
  if (value === "" || (typeof value === "number" && !Number.isFinite(value))) return null;
  return type === "integer" && typeof value === "number" ? Math.round(value) : value;
}
