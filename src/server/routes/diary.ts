import { Hono } from "hono";
import { z } from "zod";
import { findNight, type ServerContext } from "../context.ts";
import { historySchema, newDiaryEntrySchema } from "../nights/diary-store.ts";

export function diaryRoutes({ diary }: ServerContext): Hono {
  const routes = new Hono();
  routes.get("/", async (c) => c.json(await diary.list(c.req.query("subject") ?? "")));
  routes.post("/", async (c) => c.json(await diary.add(newDiaryEntrySchema.parse(await c.req.json())), 201));
  routes.delete("/:id", async (c) => {
    await diary.remove(c.req.param("id"));
    return c.body(null, 204);
  });
  return routes;
}

const savedSchema = z.strictObject({ base: z.number().int().min(0), answers: historySchema });

export function historyRoutes(context: ServerContext): Hono {
  const { diary } = context;
  const routes = new Hono();
  routes.get("/:night/history", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    return c.json(await diary.history(night.id));
  });
  routes.put("/:night/history", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const { base, answers } = savedSchema.parse(await c.req.json());
    const isSaved = await diary.saveHistory(night.id, base, answers);
    return c.json(await diary.history(night.id), isSaved ? 200 : 409);
  });
  return routes;
}
