/**
 * Hashes of the page's script and style, by which the page's policy allows these two and nothing else. A test
 * holds them equal to what they name; `UPDATE_GOLDEN=1` rewrites this file.
 */
export const SCRIPT_HASH = "sha256-HN9BW8isRxhSkfgJ6vd9YkRH7PpDrNFpx9FvWLkGKxM=";
export const STYLE_HASH = "sha256-HnYKlmkALAvnzCyi8aqLI3OJ4uKDilxgW0hUsmGig8U=";
