/** Sixth part of the page's script: the list of events, a page at a time; a row fills itself when opened. */
export const SCRIPT_LIST = `
var list = (function () {
  var PAGE = 40, PRINTED = 400, host = byId("events"), chosen = {}, order = "time", page = 0, shown = events;
  function choose() {
    var isAny = Object.keys(chosen).length === 0;
    shown = events.filter(function (event) { return isAny || chosen[event.kind]; });
    if (order === "clear") shown = shown.slice().sort(function (a, b) { return b.conf - a.conf || a.on - b.on; });
    if (order === "unclear") shown = shown.slice().sort(function (a, b) { return a.conf - b.conf || a.on - b.on; });
    if (order === "long") shown = shown.slice().sort(function (a, b) { return b.len - a.len || a.on - b.on; });
  }
  function row(event) {
    var item = build("li"), box = build("details", "event"), head = build("summary");
    box.dataset.id = event.id;
    head.appendChild(glyph(event.kind));
    head.appendChild(build("span", "when", clock(event.on)));
    var what = build("span", "what");
    what.appendChild(build("strong", "", kindNames[event.kind]));
    var more = [event.limb, event.hz ? figure(event.hz) + " a second" : "", event.strokes ? event.strokes + " strokes" : ""].concat(event.more.slice(0, 1)).filter(Boolean).join(", ");
    if (more) what.appendChild(build("span", "more", more));
    head.appendChild(what);
    head.appendChild(build("span", "length", lasting(event.len)));
    var clear = build("span", "clear clear-" + event.clear.split(" ")[0].toLowerCase());
    clear.appendChild(build("i")); clear.appendChild(build("span", "", event.clear));
    clear.title = "How clearly the rule was met: " + event.conf + " of 1, where 0.5 is the edge of the rule. Not a probability.";
    head.appendChild(clear);
    box.appendChild(head);
    box.addEventListener("toggle", function () {
      if (!box.open) return;
      if (!box.querySelector(".detail")) box.appendChild(detail(event));
      timeline.select(event, false);
    });
    item.appendChild(box);
    return item;
  }
  function pageTo(target) {
    var pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(pages - 1, Math.max(0, target));
    render(page * PAGE, PAGE);
    byId("page-previous").disabled = page === 0;
    byId("page-next").disabled = page === pages - 1;
    byId("pages").hidden = pages === 1;
  }
  function render(first, count) {
    var rows = document.createDocumentFragment();
    shown.slice(first, first + count).forEach(function (event) { rows.appendChild(row(event)); });
    host.replaceChildren(rows);
    byId("range").textContent = !data.isFit ? "" : shown.length === 0 ? "No events" : first + 1 + " to " + Math.min(shown.length, first + count) + " of " + shown.length.toLocaleString("en");
  }
  function update() { choose(); pageTo(0); }
  Array.from(document.querySelectorAll("#filters button")).forEach(function (button) {
    button.addEventListener("click", function () {
      var kind = button.dataset.kind;
      if (kind === "") chosen = {}; else if (chosen[kind]) delete chosen[kind]; else chosen[kind] = true;
      mark(); update();
    });
  });
  function mark() {
    Array.from(document.querySelectorAll("#filters button")).forEach(function (button) {
      var kind = button.dataset.kind;
      button.setAttribute("aria-pressed", String(kind === "" ? Object.keys(chosen).length === 0 : Boolean(chosen[kind])));
    });
  }
  byId("order").addEventListener("change", function (event) { order = event.target.value; update(); });
  byId("page-previous").addEventListener("click", function () { pageTo(page - 1); host.scrollIntoView({ block: "start" }); });
  byId("page-next").addEventListener("click", function () { pageTo(page + 1); host.scrollIntoView({ block: "start" }); });
  addEventListener("beforeprint", function () { render(0, PRINTED); });
  addEventListener("afterprint", function () { pageTo(page); });
  byId("list-tools").hidden = false;
  update();
  var asked = null;
  events.forEach(function (event) { if ("#" + event.id === location.hash) asked = event; });
  return {
    asked: asked,
    show: function (event) {
      if (shown.indexOf(event) < 0) { chosen = {}; mark(); choose(); }
      pageTo(Math.floor(shown.indexOf(event) / PAGE));
      var box = Array.from(host.querySelectorAll("details")).filter(function (one) { return one.dataset.id === event.id; })[0];
      box.open = true;
      box.querySelector("summary").focus({ preventScroll: true });
      box.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
    },
  };
})();
if (list.asked) list.show(list.asked);
`;
