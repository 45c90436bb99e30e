// An object store for tests, in a process of its own: it makes its marks of pages with a cipher that Node only has
// with --openssl-legacy-provider. Tells its port, and the requests it had when asked.
import S3rver from "s3rver";

const [directory, bucket] = process.argv.slice(2);
const store = new S3rver({
  ...{ port: 0, address: "127.0.0.1", silent: true, directory },
  configureBuckets: [{ name: bucket, configs: [] }],
});
const { port } = await store.run();
let requests = {};
store.httpServer.on("request", ({ method }) => {
  requests[method] = (requests[method] ?? 0) + 1;
});
process.on("message", () => {
  process.send({ requests });
  requests = {};
});
process.on("disconnect", () => process.exit(0));
process.send({ port });
