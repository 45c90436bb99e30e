import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import {
  ANNOTATION_FORMATS,
  type AnnotationFormat,
  annotationFormatOf,
  formatAnnotations,
  isCountedLegMovement,
  OptionsError,
  OutputError,
  readAnnotations,
} from "../../index.ts";

interface ConvertFlags {
  readonly from?: AnnotationFormat;
  readonly to?: AnnotationFormat;
  readonly observation?: string;
}

/** `kickline convert INPUT OUTPUT` */
export function addConvert(program: Command): void {
  program
    .command("convert")
    .description("write a night's events, or a file of annotations, in another tool's format")
    .argument("<input>", "a night's folder, its night.json, or a file of annotations")
    .argument(
      "<output>",
      "the file to write: .tsv (BIDS), .edf, .boris, .eaf (ELAN), .vtt, .csv (BORIS table)",
    )
    .addOption(new Option("--from <format>", "what the input is").choices(ANNOTATION_FORMATS))
    .addOption(
      new Option("--to <format>", "what to write; edf-leg-movements is for scorers of leg movements").choices(
        ANNOTATION_FORMATS,
      ),
    )
    .option(
      "--observation <name>",
      "which observation of a BORIS project or table, or what to call the one written",
    )
    .action(async (input: string, output: string, flags: ConvertFlags) => {
      const format = flags.to ?? annotationFormatOf(output);
      if (!format) {
        throw new OptionsError(
          "options-invalid",
          `${output} names no format`,
          `Give --to, one of ${ANNOTATION_FORMATS.join(", ")}.`,
        );
      }
      const own = flags.observation === undefined ? {} : { observation: flags.observation };
      const found = await readAnnotations(input, flags.from, own);
      if (found.length > 1) {
        throw new OptionsError(
          "options-invalid",
          `${input} holds ${found.length} recordings`,
          "Convert one at a time.",
        );
      }
      const options = { ...own, isLegMovement: isCountedLegMovement };
      try {
        await writeFile(output, formatAnnotations(found[0]!.set, format, options));
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new OutputError("output-unwritable", `${output}: ${why}`, "Choose another place.", { cause });
      }
      process.stdout.write(`${found[0]!.set.annotations.length} annotations written to ${output}\n`);
    });
}
