import type { Command } from "commander";
import {
  type AddedModelState,
  addModel,
  checkModel,
  listAddedModels,
  listModels,
  type ModelCheck,
  type ModelIdentity,
  removeModel,
} from "../../index.ts";
import { EXIT } from "../exit.ts";

interface ModelsFlags {
  readonly json?: boolean;
}

/** `kickline models list | check FILE | add FILE | remove NAME` */
export function addModels(program: Command): void {
  const models = program.command("models").description("pose models: those there are, and your own");
  models
    .command("list")
    .description("print the models that may be named, those of your own included")
    .option("--json", "print as JSON")
    .action(async (flags: ModelsFlags) => {
      const [bundled, added] = await Promise.all([listModels(), listAddedModels()]);
      if (flags.json) print(JSON.stringify(listAsJson(bundled, added), null, 2));
      else print([...bundled.map((one) => `${tell(one)}  of Kickline`), ...added.map(tellAdded)].join("\n"));
      process.exitCode = added.some(({ problem }) => problem) ? EXIT.failed : EXIT.done;
    });
  models
    .command("check")
    .description(
      "check a pose model of your own: whether it may be used, and what it finds on a rendered picture",
    )
    .argument("<model.json>", "its description (see docs/models.md)")
    .option("--json", "print as JSON")
    .action(async (path: string, flags: ModelsFlags) =>
      tellCheck(await checkModel(path), flags, "fit to be used"),
    );
  models
    .command("add")
    .description("check a pose model of your own and keep a copy: then --model and options may name it")
    .argument("<model.json>", "its description (see docs/models.md)")
    .option("--json", "print as JSON")
    .action(async (path: string, flags: ModelsFlags) => tellCheck(await addModel(path), flags, "added"));
  models
    .command("remove")
    .description("remove the copy of a model of your own")
    .argument("<name>", "its name")
    .action(async (name: string) => {
      await removeModel(name);
      print(`${name} removed`);
    });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell({ name, version, sha256 }: ModelIdentity): string {
  return `${name.padEnd(20)} ${version.padEnd(20)} ${sha256.slice(0, 12)}`;
}

function tellAdded({ name, identity, licence, problem }: AddedModelState): string {
  if (identity) return `${tell(identity)}  added, ${(licence ?? "").split("\n")[0]?.slice(0, 40)}`;
  return `${name.padEnd(20)} cannot be used: ${problem?.message ?? ""}`;
}

function listAsJson(bundled: readonly ModelIdentity[], added: readonly AddedModelState[]) {
  return [
    ...bundled.map((identity) => ({ ...identity, added: false })),
    ...added.map(({ name, identity, licence, problem }) => ({
      ...{ name, ...identity, added: true },
      ...(licence === undefined ? {} : { licence }),
      ...(problem ? { problem: { code: problem.code, message: problem.message } } : {}),
    })),
  ];
}

function tellCheck(check: ModelCheck, { json }: ModelsFlags, done: string): void {
  if (json) {
    print(JSON.stringify(check, null, 2));
    return;
  }
  const lines = check.keypoints.map(({ name, confidence, off, isFound }) =>
    [
      `  ${name.padEnd(14)}`,
      isFound ? "found" : "not found",
      `${off.toFixed(2)} trunk lengths off`,
      `confidence ${confidence.toFixed(2)}`,
    ].join("  "),
  );
  const found = check.keypoints.filter(({ isFound }) => isFound).length;
  print(`${check.model.name} ${check.model.version}: ${done}`);
  print(`On a rendered infant ${found} of ${check.keypoints.length} keypoints were found.`);
  for (const line of lines) print(line);
  for (const warning of check.warnings) print(`Warning: ${warning}`);
}
