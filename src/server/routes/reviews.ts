import { Hono } from "hono";
import { z } from "zod";
import { compareRaters, newStepSchema, summarizeWatched } from "../../index.ts";
import { findNight, NotFound, Refused, readReport, readReview, type ServerContext } from "../context.ts";

const reviewerSchema = z.strictObject({ name: z.string().trim().min(1).max(60), seesMachine: z.boolean() });
const stepsSchema = z.strictObject({
  /** The revision up to which the sender has seen the trail. */
  base: z.number().int().min(0),
  steps: z.array(newStepSchema).min(1).max(500),
});
const watchedSchema = z.strictObject({
  stretches: z
    .array(
      z.strictObject({
        onset: z.number().finite().min(0),
        duration: z.number().finite().positive().max(86_400),
        speed: z.number().finite().min(0.1).max(32),
      }),
    )
    .min(1)
    .max(500),
});

export function reviewerRoutes({ reviews }: ServerContext): Hono {
  const routes = new Hono();
  routes.get("/", async (c) => c.json(await reviews.reviewers()));
  routes.post("/", async (c) => {
    const { name, seesMachine } = reviewerSchema.parse(await c.req.json());
    return c.json(await reviews.addReviewer(name, seesMachine), 201);
  });
  return routes;
}

/** Reviews of a night: each reviewer's own, and, once both have finished, how two compare. */
export function reviewRoutes(context: ServerContext): Hono {
  const { reviews, changes } = context;
  const routes = new Hono();
  const known = async (id: string) => {
    if (!(await reviews.reviewers()).some((one) => one.id === id)) throw new NotFound("No such reviewer.");
    return id;
  };

  routes.get("/:night/reviews/:reviewer", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const reviewer = await known(c.req.param("reviewer"));
    const after = z.coerce.number().int().min(0).default(0).parse(c.req.query("after"));
    const steps = await reviews.steps(night.id, reviewer, after);
    return c.json({ revision: steps.at(-1)?.revision ?? after, steps });
  });

  routes.post("/:night/reviews/:reviewer", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const reviewer = await known(c.req.param("reviewer"));
    const { base, steps } = stepsSchema.parse(await c.req.json());
    const answer = await reviews.append(night.id, reviewer, base, steps);
    if (answer.isDone) changes.emit("change", night.id);
    return c.json(answer, answer.isDone ? 200 : 409);
  });

  routes.get("/:night/reviews/:reviewer/watched", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const { duration } = (await readReport(context, night)).recording;
    const stretches = await reviews.watched(night.id, await known(c.req.param("reviewer")));
    return c.json(summarizeWatched(stretches, duration));
  });
  routes.post("/:night/reviews/:reviewer/watched", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const { stretches } = watchedSchema.parse(await c.req.json());
    await reviews.addWatched(night.id, await known(c.req.param("reviewer")), stretches);
    return c.body(null, 204);
  });

  routes.get("/:night/reviews", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const report = await readReport(context, night);
    const all = await reviews.reviewers();
    // Only whether and how far, never what: raters are blind to each other until both have finished.
    const states = all.map(async ({ id, name, seesMachine }) => {
      const { state } = await readReview(context, night, report, id);
      const decided = state.events.filter(({ decision }) => decision !== "open").length;
      const steps = state.standing.length;
      return { id, name, seesMachine, steps, decided, isFinished: state.isFinished };
    });
    return c.json((await Promise.all(states)).filter(({ steps }) => steps > 0));
  });

  routes.get("/:night/agreement", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const report = await readReport(context, night);
    const { first, second } = z.object({ first: z.string(), second: z.string() }).parse(c.req.query());
    const [a, b] = [
      await readReview(context, night, report, first),
      await readReview(context, night, report, second),
    ];
    if (!a.state.isFinished || !b.state.isFinished) {
      throw new Refused(409, "Both raters must have finished: until then they stay blind to each other.");
    }
    const { duration } = report.recording;
    return c.json({
      ...{ first: a.name, second: b.name },
      ...compareRaters(a.state.events, b.state.events, duration),
    });
  });

  routes.get("/:night/trail", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const report = await readReport(context, night);
    const names = new Map((await reviews.reviewers()).map(({ id, name }) => [id, name]));
    const trail = await reviews.trail(night.id);
    // A review under way is its reviewer's own until it is finished.
    const open = new Set<string>();
    for (const id of new Set(trail.map(({ reviewer }) => reviewer))) {
      if (!(await readReview(context, night, report, id)).state.isFinished) open.add(id);
    }
    const mine = c.req.query("reviewer");
    const shown = trail.filter(({ reviewer }) => reviewer === mine || !open.has(reviewer));
    return c.json(shown.map((one) => ({ ...one, name: names.get(one.reviewer) ?? "" })));
  });

  return routes;
}
