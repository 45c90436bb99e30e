import { type DragEvent, useId, useRef, useState } from "react";
import { send } from "../api/http.ts";
import { useAsked } from "../api/use-asked.ts";
import { goTo } from "../shell/router.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { FolderPicker } from "./folder-picker.tsx";
import { sendFile, type UploadState } from "./upload.ts";

/** Where a recording is dropped, chosen, or picked from the open folder. */
export function AddRecording() {
  const { value: server } = useAsked<{ hasFolder: boolean }>("/state");
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    for (const file of files ?? []) {
      const change = (state: UploadState) =>
        setUploads((all) => [...all.filter(({ name }) => name !== state.name), state]);
      change({ name: file.name, bytes: file.size, sent: 0, state: "sending" });
      sendFile(file, change);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section
      className={isOver ? "drop over" : "drop"}
      aria-label="Add a recording"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <h2>Add a recording</h2>
      <p>
        Drop the video of a night here, or choose it. Several files of one night go together. It is copied to
        this computer's Kickline folder and nowhere else.
      </p>
      <div className="row">
        <input
          ref={input}
          id="recording-files"
          type="file"
          multiple
          accept="video/*,.mkv,.ts,.dav,.h264,.avi"
          className="visually-hidden"
          tabIndex={-1}
          aria-label="Video files"
          onChange={(event) => take(event.currentTarget.files)}
        />
        <button type="button" className="main" onClick={() => input.current?.click()}>
          Choose a video…
        </button>
        {server?.hasFolder && <FolderPicker onPick={setPicked} />}
      </div>
      <Uploads uploads={uploads} />
      {(uploads.length > 0 || picked.length > 0) && <NightForm uploads={uploads} picked={picked} />}
    </section>
  );
}

function Uploads({ uploads }: { readonly uploads: readonly UploadState[] }) {
  return (
    <ul className="uploads">
      {uploads.map(({ name, bytes, sent, state, error }) => (
        <li key={name}>
          <span>{name}</span>
          <progress max={bytes} value={sent} aria-label={`${name} sent`} />
          <span className="quiet" role="status">
            {state === "done" && "Arrived"}
            {state === "sending" && `${Math.floor((100 * sent) / Math.max(1, bytes))} %`}
            {state === "waiting" && "Interrupted; goes on by itself"}
            {state === "failed" && error}
          </span>
        </li>
      ))}
    </ul>
  );
}

function NightForm({
  uploads,
  picked,
}: {
  readonly uploads: readonly UploadState[];
  readonly picked: readonly string[];
}) {
  const id = useId();
  const [error, setError] = useState<string>();
  const ready = uploads.flatMap((one) => (one.state === "done" && one.id !== undefined ? [one.id] : []));
  const isReady =
    ready.length + picked.length > 0 &&
    uploads.every(({ state }) => state !== "sending" && state !== "waiting");
  const first = picked[0]?.split("/").at(-1) ?? uploads[0]?.name ?? "Night";
  const onSubmit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const startedAt = text("startedAt");
    try {
      const night = await send<{ id: string }>("POST", "/nights", {
        title: text("title") || first,
        subject: text("subject"),
        startedAt: startedAt === "" ? null : startedAt,
        timeZone: startedAt === "" ? null : Intl.DateTimeFormat().resolvedOptions().timeZone,
        ...{ uploads: ready, files: picked },
      });
      goTo(`/nights/${night.id}`);
    } catch (cause) {
      setError((cause as Error).message);
    }
  };
  return (
    <form className="night-form" action={onSubmit}>
      <label htmlFor={`${id}-title`}>Name of this night</label>
      <input id={`${id}-title`} name="title" maxLength={120} defaultValue={first.replace(/\.\w+$/, "")} />
      <label htmlFor={`${id}-subject`}>Child (optional; nights of one child are compared)</label>
      <input id={`${id}-subject`} name="subject" maxLength={80} autoComplete="off" />
      <label htmlFor={`${id}-started`}>Clock at its beginning (optional; often in the file)</label>
      <input id={`${id}-started`} name="startedAt" type="datetime-local" step="1" />
      <Trouble text={error} />
      <button className="main" type="submit" disabled={!isReady}>
        Look at this night
      </button>
    </form>
  );
}
