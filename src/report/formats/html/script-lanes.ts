/** Third part of the page's script: what stands where on the timeline, and how it is painted. */
export const SCRIPT_LANES = `
var STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
var bins = data.timeline, events = data.events, longest = 0;
events.forEach(function (event) { if (event.len > longest) longest = event.len; });
var eventsOfKind = {};
data.kinds.forEach(function (kind) { eventsOfKind[kind.id] = []; });
events.forEach(function (event, i) { event.rank = i; if (eventsOfKind[event.kind]) eventsOfKind[event.kind].push(event); });

function firstFrom(list, time) {
  var low = 0, high = list.length;
  while (low < high) { var mid = (low + high) >> 1; if (list[mid].on < time) low = mid + 1; else high = mid; }
  return low;
}
function placeTicks(from, to, most) {
  var step = STEPS.filter(function (one) { return (to - from) / one <= most; })[0] || 86400;
  var offset = data.faceMs === null ? 0 : (data.faceMs / 1000) % 86400, ticks = [];
  for (var i = Math.ceil((from + offset) / step - 1e-9); i * step - offset <= to + 1e-9; i++) {
    var time = i * step - offset, text = clock(time, data.faceMs !== null && step >= 60 ? "short" : "long");
    if (data.faceMs === null && data.duration > 3600 && step >= 60) text = text.slice(0, -3);
    ticks.push({ time: time, label: step < 1 ? text + "." + (Math.round(time * 10) % 10) : text });
  }
  return ticks;
}
function layOut(width) {
  var isWide = width >= 640, gutter = isWide ? 190 : 0, head = isWide ? 0 : 15, top = 24, lanes = [];
  function add(lane, height, gap) {
    top += head;
    lane.top = top; lane.height = height; lanes.push(lane);
    top += height + gap;
  }
  add({ name: "Motion", values: bins.activity, scale: function (v) { return Math.log(Math.max(1, v)) / Math.log(data.scales.motion); }, color: "muted" }, 46, 8);
  var speed = function (v) { return Math.sqrt(v / data.scales.speed); };
  add({ name: "Left leg", values: bins.leftLeg, scale: speed, color: "accent" }, 34, 8);
  add({ name: "Right leg", values: bins.rightLeg, scale: speed, color: "accent" }, 34, 12);
  data.kinds.forEach(function (kind, i) { add({ name: kind.name, kind: kind.id }, isWide ? 20 : 18, i === data.kinds.length - 1 ? 12 : 4); });
  if (bins.sound) add({ name: "Sound", values: bins.sound, scale: function (v) { return v / data.scales.sound; }, color: "muted" }, 18, 8);
  add({ name: "What could be judged", coverage: true }, 16, 8);
  add({ name: "Brightness", values: bins.brightness, scale: function (v) { return v / 255; }, color: "muted" }, 18, 8);
  add({ name: "Noise", values: bins.noise, scale: function (v) { return v / data.scales.noise; }, color: "muted" }, 18, 6);
  return { isWide: isWide, left: gutter, width: width - gutter - 1, lanes: lanes, height: top };
}
function readColors(node) {
  var style = getComputedStyle(node), colors = {};
  ["ink", "muted", "line", "lane", "accent", "card"].concat(data.kinds.map(function (kind) { return "kind-" + kind.id; })).forEach(function (name) {
    colors[name] = style.getPropertyValue("--" + name).trim();
  });
  return colors;
}
function paintCurve(pen, lane, layout, view) {
  var perPixel = (view.to - view.from) / layout.width, count = lane.values.length;
  pen.beginPath();
  for (var x = 0; x < layout.width; x++) {
    var first = Math.floor((view.from + x * perPixel) / bins.binDuration);
    var last = Math.max(first + 1, Math.floor((view.from + (x + 1) * perPixel) / bins.binDuration));
    var most = null;
    for (var bin = Math.max(0, first); bin < last && bin < count; bin++) if (lane.values[bin] !== null && (most === null || lane.values[bin] > most)) most = lane.values[bin];
    if (most === null) continue;
    var height = lane.height * Math.min(1, Math.max(0, lane.scale(most)));
    pen.rect(layout.left + x, lane.top + lane.height - height, 1, height);
  }
  pen.fill();
}
function hatch(pen, x, y, width, height, state) {
  pen.save();
  pen.beginPath(); pen.rect(x, y, width, height); pen.clip(); pen.beginPath();
  var start = Math.floor(x / 6) * 6;
  if (state === 6) for (var line = y + 2; line < y + height; line += 4) { pen.moveTo(x, line); pen.lineTo(x + width, line); }
  else for (var at = start - height; at < x + width + height; at += state === 5 ? 5 : 6) {
    if (state === 4) { pen.moveTo(at + height, y); pen.lineTo(at + height, y + height); }
    else { pen.moveTo(at, y + height); pen.lineTo(at + height, y); }
    if (state === 5) { pen.moveTo(at, y); pen.lineTo(at + height, y + height); }
  }
  pen.stroke(); pen.restore();
}
function paintCoverage(pen, lane, layout, view, colors) {
  var scale = layout.width / (view.to - view.from), count = bins.coverage.length;
  var bin = Math.max(0, Math.floor(view.from / bins.binDuration)), end = Math.min(count, Math.ceil(view.to / bins.binDuration));
  while (bin < end) {
    var state = bins.coverage[bin], next = bin + 1;
    while (next < end && bins.coverage[next] === state) next++;
    var x = Math.max(layout.left, layout.left + (bin * bins.binDuration - view.from) * scale);
    var to = Math.min(layout.left + layout.width, layout.left + (next * bins.binDuration - view.from) * scale);
    pen.fillStyle = state === 0 ? colors.line : state === 1 ? colors.accent : state === 3 ? colors.muted : colors.card;
    pen.fillRect(x, lane.top, to - x, lane.height);
    pen.strokeStyle = state === 2 ? colors.accent : state > 4 ? colors.ink : colors.muted;
    pen.lineWidth = 1.5;
    if (state === 2 || state > 3) hatch(pen, x, lane.top, to - x, lane.height, state);
    bin = next;
  }
}
function paintEvents(pen, lane, layout, view, colors, selected) {
  var scale = layout.width / (view.to - view.from), list = eventsOfKind[lane.kind];
  pen.fillStyle = colors["kind-" + lane.kind];
  pen.beginPath();
  for (var i = firstFrom(list, view.from - longest); i < list.length && list[i].on < view.to; i++) {
    if (list[i].on + list[i].len < view.from) continue;
    var x = Math.max(layout.left, layout.left + (list[i].on - view.from) * scale);
    var to = Math.min(layout.left + layout.width, layout.left + (list[i].on + list[i].len - view.from) * scale);
    x = Math.min(x, layout.left + layout.width - 2);
    pen.rect(x, lane.top + 3, Math.max(2, to - x), lane.height - 6);
    if (list[i] === selected) { lane.ring = [x, Math.max(2, to - x)]; }
  }
  pen.fill();
}
`;
