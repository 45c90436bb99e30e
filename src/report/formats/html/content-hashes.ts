/**
 * Hashes of the page's script and style, by which the page's policy allows these two and nothing else. A test
 * holds them equal to what they name; `UPDATE_GOLDEN=1` rewrites this file.
 */
export const SCRIPT_HASH = "sha256-F3BztTM1xyqI6pyzpL7ZfQ0B+WBsGJ6yTKyOJjjTXm0=";
export const STYLE_HASH = "sha256-vMEVpaOBAUkdWU12sM9eEBcKvZMTLLYd5T3ryWc1bEw=";
