import type { ModelIdentity } from "../../pose/pose-estimator.ts";
import type { PoseTable } from "../../pose/pose-table.ts";
import { isDeepLabCut, parseDeepLabCutH5 } from "./deeplabcut-h5.ts";
import { readHdf5 } from "./hdf5-file.ts";
import { isMovement, parseMovement } from "./movement-nc.ts";
import { isSleap, parseSleap } from "./sleap-h5.ts";
import { unreadablePoses } from "./unreadable-poses.ts";

/**
 * Reads poses of an HDF5 file by what is in it: SLEAP's analysis file, DeepLabCut's, or movement's netCDF-4.
 *
 * @param file its version and digest; the name becomes that of the format.
 * @param individual which of several in the file.
 * @throws KicklineError `poses-unreadable`.
 */
export function parseHdf5Poses(
  bytes: Uint8Array,
  file: Omit<ModelIdentity, "name">,
  individual?: string,
): Promise<PoseTable> {
  return readHdf5(bytes, (content) => {
    const model = (name: string) => ({ name, ...file });
    if (isSleap(content)) return parseSleap(content, model("sleap-h5"), individual);
    if (isMovement(content)) return parseMovement(content, model("movement-netcdf"), individual);
    if (isDeepLabCut(content)) return parseDeepLabCutH5(content, model("deeplabcut-h5"), individual);
    const names = content.names("/").slice(0, 8).join(", ") || "nothing";
    throw unreadablePoses(
      "HDF5 file of poses",
      `it holds ${names}, and neither tracks, position nor a table of DeepLabCut`,
    );
  });
}
