import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { analysisOptionsSchema, isPlayable } from "../../index.ts";
import { findNight, NotFound, Refused, readReport, roomOf, type ServerContext } from "../context.ts";
import { safeEventId } from "../nights/night-folder.ts";
import type { NightRow } from "../nights/night-store.ts";
import { sendFile } from "../send-file.ts";

const LONG = "private, max-age=86400";
const stretchSchema = z.object({
  onset: z.coerce.number().finite().min(-10).max(1e6),
  duration: z.coerce.number().finite().positive().max(3600),
});
const limitsSchema = z.strictObject({ events: z.record(z.string(), z.number()) });

/** Pictures, films and measurements of a night. */
export function mediaRoutes(context: ServerContext): Hono {
  const { data, rooms } = context;
  const routes = new Hono();
  const night = (id: string | undefined) => findNight(context, id);

  routes.get("/:night/report", async (c) => {
    const { id } = await night(c.req.param("night"));
    return sendFile(c, data.night(id).report, "application/json");
  });
  routes.get("/:night/sketch.svg", async (c) => {
    const { id } = await night(c.req.param("night"));
    return sendFile(c, data.night(id).sketch, "image/svg+xml", "no-store");
  });
  routes.get("/:night/timeline.svg", async (c) => {
    const { id } = await night(c.req.param("night"));
    return sendFile(c, data.night(id).timeline, "image/svg+xml");
  });
  routes.get("/:night/thumbnails/:event", async (c) => {
    const { id } = await night(c.req.param("night"));
    return sendFile(c, data.night(id).thumbnail(c.req.param("event")), "image/jpeg", LONG);
  });
  routes.get("/:night/clips/:event", async (c) => {
    const path = await clipOf(context, await night(c.req.param("night")), c.req.param("event"));
    return sendFile(c, path, "video/mp4", LONG);
  });
  routes.get("/:night/video/:file{[0-9]+}", async (c) => {
    const row = await night(c.req.param("night"));
    const index = Number(c.req.param("file"));
    const file = (await readReport(context, row)).recording.files[index];
    if (!file) throw new NotFound("There is no such file.");
    const made = data.night(row.id).playable(index);
    const source = row.files.find((path) => path.endsWith(file.name));
    const path = isPlayable(file) && source !== undefined ? source : made;
    return sendFile(c, path, "video/mp4", "private, no-cache");
  });

  for (const method of ["readPoses", "readTraces", "readFlow", "readSpectrum"] as const) {
    routes.get(`/:night/${method.slice(4).toLowerCase()}`, async (c) => {
      const row = await night(c.req.param("night"));
      const stretch = stretchSchema.parse(c.req.query());
      await readReport(context, row);
      c.header("Cache-Control", "private, max-age=600");
      return c.json(await rooms.ask(row.id, roomOf(context, row), method, stretch));
    });
  }

  routes.post("/:night/judge", async (c) => {
    const row = await night(c.req.param("night"));
    const { events: limits } = limitsSchema.parse(await c.req.json());
    const events = { ...(row.options["events"] as Record<string, unknown> | undefined), ...limits };
    const checked = analysisOptionsSchema.safeParse({ ...row.options, events });
    if (!checked.success)
      throw new Refused(400, checked.error.issues[0]?.message ?? "The limits do not fit.");
    await readReport(context, row);
    const judged = await rooms.ask(row.id, roomOf(context, row), "judgeAgain", events);
    const brief = judged.events.map(({ id, onset, duration, kind, limb, confidence, frequencyHz }) => ({
      ...{ id, onset, duration, kind, limb, confidence, frequencyHz },
    }));
    return c.json({ summary: judged.summary, events: brief, options: { ...row.options, events } });
  });

  return routes;
}

/** The clip of an event with the skeleton drawn on, cut when it is first asked for. */
export async function clipOf(context: ServerContext, row: NightRow, event: string): Promise<string> {
  const { clips } = context.data.night(row.id);
  const path = join(clips, `${safeEventId(event)}.mp4`);
  if (await stat(path).then(Boolean, () => false)) return path;
  const found = (await readReport(context, row)).events.find(({ id }) => id === event);
  if (!found) throw new NotFound("There is no such event.");
  await mkdir(clips, { recursive: true });
  const part = join(clips, `${event}.${Math.random().toString(36).slice(2)}.part.mp4`);
  const { onset, duration } = found;
  await context.rooms.ask(row.id, roomOf(context, row), "writeClip", { onset, duration }, part);
  await rename(part, path);
  return path;
}
