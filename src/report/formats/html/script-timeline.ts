/** Fourth part of the page's script: the timeline that can be zoomed, moved and asked. */
export const SCRIPT_TIMELINE = `
var timeline = (function () {
  var canvas = byId("lanes"), strip = byId("overview"), readout = byId("readout");
  var view = { from: 0, to: data.duration }, layout = null, colors = null, selected = null, pointerX = null, isQueued = false;
  var shortest = Math.min(data.duration, 4);
  function queue() { if (!isQueued) { isQueued = true; requestAnimationFrame(draw); } }
  function prepare(node, width, height) {
    var ratio = Math.min(3, window.devicePixelRatio || 1);
    if (node.width !== Math.round(width * ratio) || node.height !== Math.round(height * ratio)) {
      node.width = Math.round(width * ratio); node.height = Math.round(height * ratio);
      node.style.height = height + "px";
    }
    var pen = node.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }
  function draw() {
    isQueued = false;
    var width = canvas.clientWidth;
    if (!width) return;
    if (!layout || layout.forWidth !== width) { layout = layOut(width); layout.forWidth = width; }
    if (!colors) colors = readColors(document.documentElement);
    var pen = prepare(canvas, width, layout.height), font = getComputedStyle(document.body).fontFamily;
    var scale = layout.width / (view.to - view.from);
    pen.textBaseline = "middle";
    layout.lanes.forEach(function (lane) {
      pen.fillStyle = colors.lane;
      pen.fillRect(layout.left, lane.top, layout.width, lane.height);
      lane.ring = null;
      if (lane.kind) paintEvents(pen, lane, layout, view, colors, selected);
      else if (lane.coverage) paintCoverage(pen, lane, layout, view, colors);
      else { pen.fillStyle = colors[lane.color]; paintCurve(pen, lane, layout, view); }
      pen.fillStyle = colors.ink;
      pen.font = (layout.isWide ? "13px " : "11px ") + font;
      pen.textAlign = layout.isWide ? "right" : "left";
      if (layout.isWide) pen.fillText(lane.name, layout.left - (lane.kind ? 36 : 12), lane.top + lane.height / 2);
      else pen.fillText(lane.name, lane.kind ? 16 : 0, lane.top - 7);
      if (lane.kind) paintGlyph(pen, lane);
    });
    pen.font = "12px " + font;
    placeTicks(view.from, view.to, Math.max(2, layout.width / 84)).forEach(function (tick) {
      var x = layout.left + (tick.time - view.from) * scale, half = pen.measureText(tick.label).width / 2;
      pen.globalAlpha = 0.14; pen.fillStyle = colors.ink;
      pen.fillRect(Math.round(x), 20, 1, layout.height - 20);
      pen.globalAlpha = 1; pen.textAlign = "center";
      pen.fillText(tick.label, Math.min(width - half, Math.max(layout.left + half, x)), 9);
    });
    paintSelected(pen, scale);
    if (pointerX !== null && pointerX >= layout.left) { pen.fillStyle = colors.ink; pen.globalAlpha = 0.5; pen.fillRect(Math.round(pointerX), 20, 1, layout.height - 20); pen.globalAlpha = 1; }
    drawOverview();
  }
  var shapes = {};
  function paintGlyph(pen, lane) {
    var source = document.querySelector("#g-" + lane.kind + " path");
    if (!shapes[lane.kind]) shapes[lane.kind] = new Path2D(source.getAttribute("d"));
    pen.save();
    pen.translate(layout.isWide ? layout.left - 26 : 0, layout.isWide ? lane.top + lane.height / 2 - 7 : lane.top - 13);
    pen.scale(layout.isWide ? 0.875 : 0.7, layout.isWide ? 0.875 : 0.7);
    pen.fillStyle = pen.strokeStyle = colors["kind-" + lane.kind];
    pen.lineWidth = 1.7; pen.lineCap = pen.lineJoin = "round";
    if (source.getAttribute("fill") === "none") pen.stroke(shapes[lane.kind]); else pen.fill(shapes[lane.kind]);
    pen.restore();
  }
  function paintSelected(pen, scale) {
    if (!selected) return;
    var x = layout.left + (selected.on - view.from) * scale, width = Math.max(2, selected.len * scale);
    if (x + width < layout.left || x > layout.left + layout.width) return;
    pen.save();
    pen.beginPath(); pen.rect(layout.left, 0, layout.width, layout.height); pen.clip();
    pen.globalAlpha = 0.1; pen.fillStyle = colors.ink; pen.fillRect(x - 2, 20, width + 4, layout.height - 20);
    pen.globalAlpha = 1; pen.strokeStyle = colors.ink; pen.lineWidth = 2;
    layout.lanes.forEach(function (lane) { if (lane.ring) pen.strokeRect(x - 3, lane.top, width + 6, lane.height); });
    pen.restore();
  }
  function drawOverview() {
    strip.style.marginLeft = layout.left + "px"; strip.style.width = layout.width + "px";
    var width = strip.clientWidth, height = 34, pen = prepare(strip, width, height), scale = width / data.duration;
    pen.fillStyle = colors.lane; pen.fillRect(0, 0, width, height);
    pen.fillStyle = colors.muted;
    paintCurve(pen, { top: 6, height: height - 6, values: bins.activity, scale: layout.lanes[0].scale }, { left: 0, width: width }, { from: 0, to: data.duration });
    var x = view.from * scale, to = view.to * scale;
    pen.fillStyle = colors.card; pen.globalAlpha = 0.7;
    pen.fillRect(0, 0, x, height); pen.fillRect(to, 0, width - to, height);
    pen.globalAlpha = 1; pen.strokeStyle = colors.accent; pen.lineWidth = 2;
    pen.strokeRect(Math.min(x + 1, width - 4), 1, Math.max(3, to - x - 2), height - 2);
  }
  function setView(from, to) {
    var span = Math.min(data.duration, Math.max(shortest, to - from));
    var start = Math.min(data.duration - span, Math.max(0, from + (to - from - span) / 2));
    view = { from: start, to: start + span };
    byId("span").textContent = clock(view.from) + " to " + clock(view.to);
    queue();
  }
  function zoom(factor, around) {
    var at = around === undefined ? (view.from + view.to) / 2 : around;
    var span = Math.min(data.duration, Math.max(shortest, (view.to - view.from) * factor)), share = (at - view.from) / (view.to - view.from);
    setView(at - share * span, at + (1 - share) * span);
  }
  function pan(share) { var span = view.to - view.from, from = Math.min(data.duration - span, Math.max(0, view.from + share * span)); setView(from, from + span); }
  function timeAt(x) { return view.from + ((x - layout.left) / layout.width) * (view.to - view.from); }
  function eventAt(x, y) {
    var best = null, nearest = 10, scale = layout.width / (view.to - view.from);
    layout.lanes.forEach(function (lane) {
      if (!lane.kind || y < lane.top - 3 || y > lane.top + lane.height + 3) return;
      var list = eventsOfKind[lane.kind], reach = nearest / scale, time = timeAt(x);
      for (var i = firstFrom(list, time - longest - reach); i < list.length && list[i].on <= time + reach; i++) {
        var away = Math.max(0, list[i].on - time, time - list[i].on - list[i].len) * scale;
        if (away < nearest) { nearest = away; best = list[i]; }
      }
    });
    return best;
  }
  function describe(event) { return clock(event.on) + "  " + kindNames[event.kind] + (event.limb ? ", " + event.limb.toLowerCase() : "") + ", " + lasting(event.len); }
  function read(x, y) {
    var time = Math.min(data.duration, Math.max(0, timeAt(x))), event = eventAt(x, y), bin = Math.min(bins.coverage.length - 1, Math.floor(time / bins.binDuration));
    canvas.style.cursor = event ? "pointer" : "crosshair";
    readout.textContent = event ? describe(event) : clock(time) + "  " + data.coverageWords[bins.coverage[bin]];
  }
  function select(event, isFromTimeline) {
    selected = event;
    var span = view.to - view.from;
    if (event.on < view.from || event.on + event.len > view.to) { var from = Math.min(data.duration - span, Math.max(0, event.on + event.len / 2 - span / 2)); setView(from, from + span); }
    readout.textContent = describe(event);
    queue();
    if (isFromTimeline) list.show(event);
  }
  function step(direction) {
    var next = selected ? selected.rank + direction : firstFrom(events, view.from);
    if (events[next]) select(events[next], false);
  }
  return {
    canvas: canvas, strip: strip, queue: queue, setView: setView, zoom: zoom, pan: pan, timeAt: timeAt, eventAt: eventAt, read: read, select: select, step: step,
    view: function () { return view; }, layout: function () { return layout; }, selected: function () { return selected; },
    point: function (x) { pointerX = x; queue(); }, recolor: function () { colors = null; queue(); },
    near: function (event) { var margin = Math.max(8, event.len); setView(event.on - margin, event.on + event.len + margin); select(event, false); },
  };
})();
`;
