import { readFile } from "node:fs/promises";
import { downloadZip } from "client-zip";
import { Hono } from "hono";
import {
  applyReview,
  formatEventsTsv,
  type NightReport,
  pickMoments,
  readNight,
  renderReportHtml,
  sayWhen,
} from "../../index.ts";
import { findNight, NotFound, readReport, readReview, type ServerContext } from "../context.ts";
import type { NightRow } from "../nights/night-store.ts";
import { renderNightPdf } from "../pdf/night-pdf.ts";
import { asDownload } from "../security/headers.ts";
import { safeFileName } from "../security/safe-name.ts";
import { clipOf } from "./media.ts";

/** Most clips in an archive: the clearest of each kind come first. */
const MOST_CLIPS = 40;

/** Files to take along, of the night as detected or, with `?reviewer=`, as that reviewer left it. */
export function exportRoutes(context: ServerContext): Hono {
  const routes = new Hono();
  routes.get("/:night/export/:format", async (c) => {
    const night = await findNight(context, c.req.param("night"));
    const reviewer = c.req.query("reviewer");
    const report = await reportFor(context, night, reviewer);
    const name = safeFileName(night.title) + (reviewer === undefined ? "" : "-reviewed");
    switch (c.req.param("format")) {
      case "json":
        asDownload(c, `${name}.json`, "application/json");
        return c.body(`${JSON.stringify(report, null, 1)}\n`);
      case "tsv":
        asDownload(c, `${name}.tsv`, "text/tab-separated-values; charset=utf-8");
        return c.body(formatEventsTsv(report));
      case "html": {
        asDownload(c, `${name}.html`, "text/html; charset=utf-8");
        const { thumbnails } = await readNight(context.data.night(night.id).result);
        const asUri = (data: Uint8Array) => `data:image/jpeg;base64,${Buffer.from(data).toString("base64")}`;
        const pictures = [...thumbnails].map(([id, data]) => [id, asUri(data)] as const);
        return c.body(renderReportHtml(report, { thumbnails: Object.fromEntries(pictures) }));
      }
      case "pdf":
        asDownload(c, `${name}.pdf`, "application/pdf");
        return c.body(new Uint8Array(await pdfOf(context, night, report)));
      case "clips": {
        asDownload(c, `${name}-clips.zip`, "application/zip");
        return c.body(downloadZip(clipsOf(context, night, report)).body as ReadableStream);
      }
      default:
        throw new NotFound("There is no such export.");
    }
  });
  return routes;
}

async function reportFor(
  context: ServerContext,
  night: NightRow,
  reviewer: string | undefined,
): Promise<NightReport> {
  const report = await readReport(context, night);
  if (reviewer === undefined) return report;
  const { name, state } = await readReview(context, night, report, reviewer);
  return applyReview(report, state.events, name);
}

async function pdfOf(context: ServerContext, night: NightRow, report: NightReport): Promise<Uint8Array> {
  const moments = pickMoments(report).map((event) => ({
    ...{ id: event.id, when: sayWhen(report, event.onset), words: event.evidence.because },
  }));
  const { thumbnails } = await readNight(context.data.night(night.id).result);
  const { answers } = await context.diary.history(night.id);
  return renderNightPdf({ report, title: night.title, history: answers, moments, pictures: thumbnails });
}

/** Clips of the clearest events of each kind, one after the other as the archive is written, and a list of them. */
async function* clipsOf(context: ServerContext, night: NightRow, report: NightReport) {
  const detected = new Set((await readReport(context, night)).events.map(({ id }) => id));
  const shown = pickMoments(
    { ...report, events: report.events.filter(({ id }) => detected.has(id)) },
    MOST_CLIPS,
  );
  const lines = shown.map((event) => {
    return `${event.id}.mp4\t${sayWhen(report, event.onset)}\t${event.kind}\t${event.evidence.because}`;
  });
  yield {
    name: "clips.tsv",
    input: `file\twhen\tkind\twhat\n${lines.join("\n")}\n`,
    lastModified: new Date(),
  };
  for (const { id } of shown) {
    yield {
      name: `${id}.mp4`,
      input: await readFile(await clipOf(context, night, id)),
      lastModified: new Date(),
    };
  }
}
