import { rm } from "node:fs/promises";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import {
  analysisOptionsSchema,
  identifyModel,
  KIND_WORDS,
  ModelError,
  OptionsError,
  summarizePlainly,
} from "../../index.ts";
import type { Job } from "../../queue/job.ts";
import { findNight, Refused, readReport, type ServerContext } from "../context.ts";
import { ANALYSIS_ATTEMPTS, analysisJobId } from "../jobs/work.ts";
import { type NightRow, type NightSummary, newId, summarizeNight } from "../nights/night-store.ts";
import { SERVER_DEFAULTS } from "../settings.ts";
import { takeFiles } from "./take-files.ts";

const newNightSchema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  subject: z.string().trim().max(80).default(""),
  startedAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/)
    .nullable()
    .default(null),
  timeZone: z.string().max(60).nullable().default(null),
  /** Ids of finished uploads, or paths within the open folder. */
  uploads: z.array(z.string().max(80)).max(500).default([]),
  files: z.array(z.string().max(1000)).max(500).default([]),
  options: z.record(z.string(), z.unknown()).default({}),
});

/** How often a page that watches is told, at most, ms. */
const TELL_MS = 250;

/** A model there is not, or one that cannot be used, is told at once and not by a night that fails later. */
async function needModel(name: string): Promise<void> {
  try {
    await identifyModel(name);
  } catch (error) {
    // What a model's error says names folders of this computer, which a page need not know.
    if (error instanceof OptionsError) throw new Refused(400, `No model is called "${name}".`);
    if (error instanceof ModelError)
      throw new Refused(400, `The model "${name}" cannot be used (${error.code}).`);
    throw error;
  }
}

export function nightRoutes(context: ServerContext): Hono {
  const { nights, queue, data, rooms, settings, changes } = context;
  const routes = new Hono();

  routes.get("/", async (c) =>
    c.json(await Promise.all((await nights.list()).map((n) => brief(context, n)))),
  );

  routes.post("/", async (c) => {
    const { uploads, files, ...given } = newNightSchema.parse(await c.req.json());
    const most = settings.mostNights ?? SERVER_DEFAULTS.mostNights;
    if ((await nights.list()).length >= most) throw new Refused(409, "No more nights can be kept here.");
    const checked = analysisOptionsSchema.safeParse(given.options);
    if (!checked.success) throw new Refused(400, "The options do not fit.");
    await needModel(checked.data.pose.model);
    const id = newId();
    const taken = await takeFiles(context, id, uploads, files);
    const night = { id, ...given, files: taken };
    await nights.add(night);
    await queue.add({
      id: analysisJobId(id),
      kind: "analyze",
      data: { night: id },
      mostAttempts: ANALYSIS_ATTEMPTS,
    });
    return c.json({ id }, 201);
  });

  routes.get("/:night", async (c) =>
    c.json(await brief(context, await findNight(context, c.req.param("night")))),
  );

  routes.get("/:night/words", async (c) => {
    const report = await readReport(context, await findNight(context, c.req.param("night")));
    return c.json({ ...summarizePlainly(report), kinds: KIND_WORDS_FLAT });
  });

  routes.delete("/:night", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    await queue.cancel(analysisJobId(night.id));
    await nights.remove(night.id);
    await rooms.leave(night.id);
    // The trail of its reviews stays in the database; the film and what was made of it go.
    await rm(data.night(night.id).path, { recursive: true, force: true });
    changes.emit("change", night.id);
    return c.body(null, 204);
  });

  routes.post("/:night/:order{retry|cancel}", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const job = analysisJobId(night.id);
    const isDone = await (c.req.param("order") === "retry" ? queue.retry(job) : queue.cancel(job));
    if (!isDone) throw new Refused(409, "That is not possible now.");
    changes.emit("change", night.id);
    return c.body(null, 204);
  });

  routes.get("/:night/progress", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    return streamSSE(c, async (stream) => {
      let last = "";
      let wake = () => {};
      const onChange = (id: string) => {
        if (id === night.id) wake();
      };
      changes.on("change", onChange);
      stream.onAbort(() => {
        changes.off("change", onChange);
        wake();
      });
      while (!stream.aborted) {
        const now = JSON.stringify(await brief(context, night));
        if (now !== last) await stream.writeSSE({ event: "night", data: now });
        last = now;
        await stream.sleep(TELL_MS);
        // Looks by itself now and then: another process may work on the queue.
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 2000);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      changes.off("change", onChange);
    });
  });

  return routes;
}

const KIND_WORDS_FLAT = Object.fromEntries(
  Object.entries(KIND_WORDS).map(([kind, { name }]) => [kind, name]),
);

/** A night for lists and for whoever watches its analysis. */
async function brief(context: ServerContext, night: NightRow) {
  const job = await context.queue.get(analysisJobId(night.id));
  return {
    ...{ id: night.id, title: night.title, subject: night.subject, addedAt: night.addedAt },
    job: job ? describeJob(job) : null,
    report: night.brief ?? (await findBrief(context, night)),
  };
}

/** The summary of a report that is there though nobody kept its summary, as when the data folder was restored. */
async function findBrief(context: ServerContext, night: NightRow): Promise<NightSummary | null> {
  const now = (await context.nights.get(night.id))?.brief;
  if (now) return now;
  const report = await readReport(context, night).catch(() => undefined);
  if (!report) return null;
  const brief = summarizeNight(report);
  await context.nights.setBrief(night.id, brief);
  return brief;
}

function describeJob({ state, attempts, progress, reason }: Job) {
  return { state, attempts, progress, reason };
}
