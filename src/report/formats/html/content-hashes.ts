/**
 * Hashes of the page's script and style, by which the page's policy allows these two and nothing else. A test
 * holds them equal to what they name; `UPDATE_GOLDEN=1` rewrites this file.
 */
export const SCRIPT_HASH = "sha256-tlOvUgtuzWVplUHPdTrXK65pWCLD3X4c2gmOZF3s5Fw=";
export const STYLE_HASH = "sha256-+IkP2T3WzcfyacTeKGoSQVdeHIa56Kr8mjJoPbESXnQ=";
