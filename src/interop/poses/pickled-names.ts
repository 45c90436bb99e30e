/** What a pickle of names is made of. */
export type Pickled = string | number | null | readonly Pickled[];

/** Deepest nesting and most values; real ones have a few thousand. */
const MOST_VALUES = 1_000_000;
const MARK = Symbol("mark");

/**
 * Reads lists and tuples of texts and numbers that Python pickled as text (protocol 0), which is how pandas writes the
 * names of a table's columns into an HDF5 file. Anything else, above all what would make Python call a function, is
 * refused: nothing is ever run.
 *
 * *Source:* documentation of Python's module pickletools (meaning of the opcodes).
 *
 * @throws Error naming what is not read.
 */
export function parsePickledNames(text: string): Pickled {
  const stack: (Pickled | typeof MARK)[] = [];
  const memo = new Map<string, Pickled>();
  let at = 0;
  const line = (): string => {
    const end = text.indexOf("\n", at);
    if (end < 0) throw new Error("the names of its columns are cut short");
    const found = text.slice(at, end);
    at = end + 1;
    return found;
  };
  const pop = (): Pickled => {
    const value = stack.pop();
    if (value === undefined || value === MARK) throw new Error("the names of its columns are damaged");
    return value;
  };
  const popToMark = (): Pickled[] => {
    const from = stack.lastIndexOf(MARK);
    if (from < 0) throw new Error("the names of its columns are damaged");
    return (stack.splice(from) as Pickled[]).slice(1);
  };
  for (let values = 0; values < MOST_VALUES; values++) {
    const code = text[at++];
    if (code === ".") return pop();
    if (code === "(") stack.push(MARK);
    else if (code === "l" || code === "t") stack.push(popToMark());
    else if (code === "V") stack.push(unescapeUnicode(line()));
    else if (code === "S") stack.push(unquote(line()));
    else if (code === "I" || code === "F") stack.push(Number(line()));
    else if (code === "L") stack.push(Number(line().replace(/L$/, "")));
    else if (code === "N") stack.push(null);
    else if (code === "a") {
      const value = pop();
      const list = pop();
      if (!Array.isArray(list)) throw new Error("the names of its columns are damaged");
      list.push(value);
      stack.push(list);
    } else if (code === "p") {
      const value = pop();
      memo.set(line(), value);
      stack.push(value);
    } else if (code === "g") {
      const value = memo.get(line());
      if (value === undefined) throw new Error("the names of its columns are damaged");
      stack.push(value);
    } else
      throw new Error(`the names of its columns are no plain texts (pickle code ${JSON.stringify(code)})`);
  }
  throw new Error("the names of its columns have no end");
}

function unescapeUnicode(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short?: string, long?: string) =>
    String.fromCodePoint(Number.parseInt((short ?? long)!, 16)),
  );
}

function unquote(text: string): string {
  const match = /^(['"])(.*)\1$/.exec(text.trim());
  if (!match) throw new Error("the names of its columns are damaged");
  return match[2]!.replace(/\\(['"\\])/g, "$1");
}
