import { hostname } from "node:os";

/** Numbers of processes mean something on one computer only; containers on one volume have names of their own. */
export const HERE = hostname().replaceAll(/[^a-zA-Z0-9]/g, "");

/** Whether a process of this number lives on this computer. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
