import { useState } from "react";
import { useAsked } from "../api/use-asked.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly isFolder: boolean;
}

/** Files of the folder that the app was started with. */
export function FolderPicker({ onPick }: { readonly onPick: (paths: readonly string[]) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [place, setPlace] = useState("");
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { value: entries, error } = useAsked<Entry[]>(
    isOpen ? `/folder?path=${encodeURIComponent(place)}` : undefined,
  );
  const toggle = (path: string) => {
    const next = picked.includes(path) ? picked.filter((one) => one !== path) : [...picked, path].sort();
    setPicked(next);
    onPick(next);
  };
  return (
    <>
      <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        From the open folder…
      </button>
      {isOpen && (
        <div className="folder">
          {place !== "" && (
            <button type="button" onClick={() => setPlace(place.split("/").slice(0, -1).join("/"))}>
              ↑ Back
            </button>
          )}
          {error}
          <ul>
            {entries?.map(({ name, path, bytes, isFolder }) => (
              <li key={path}>
                {isFolder ? (
                  <button type="button" onClick={() => setPlace(path)}>
                    {name}/
                  </button>
                ) : (
                  <label>
                    <input type="checkbox" checked={picked.includes(path)} onChange={() => toggle(path)} />{" "}
                    {name} <span className="quiet">{(bytes / 1e6).toFixed(1)} MB</span>
                  </label>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
