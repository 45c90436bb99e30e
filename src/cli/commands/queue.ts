import { type Command, Option } from "commander";
import { OptionsError } from "../../index.ts";
import { JOB_STATES, type Job, type JobState } from "../../queue/job.ts";
import { EXIT } from "../exit.ts";
import { type QueueFlags, queueFlags, queueOf } from "../queue-flags.ts";

interface ListFlags extends QueueFlags {
  readonly state?: JobState;
  readonly json?: boolean;
}

/** `kickline queue [status|list|retry|cancel|remove]` */
export function addQueue(program: Command): void {
  const queue = program.command("queue").description("look into a queue, and at what failed for good in it");
  queueFlags(queue.command("status", { isDefault: true }).description("how many jobs are in which state"))
    .option("--json", "as JSON")
    .action(async (flags: ListFlags) => {
      await withQueue(flags, async (opened) => {
        const counts = await opened.counts();
        const lines = Object.entries(counts).map(([state, count]) => `${state}\t${count}\n`);
        process.stdout.write(flags.json ? `${JSON.stringify(counts)}\n` : lines.join(""));
      });
    });
  queueFlags(queue.command("list").description("jobs with their reasons; dead ones if not told otherwise"))
    .addOption(new Option("--state <state>", "which").choices([...JOB_STATES]).default("dead"))
    .option("--json", "as JSON lines, with all that is known of each")
    .action(async (flags: ListFlags) => {
      await withQueue(flags, async (opened) => {
        for (const job of await opened.list([flags.state ?? "dead"])) {
          process.stdout.write(flags.json ? `${JSON.stringify(job)}\n` : describe(job));
        }
      });
    });
  addChange(queue, "retry", "dead", "let dead jobs wait again, with all their attempts");
  addChange(queue, "cancel", "waiting", "take waiting and running jobs out");
  addChange(queue, "remove", "dead", "forget jobs that ended");
}

function addChange(
  parent: Command,
  name: "retry" | "cancel" | "remove",
  all: JobState,
  description: string,
): void {
  queueFlags(parent.command(name).description(description))
    .argument("[id...]", "which jobs, each in quotes")
    .option("--all", `every ${all} one`, false)
    .action(async (ids: string[], flags: QueueFlags & { readonly all: boolean }) => {
      if (flags.all === ids.length > 0) {
        throw new OptionsError(
          "options-invalid",
          `${name}: ${flags.all ? "both ids and --all are given" : "no job is named"}`,
          "Give ids as kickline queue list prints them, each in quotes, or --all.",
        );
      }
      await withQueue(flags, async (opened) => {
        // The last added first: a night that is given out before its dead parts were revived would fail of them again.
        const wanted = flags.all ? (await opened.list([all])).map(({ id }) => id).reverse() : ids;
        let changed = 0;
        for (const id of wanted) {
          if (await opened[name](id)) changed++;
          else process.stderr.write(`There is no such job to ${name}: "${id}"\n`);
        }
        process.stdout.write(`${changed} of ${wanted.length}\n`);
        if (changed < wanted.length) process.exitCode = EXIT.failed;
      });
    });
}

async function withQueue(
  flags: QueueFlags,
  use: (queue: Awaited<ReturnType<typeof queueOf>>) => Promise<void>,
): Promise<void> {
  const opened = await queueOf(flags);
  try {
    await use(opened);
  } finally {
    await opened.close();
  }
}

function describe({ id, state, attempts, reason }: Job): string {
  // A line a job, whatever the reason holds.
  return `${id}\t${state}\t${attempts}\t${(reason ?? "").replaceAll(/\s+/g, " ")}\n`;
}
