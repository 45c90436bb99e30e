/** Second part of the page's script: light and dark by hand; without a choice the device decides. */
export const SCRIPT_THEME = `
var themeListeners = [];
(function () {
  var root = document.documentElement, button = byId("theme"), dark = matchMedia("(prefers-color-scheme: dark)");
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  function show() {
    button.setAttribute("aria-pressed", String(isDark()));
    themeListeners.forEach(function (listener) { listener(); });
  }
  var kept = store("kickline-theme");
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  button.hidden = false;
  button.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    store("kickline-theme", root.dataset.theme);
    show();
  });
  if (dark.addEventListener) dark.addEventListener("change", show);
  show();
})();
`;
