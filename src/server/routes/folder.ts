import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { NotFound, type ServerContext } from "../context.ts";
import { stayWithin } from "../security/stay-within.ts";

const VIDEO = /\.(mp4|mov|m4v|mkv|webm|avi|ts|mts|m2ts|mpg|mpeg|flv|wmv|3gp|h264|hevc|dav)$/i;
const MOST = 2000;

/** What lies in the open folder: folders, and files that look like videos. */
export function folderRoutes({ settings }: ServerContext): Hono {
  const routes = new Hono();
  routes.get("/", async (c) => {
    const asked = c.req.query("path") ?? "";
    const place = settings.folder === undefined ? undefined : await stayWithin(settings.folder, asked);
    if (place === undefined) throw new NotFound("There is no such folder here.");
    const names = await readdir(place, { withFileTypes: true }).catch(() => {
      throw new NotFound("There is no such folder here.");
    });
    const shown = names.filter(({ name }) => !name.startsWith(".")).slice(0, MOST);
    const entries = shown.map(async (entry) => {
      const bytes = entry.isFile() ? (await stat(join(place, entry.name))).size : 0;
      const path = asked === "" ? entry.name : `${asked}/${entry.name}`;
      return { name: entry.name, path, bytes, isFolder: entry.isDirectory() };
    });
    const all = await Promise.all(entries);
    return c.json(all.filter(({ name, isFolder }) => isFolder || VIDEO.test(name)));
  });
  return routes;
}
