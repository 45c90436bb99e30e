import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournalAt } from "../../src/store/journal.ts";
import { openStorage, placeIn, type StudyStorage } from "../../src/store/study-storage.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

export interface StoragePlace {
  readonly address: (study: string) => string;
  readonly stop: () => Promise<void>;
  /** Whether one who reads while another writes sees the old or the new, never both. */
  readonly isReadWhole: boolean;
}

/** What every place for a study keeps to. */
export function describeStudyStorage(name: string, start: () => Promise<StoragePlace>): void {
  describe(`a study on ${name}`, () => {
    let place: StoragePlace;
    let number = 0;
    const open = (): Promise<StudyStorage> => openStorage(place.address(`study-${number++}`));
    beforeAll(async () => {
      place = await start();
    });
    afterAll(() => place.stop());

    it("gives back what was put, byte for byte, and nothing of what was not", async () => {
      const storage = await open();
      const big = randomBytes(5_000_000);
      await storage.put("sub-1/ses-1/big.bin", big);
      await storage.put("empty", new Uint8Array(0));
      await storage.put("text", "Säugling 👶\n");
      expect(Buffer.compare((await storage.read("sub-1/ses-1/big.bin"))!, big)).toBe(0);
      expect((await storage.read("empty"))!.length).toBe(0);
      expect(new TextDecoder().decode(await storage.read("text"))).toBe("Säugling 👶\n");
      expect(await storage.read("sub-1")).toBeUndefined();
      expect(await storage.read("other")).toBeUndefined();
      expect(await storage.read("text/below")).toBeUndefined();
      expect(await storage.has("text")).toBe(true);
      expect(await storage.has("other")).toBe(false);
      await storage.put("text", "new");
      expect(new TextDecoder().decode(await storage.read("text"))).toBe("new");
    });

    it("keeps any content under any name a study gives", async () => {
      const storage = await open();
      const label = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ._+=@'(),-]{0,30}[a-zA-Z0-9]$/);
      await fc.assert(
        fc.asyncProperty(label, label, fc.uint8Array({ maxLength: 200 }), async (folder, file, content) => {
          const name = `${folder}/${file}`;
          await storage.put(name, content);
          expect([...(await storage.read(name))!]).toEqual([...content]);
          expect(await storage.walk(folder)).toContain(name);
          await storage.remove(name);
          expect(await storage.has(name)).toBe(false);
        }),
        { numRuns: 30 },
      );
    });

    it("lists what lies in a folder, sorted and whole, beyond a thousand", async () => {
      const storage = await open();
      const names = Array.from({ length: 1100 }, (_, i) => `many/part-${String(i).padStart(4, "0")}`);
      for (let i = 0; i < names.length; i += 50)
        await Promise.all(names.slice(i, i + 50).map((one) => storage.put(one, "x")));
      await storage.put("many/deep/er/one", "x");
      await storage.put("many2/one", "x");
      expect(await storage.walk("many")).toEqual([...names, "many/deep/er/one"].sort());
      expect((await storage.walk("")).length).toBe(1102);
      expect(await storage.walk("nothing")).toEqual([]);
      await storage.remove("many");
      expect(await storage.walk("")).toEqual(["many2/one"]);
    }, 60_000);

    it("removes a file, or all below a folder, and minds nothing that is not there", async () => {
      const storage = await open();
      for (const one of ["a", "a-b", "c/1", "c/2/3"]) await storage.put(one, one);
      await storage.remove("a");
      await storage.remove("c");
      await storage.remove("d/e");
      expect(await storage.walk("")).toEqual(["a-b"]);
    });

    it("never shows half a file, however many write it at once", async () => {
      const storage = await open();
      const contents = [1, 2, 3, 4].map((byte) => new Uint8Array(300_000).fill(byte));
      await storage.put("one", contents[0]!);
      let isDone = false;
      const read = async () => {
        const found = (await storage.read("one"))!;
        expect(found.length).toBe(300_000);
        expect(found.every((byte) => byte === found[0])).toBe(true);
      };
      const reading = (async () => {
        while (place.isReadWhole && !isDone) await read();
      })();
      const writing = (async () => {
        for (let i = 0; i < 10; i++)
          await Promise.all(contents.map((content) => storage.put("one", content)));
        isDone = true;
      })();
      await Promise.all([reading, writing]);
      if (place.isReadWhole) await read();
      expect(await storage.walk("")).toEqual(["one"]);
    });

    it("lists what is there while others write and take away", async () => {
      const storage = await open();
      await storage.put("in/kept", "kept");
      let isDone = false;
      const writing = (async () => {
        for (let i = 0; i < 40; i++) {
          await Promise.all([1, 2, 3].map((n) => storage.put(`in/passing-${n}`, "x")));
          await Promise.all([1, 2, 3].map((n) => storage.remove(`in/passing-${n}`)));
        }
        isDone = true;
      })();
      while (!isDone) {
        const names = await storage.walk("in");
        expect(names).toContain("in/kept");
        expect(names.filter((one) => !/^in\/(kept|passing-\d)$/.test(one))).toEqual([]);
      }
      await writing;
    });

    it("takes files of this computer", async () => {
      const storage = await open();
      const folder = makeTempFolder();
      const content = randomBytes(1_000_000);
      writeFileSync(join(folder.path, "file"), content);
      await storage.putFile("deep/place", join(folder.path, "file"));
      await storage.putFile("deep/place", join(folder.path, "file"));
      expect(Buffer.compare((await storage.read("deep/place"))!, content)).toBe(0);
      folder.remove();
    });

    it("keeps a journal: pieces by what they hang on, spoilt ones as if they were not there", async () => {
      const address = place.address(`study-${number++}`);
      const keeper = await openJournalAt(placeIn(address, "milestones/one"));
      const [here, there] = [keeper.at(["a", 1]), keeper.at(["a", 2])];
      const piece = { map: Float32Array.of(1, NaN), none: undefined, deep: [{ text: "ä" }] };
      expect(await here.has("piece")).toBe(false);
      await here.write("piece", piece);
      await here.sweep();
      expect(await here.read("piece")).toEqual(piece);
      expect([await here.has("piece"), await there.has("piece")]).toEqual([true, false]);
      expect(await there.read("piece")).toBeUndefined();
      const again = (await openJournalAt(placeIn(address, "milestones/one"))).at(["a", 1]);
      expect(await again.read("piece")).toEqual(piece);
      const storage = await openStorage(address);
      const [file] = await storage.walk("milestones");
      await storage.put(file!, "spoilt");
      expect(await again.read("piece")).toBeUndefined();
    });
  });
}
