/**
 * Preloaded into a process by `node --import`, in every thread: any attempt to reach the network throws, and is
 * written to the file NETWORK_LOG names. A line "guarded <thread>" is written when it has been loaded.
 */

import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import { isMainThread } from "node:worker_threads";

const log = (line) => appendFileSync(process.env.NETWORK_LOG, `${line}\n`);
const refuse = (what) => () => {
  log(`ATTEMPT ${what} ${new Error().stack}`);
  throw new Error(`the network was used: ${what}`);
};
net.Socket.prototype.connect = refuse("net.Socket.connect");
net.Server.prototype.listen = refuse("net.Server.listen");
for (const name of ["connect", "createConnection"]) net[name] = refuse(`net.${name}`);
for (const module of [http, https])
  for (const name of ["request", "get"]) module[name] = refuse(`http.${name}`);
tls.connect = refuse("tls.connect");
dgram.createSocket = refuse("dgram.createSocket");
for (const name of Object.keys(dns))
  if (/^(lookup|resolve|reverse)/.test(name)) dns[name] = refuse(`dns.${name}`);
for (const name of Object.keys(dns.promises))
  if (/^(lookup|resolve|reverse)/.test(name)) dns.promises[name] = refuse(`dns.promises.${name}`);
syncBuiltinESMExports();
for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) globalThis[name] = refuse(name);
log(`guarded ${isMainThread ? "main" : "worker"}`);
