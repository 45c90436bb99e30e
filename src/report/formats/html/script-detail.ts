/** The evidence of one event, built when its row is opened; stands before the list in the page's script. */
export const SCRIPT_DETAIL = `
function section(host, title) { host.appendChild(build("h4", "", title)); return host; }
function cell(name, text, className) { var node = build("td", className, text); node.dataset.label = name; return node; }
function withUnit(value, unit) { return figure(value) + (unit ? " " + unit : ""); }
function marginWords(margin) {
  if (margin > 9.99) return "far inside";
  if (margin > 2) return figure(margin + 1) + " times the limit";
  return Math.abs(Math.round(margin * 100)) + " % " + (margin < 0 ? "outside" : "inside");
}
function header(names) {
  var head = build("thead"), line = build("tr");
  names.forEach(function (name) { var node = build("th", "", name); node.scope = "col"; line.appendChild(node); });
  head.appendChild(line);
  return head;
}
function nameCell(feature) {
  var node = build("th"); node.scope = "row";
  node.appendChild(build("span", "", feature.name));
  if (feature.meaning) node.appendChild(build("small", "", feature.meaning));
  return node;
}
function ruleTable(event) {
  var table = build("table", "rule"), body = build("tbody");
  table.appendChild(header(["Measure", "Measured", "The rule asks", "Margin", "Measured by"]));
  event.rule.forEach(function (entry) {
    var feature = data.features[entry[0]], line = build("tr"), margin = cell("Margin", null, "margin"), bar = build("i", "bar" + (entry[4] < 0 ? " outside" : "")), fill = build("b");
    // Half the limit or more counts as fully inside.
    fill.style.width = Math.min(100, Math.abs(entry[4]) * 200) + "%";
    bar.appendChild(fill); margin.appendChild(bar);
    var isTimes = entry[4] > 2 && entry[4] <= 9.99 && entry[2] === "at most";
    margin.appendChild(build("span", "", isTimes ? "far inside" : marginWords(entry[4])));
    line.appendChild(nameCell(feature));
    line.appendChild(cell("Measured", withUnit(entry[1], feature.unit)));
    line.appendChild(cell("The rule asks", entry[2] + " " + withUnit(entry[3], feature.unit)));
    line.appendChild(margin);
    line.appendChild(cell("Measured by", data.witnesses[entry[5]]));
    body.appendChild(line);
  });
  table.appendChild(body);
  return table;
}
function allFeatures(event) {
  var fold = build("details", "fold"), table = build("table", "all"), body = build("tbody");
  fold.appendChild(build("summary", "", "Everything measured (" + event.all.length / 2 + " values)"));
  for (var i = 0; i < event.all.length; i += 2) {
    var feature = data.features[event.all[i]], line = build("tr");
    line.appendChild(nameCell(feature));
    line.appendChild(cell("Value", withUnit(event.all[i + 1], feature.unit)));
    line.appendChild(cell("Name in the data", feature.id, "id"));
    body.appendChild(line);
  }
  table.appendChild(header(["Measure", "Value", "Name in the data"]));
  table.appendChild(body); fold.appendChild(table);
  return fold;
}
function detail(event) {
  var box = build("div", "detail"), picture = thumbnailOf(event.id);
  box.appendChild(build("p", "why", event.why));
  if (event.more.length) box.appendChild(build("p", "foot", event.more.join("; ") + "."));
  if (picture) {
    var image = build("img", "strip");
    image.src = picture; image.alt = "Pictures from the event at " + clock(event.on) + ", in order of time"; image.decoding = "async";
    box.appendChild(image);
  }
  if (event.rule.length) {
    section(box, event.clear === "No rule met" ? "What was measured, against the nearest rule" : "What was measured, and what the rule asks");
    box.appendChild(ruleTable(event));
  }
  section(box, "Two ways of looking");
  var pair = build("dl", "pair");
  [["Motion, from frame to frame", event.flow], ["Leg positions, a few times a second", event.pose]].forEach(function (part) { pair.appendChild(build("dt", "", part[0])); pair.appendChild(build("dd", "", part[1])); });
  box.appendChild(pair);
  box.appendChild(build("p", "agree", event.agree));
  if (event.near) { section(box, "What else it could have been"); box.appendChild(build("p", "", event.near)); }
  if (event.all.length) box.appendChild(allFeatures(event));
  var foot = build("p", "foot"), show = build("button", "quiet", "Show on the timeline");
  show.type = "button";
  show.addEventListener("click", function () { timeline.near(event); timeline.canvas.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" }); });
  foot.appendChild(show);
  foot.appendChild(build("span", "source", event.id + (data.files[event.file] === undefined ? "" : ", " + data.files[event.file] + " at " + elapsed(event.at))));
  box.appendChild(foot);
  return box;
}
`;
