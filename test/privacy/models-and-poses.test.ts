import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { builtCli, ROOT } from "../support/built-cli.ts";
import { putMovenet } from "../support/movenet-model.ts";
import { makeTestFolder } from "../support/temp-folder.ts";

it("models of one's own and HDF5 files are checked and read without network, and leave nothing behind", async () => {
  const folder = makeTestFolder();
  const [log, home, temporary] = ["network.log", "home", "temporary"].map((name) => join(folder, name));
  mkdirSync(home!);
  mkdirSync(temporary!);
  const library = pathToFileURL(join(await builtCli(), "../../index.js")).href;
  const model = await putMovenet(join(folder, "own"));
  const code = `
    const { checkModel, formatMovement, readPoses } = await import(${JSON.stringify(library)});
    const { keypoints } = await checkModel(${JSON.stringify(model)});
    const table = await readPoses(${JSON.stringify(join(ROOT, "fixtures/poses/sleap.analysis.h5"))});
    console.log(keypoints.length, table.frames, (await formatMovement(table)).length > 1000);`;
  const guard = pathToFileURL(join(ROOT, "test/support/no-network.mjs")).href;
  const told = execFileSync(process.execPath, ["--import", guard, "--input-type=module", "-e", code], {
    env: { PATH: process.env["PATH"], NETWORK_LOG: log, HOME: home, TMPDIR: temporary },
    encoding: "utf8",
  });
  expect(told.trim()).toBe("17 6 true");
  expect(readFileSync(log!, "utf8")).toBe("guarded main\n");
  expect([...readdirSync(home!), ...readdirSync(temporary!)]).toEqual([]);
});
