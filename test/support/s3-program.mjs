// An object store for tests, in a process of its own: it makes its marks of pages with a cipher that Node only has
// with --openssl-legacy-provider. Tells its port.
import S3rver from "s3rver";

const [directory, bucket] = process.argv.slice(2);
const store = new S3rver({
  ...{ port: 0, address: "127.0.0.1", silent: true, directory },
  configureBuckets: [{ name: bucket, configs: [] }],
});
const { port } = await store.run();
process.on("disconnect", () => process.exit(0));
process.send({ port });
