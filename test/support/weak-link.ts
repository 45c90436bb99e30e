import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server on this computer that can be cut without either end being told, as when a cable is pulled. */
export interface WeakLink {
  readonly port: number;
  /** From now on nothing passes, either way; who connects hears nothing. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openWeakLink(to: number): Promise<WeakLink> {
  const ends = new Set<Socket>();
  let isCut = false;
  const pass = (from: Socket, other: Socket) => {
    ends.add(from);
    from.on("data", (bytes) => other.write(bytes));
    from.on("close", () => {
      ends.delete(from);
      other.destroy();
    });
    from.on("error", () => {});
    if (isCut) from.pause();
  };
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    pass(near, far);
    pass(far, near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const end of ends) end.pause();
    },
    mend() {
      isCut = false;
      for (const end of ends) end.resume();
    },
    async close() {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
