/** Fifth part of the page's script: wheel, drag, pinch, keys and buttons of the timeline. */
export const SCRIPT_GESTURES = `
(function () {
  var canvas = timeline.canvas, strip = timeline.strip, fingers = new Map(), start = null;
  function place(event, node) { var box = node.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; }
  canvas.addEventListener("wheel", function (event) {
    var isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    // A plain wheel scrolls the page until the timeline was clicked: nobody likes a page that gets stuck.
    if (!isSideways && !event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    if (isSideways) timeline.pan((event.deltaX || event.deltaY) / 800);
    else timeline.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150), timeline.timeAt(place(event, canvas).x));
  }, { passive: false });
  canvas.addEventListener("pointerdown", function (event) {
    if (event.button > 0) return;
    fingers.set(event.pointerId, place(event, canvas));
    try { canvas.setPointerCapture(event.pointerId); } catch (gone) { /* the finger has left */ }
    var view = timeline.view();
    start = { x: place(event, canvas).x, from: view.from, to: view.to, moved: false, gap: gap(), middle: timeline.timeAt(middle()) };
  });
  function xs() { return Array.from(fingers.values()).map(function (finger) { return finger.x; }); }
  function gap() { var all = xs(); return all.length > 1 ? Math.max(12, Math.abs(all[0] - all[1])) : 0; }
  function middle() { var all = xs(); return all.reduce(function (sum, x) { return sum + x; }, 0) / all.length; }
  canvas.addEventListener("pointermove", function (event) {
    var at = place(event, canvas);
    if (!fingers.has(event.pointerId)) { timeline.point(at.x); timeline.read(at.x, at.y); return; }
    fingers.set(event.pointerId, at);
    var layout = timeline.layout(), span = start.to - start.from;
    if (fingers.size > 1 && start.gap) {
      var wide = Math.min(data.duration, span * (start.gap / gap())), share = (middle() - layout.left) / layout.width;
      start.moved = true;
      timeline.setView(start.middle - share * wide, start.middle + (1 - share) * wide);
    } else if (fingers.size === 1 && (start.moved || Math.abs(at.x - start.x) > 4)) {
      start.moved = true;
      var from = Math.min(data.duration - span, Math.max(0, start.from - ((at.x - start.x) / layout.width) * span));
      timeline.setView(from, from + span);
    }
  });
  function lift(event) {
    if (!fingers.delete(event.pointerId)) return;
    var at = place(event, canvas), hit = start && !start.moved && event.type === "pointerup" ? timeline.eventAt(at.x, at.y) : null;
    if (hit) timeline.select(hit, true);
    var view = timeline.view();
    if (fingers.size) start = { x: xs()[0], from: view.from, to: view.to, moved: true, gap: 0, middle: 0 };
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", function () { timeline.point(null); });
  canvas.addEventListener("dblclick", function (event) { timeline.zoom(0.4, timeline.timeAt(place(event, canvas).x)); });
  var keys = {
    ArrowLeft: function () { timeline.pan(-0.15); }, ArrowRight: function () { timeline.pan(0.15); },
    "+": function () { timeline.zoom(0.6); }, "=": function () { timeline.zoom(0.6); }, "-": function () { timeline.zoom(1 / 0.6); },
    Home: function () { timeline.pan(-1e6); }, End: function () { timeline.pan(1e6); }, "0": function () { timeline.setView(0, data.duration); },
    n: function () { timeline.step(1); }, p: function () { timeline.step(-1); },
    Enter: function () { if (timeline.selected()) timeline.select(timeline.selected(), true); },
  };
  canvas.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault(); keys[event.key]();
  });
  [["zoom-in", "+"], ["zoom-out", "-"], ["zoom-all", "0"], ["event-next", "n"], ["event-previous", "p"]].forEach(function (pair) {
    byId(pair[0]).addEventListener("click", function () { keys[pair[1]](); });
  });
  function jump(event) {
    if (event.type === "pointermove" && !event.buttons) return;
    var view = timeline.view(), span = view.to - view.from, at = (place(event, strip).x / strip.clientWidth) * data.duration;
    var from = Math.min(data.duration - span, Math.max(0, at - span / 2));
    timeline.setView(from, from + span);
  }
  strip.addEventListener("pointerdown", function (event) { try { strip.setPointerCapture(event.pointerId); } catch (gone) { /* the finger has left */ } jump(event); });
  strip.addEventListener("pointermove", jump);
  if (window.ResizeObserver) new ResizeObserver(timeline.queue).observe(canvas); else addEventListener("resize", timeline.queue);
  themeListeners.push(timeline.recolor);
  timeline.setView(0, data.duration);
})();
`;
