import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordedStep, ReviewStep } from "../../src/agreement/review-action.ts";
import { openDatabase } from "../../src/server/database/open-database.ts";
import { NightStore } from "../../src/server/nights/night-store.ts";
import { type RunningServer, startServer } from "../../src/server/start-server.ts";
import { inventNight } from "../report/invented-night.ts";
import { askJson } from "../support/running-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const folder = makeTempFolder();
const NIGHT = "abcdef012345";
let server: RunningServer;
const base = () => `http://127.0.0.1:${server.port}/api`;
const settings = { data: folder.path, host: "127.0.0.1", port: 0, cli: "none" };
const report = inventNight({ seed: 3, duration: 3600, events: 60 });

beforeAll(async () => {
  const result = join(folder.path, "nights", NIGHT, "result");
  mkdirSync(result, { recursive: true });
  writeFileSync(join(result, "night.json"), JSON.stringify(report));
  server = await startServer(settings);
  const database = await openDatabase(join(folder.path, "kickline.db"));
  const night = { id: NIGHT, title: "<img src=x onerror=alert(1)>", subject: "", files: ["gone.mp4"] };
  await new NightStore(database).add({ ...night, startedAt: null, timeZone: null, options: {} });
  database.close();
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

const reviewer = async (name: string, seesMachine = true) =>
  (await askJson<{ id: string }>(`${base()}/reviewers`, "POST", { name, seesMachine })).id;
const path = (who: string) => `${base()}/nights/${NIGHT}/reviews/${who}`;
const step = (id: string, one: ReviewStep) => ({ id: id.padEnd(8, "-"), step: one });
const first = report.events[0]!.id;
const trail = (who: string) => askJson<{ revision: number; steps: RecordedStep[] }>(path(who));
const post = (who: string, base: number, ...steps: ReturnType<typeof step>[]) =>
  fetch(path(who), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ base, steps }),
  });

describe("reviews", () => {
  it("keep what two tabs send at once: the later one is told, and loses nothing", async () => {
    const who = await reviewer("two tabs");
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => post(who, 0, step(`tab-${i}`, { type: "accept", event: first }))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    for (let i = 0; i < 8; i++) {
      for (let sent = false; !sent; ) {
        const { revision } = await trail(who);
        sent = (await post(who, revision, step(`tab-${i}`, { type: "accept", event: first }))).ok;
      }
    }
    const { steps } = await trail(who);
    expect(steps.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(8);
  });

  it("count a step once that was sent twice, because its answer was lost", async () => {
    const who = await reviewer("twice");
    const one = step("only-one", { type: "reject", event: first });
    expect((await post(who, 0, one)).status).toBe(200);
    expect((await post(who, 0, one)).status).toBe(200);
    expect((await trail(who)).steps).toHaveLength(1);
  });

  it("only grow: the database itself refuses to change or drop a step", async () => {
    const database = await openDatabase(join(folder.path, "kickline.db"));
    for (const sql of [
      "update review_steps set step = '{}'",
      "delete from review_steps",
      "delete from watched",
    ]) {
      if (sql.includes("watched")) {
        const who = await reviewer("watcher");
        await askJson(`${path(who)}/watched`, "POST", { stretches: [{ onset: 0, duration: 5, speed: 1 }] });
      }
      await expect(database.execute(sql)).rejects.toThrow(/only grows/);
    }
    database.close();
  });

  it("refuse what is no step", async () => {
    const who = await reviewer("wrong");
    const odd = [
      { type: "accept" },
      { type: "delete", event: first },
      { type: "move", event: first, onset: -1, duration: 2 },
      { type: "move", event: first, onset: 1, duration: 0 },
      { type: "relabel", event: first, kind: "anything" },
      { type: "comment", event: first, text: "x".repeat(3000) },
      { type: "accept", event: first, more: 1 },
    ];
    for (const one of odd) expect((await post(who, 0, step("odd", one as ReviewStep))).status).toBe(400);
    expect((await post("nobody", 0, step("odd", { type: "finish" }))).status).toBe(404);
    expect((await trail(who)).steps).toEqual([]);
  });

  it("stay hidden from the other rater until both have finished", async () => {
    const [a, b] = [await reviewer("first"), await reviewer("second", false)];
    await post(a, 0, step("a-says-no", { type: "reject", event: first }));
    await post(b, 0, step("b-adds", { type: "add", onset: 5, duration: 2, kind: "startle", limb: "body" }));
    const agreement = `${base()}/nights/${NIGHT}/agreement?first=${a}&second=${b}`;
    expect((await fetch(agreement)).status).toBe(409);
    const hidden = await askJson<{ reviewer: string }[]>(`${base()}/nights/${NIGHT}/trail?reviewer=${b}`);
    expect(hidden.map((one) => one.reviewer)).not.toContain(a);
    expect(JSON.stringify(await askJson(`${base()}/nights/${NIGHT}/reviews`))).not.toContain("a-says-no");
    await post(a, 1, step("a-ends", { type: "finish" }));
    expect((await fetch(agreement)).status).toBe(409);
    await post(b, 1, step("b-ends", { type: "finish" }));
    const compared = await askJson<{ kinds: { kind: string; second: number }[] }>(agreement);
    expect(compared.kinds.find(({ kind }) => kind === "startle")?.second).toBe(1);
    const open = await askJson<{ reviewer: string; name: string }[]>(
      `${base()}/nights/${NIGHT}/trail?reviewer=${b}`,
    );
    expect(open.map(({ name }) => name)).toContain("first");
  });

  it("are exported as they stand, and hostile words stay words", async () => {
    const who = await reviewer("<script>alert(2)</script>");
    await post(who, 0, step("no-first", { type: "reject", event: first }));
    const get = (format: string) => fetch(`${base()}/nights/${NIGHT}/export/${format}?reviewer=${who}`);
    const json = (await (await get("json")).json()) as typeof report;
    expect(json.events.map(({ id }) => id)).not.toContain(first);
    expect(json.events).toHaveLength(report.events.length - 1);
    const rows = (await (await get("tsv")).text()).trim().split("\n");
    expect(rows).toHaveLength(report.events.length);
    const html = await get("html");
    expect(html.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+"/);
    expect(await html.text()).not.toContain("<script>alert(2)");
    const pdf = Buffer.from(await (await get("pdf")).arrayBuffer()).toString("latin1");
    expect(pdf.slice(0, 5)).toBe("%PDF-");
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect((await get("exe")).status).toBe(404);
  });

  it("of a history are saved by the latest only", async () => {
    const at = `${base()}/nights/${NIGHT}/history`;
    const put = (base: number, soothes: string) =>
      fetch(at, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ base, answers: { soothes } }),
      });
    expect((await put(0, "rocking")).status).toBe(200);
    expect((await put(0, "singing")).status).toBe(409);
    expect((await put(1, "singing")).status).toBe(200);
    expect(await askJson(at)).toMatchObject({ revision: 2, answers: { soothes: "singing" } });
  });
});

describe("the database", () => {
  it("of a newer version is left alone", async () => {
    const other = makeTempFolder();
    const database = await openDatabase(join(other.path, "kickline.db"));
    await database.execute("pragma user_version = 99");
    database.close();
    await expect(startServer({ ...settings, data: other.path })).rejects.toMatchObject({
      code: "data-newer",
    });
    other.remove();
  });
});
