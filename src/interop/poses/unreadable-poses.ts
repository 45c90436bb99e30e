import { KicklineError } from "../../errors.ts";

/** Poses that cannot be read as the format they are said to be. */
export function unreadablePoses(format: string, what: string, cause?: unknown): KicklineError {
  return new KicklineError(
    "poses-unreadable",
    `this is no ${format} that can be read: ${what}`,
    "Give a CSV or HDF5 file of DeepLabCut, an analysis file of SLEAP, a netCDF file of movement, a folder of OpenPose's JSON files, or COCO keypoints as JSON; see docs/formats.md.",
    { cause },
  );
}
