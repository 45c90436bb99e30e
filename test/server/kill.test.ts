import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/built-cli.ts";
import { askJson, QUICK, type RunningServer, startApp, until } from "../support/running-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

interface Brief {
  readonly job: {
    readonly state: string;
    readonly attempts: number;
    readonly progress: { stage: string } | null;
  };
  readonly report: unknown;
}

const folder = makeTempFolder();
let app: RunningServer | undefined;
afterAll(async () => {
  await app?.kill();
  folder.remove();
});

describe("an app that is killed", { timeout: 240_000 }, () => {
  it("goes on with its work after a restart, and has lost no step of any review", async () => {
    const open = join(folder.path, "open");
    const data = join(folder.path, "data");
    mkdirSync(open);
    copyFileSync(join(ROOT, "fixtures/demo/demo.mp4"), join(open, "demo.mp4"));
    app = await startApp(data, "--folder", open);
    const given = { title: "Killed", files: ["demo.mp4"], options: QUICK };
    const { id } = await askJson<{ id: string }>(`${app.address}/api/nights`, "POST", given);
    const brief = () => askJson<Brief>(`${app!.address}/api/nights/${id}`);
    const who = await askJson<{ id: string }>(`${app.address}/api/reviewers`, "POST", {
      name: "A",
      seesMachine: true,
    });
    const steps = `/api/nights/${id}/reviews/${who.id}`;
    const told: string[] = [];
    // Steps are sent one after the other; the blow falls between an answer and the next.
    const tell = async (n: number) => {
      const step = { type: "comment", event: "any", text: `thought ${n}` };
      await askJson(`${app!.address}${steps}`, "POST", {
        base: told.length,
        steps: [{ id: `thought-${n}`, step }],
      });
      told.push(`thought-${n}`);
    };
    await until(async () => {
      await tell(told.length);
      return (await brief()).job.progress?.stage === "movement";
    });
    await app.kill();

    app = await startApp(data, "--folder", open);
    const kept = await askJson<{ steps: { id: string }[] }>(`${app.address}${steps}`);
    expect(kept.steps.map((one) => one.id)).toEqual(told);
    const finished = await until(async () => {
      const now = await brief();
      return now.report !== null && now.job.state === "done" && now;
    });
    expect(finished.job.attempts).toBeGreaterThan(1);
    const report = JSON.parse(readFileSync(join(data, "nights", id, "result", "night.json"), "utf8"));
    expect(report.events.length).toBeGreaterThan(3);

    // Looked at closely: from the journal, by the room's own thread.
    const event = report.events.find(({ kind }: { kind: string }) => kind === "kicking");
    const at = `onset=${event.onset}&duration=${event.duration}`;
    const night = `${app.address}/api/nights/${id}`;
    const poses = await askJson<{ time: number[] }>(`${night}/poses?${at}`);
    expect(poses.time.length).toBeGreaterThan(3);
    const traces = await askJson<{ left: number[] }>(`${night}/traces?${at}`);
    expect(Math.max(...traces.left)).toBeGreaterThan(0.5);
    const flow = await askJson<{ segments: { leftShank: ([number, number] | null)[] } }>(
      `${night}/flow?${at}`,
    );
    const speeds = flow.segments.leftShank.flatMap((moved) => (moved ? [Math.hypot(...moved)] : []));
    expect(Math.max(...speeds)).toBeGreaterThan(0.05);
    const judged = await askJson<{ summary: { kind: string; count: number }[] }>(`${night}/judge`, "POST", {
      events: { boutStrokes: 30 },
    });
    expect(judged.summary.find(({ kind }) => kind === "kicking")?.count).toBe(0);
    const clip = await fetch(`${night}/clips/${event.id}`);
    expect(clip.headers.get("content-type")).toBe("video/mp4");
    expect(
      Buffer.from(await clip.arrayBuffer())
        .subarray(4, 8)
        .toString(),
    ).toBe("ftyp");
    const part = await fetch(`${night}/video/0`, { headers: { range: "bytes=10-19" } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
    const zip = Buffer.from(await (await fetch(`${night}/export/clips`)).arrayBuffer());
    expect(zip.subarray(0, 2).toString()).toBe("PK");
    expect(zip.includes("clips.tsv")).toBe(true);
    await app.stop();
    expect(app.child.exitCode).toBe(0);
  });
});
