/**
 * Hashes of the page's script and style, by which the page's policy allows these two and nothing else. A test
 * holds them equal to what they name; `UPDATE_GOLDEN=1` rewrites this file.
 */
export const SCRIPT_HASH = "sha256-yonc1W/8PM/RfIxQQNVuFXuzUDU7kXPeqkh2jsBRVXE=";
export const STYLE_HASH = "sha256-klhQqE+VhY/4EbMv4OElGlaN2q6XzXlO8qWz3jgQoj8=";
