import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ZodError } from "zod";
import { KicklineError, VERSION } from "../index.ts";
import { NotFound, Refused, type ServerContext } from "./context.ts";
import { RoomError } from "./room/room.ts";
import { diaryRoutes, historyRoutes } from "./routes/diary.ts";
import { exportRoutes } from "./routes/exports.ts";
import { folderRoutes } from "./routes/folder.ts";
import { mediaRoutes } from "./routes/media.ts";
import { nightRoutes } from "./routes/nights.ts";
import { pageRoutes } from "./routes/pages.ts";
import { reviewerRoutes, reviewRoutes } from "./routes/reviews.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { guard } from "./security/guard.ts";
import { secureHeaders } from "./security/headers.ts";

/** Largest question that is not an upload: a whole review in one go. */
const MOST_BODY = 4 * 2 ** 20;

/** The app as a web-standard handler: questions in, answers out. */
export async function createApp(context: ServerContext): Promise<Hono> {
  const { settings } = context;
  const app = new Hono();
  app.use(secureHeaders);
  app.use(guard(settings.host, settings.token));
  app.route("/api/uploads", await uploadRoutes(context));
  app.use("/api/*", bodyLimit({ maxSize: MOST_BODY }));
  app.get("/api/state", (c) => c.json({ version: VERSION, hasFolder: settings.folder !== undefined }));
  app.route("/api/nights", nightRoutes(context));
  app.route("/api/nights", mediaRoutes(context));
  app.route("/api/nights", reviewRoutes(context));
  app.route("/api/nights", historyRoutes(context));
  app.route("/api/nights", exportRoutes(context));
  app.route("/api/reviewers", reviewerRoutes(context));
  app.route("/api/diary", diaryRoutes(context));
  app.route("/api/folder", folderRoutes(context));
  app.all("/api/*", (c) => c.json({ error: "There is nothing here." }, 404));
  app.route("/", pageRoutes());
  app.onError((error, c) => {
    if (error instanceof NotFound || error instanceof RangeError)
      return c.json({ error: error.message }, 404);
    if (error instanceof Refused) return c.json({ error: error.message }, error.status);
    if (error instanceof ZodError) {
      const [first] = error.issues;
      return c.json({ error: `${first?.path.join(".") ?? ""}: ${first?.message ?? ""}` }, 400);
    }
    if (error instanceof SyntaxError) return c.json({ error: "That is not JSON." }, 400);
    // A recording whose drive was pulled out, say: the report is still there, looking closely is not.
    if (error instanceof RoomError) return c.json({ error: error.message }, 422);
    if (error instanceof KicklineError) return c.json({ error: error.message, advice: error.advice }, 422);
    console.error(error);
    return c.json({ error: "Something went wrong that should not have." }, 500);
  });
  return app;
}
