import { SCRIPT_BASE } from "./script-base.ts";
import { SCRIPT_DETAIL } from "./script-detail.ts";
import { SCRIPT_GESTURES } from "./script-gestures.ts";
import { SCRIPT_LANES } from "./script-lanes.ts";
import { SCRIPT_LIST } from "./script-list.ts";
import { SCRIPT_THEME } from "./script-theme.ts";
import { SCRIPT_TIMELINE } from "./script-timeline.ts";

/** The page's whole script. It is the same for every report, so that the page can name it by its hash. */
export const SCRIPT = `(function () {
"use strict";
document.documentElement.classList.add("live");
${[SCRIPT_BASE, SCRIPT_THEME, SCRIPT_LANES, SCRIPT_TIMELINE, SCRIPT_GESTURES, SCRIPT_DETAIL, SCRIPT_LIST].join("")}
})();`;
