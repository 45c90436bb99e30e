/**
 * First part of the page's script: data, words, small builders. Plain JavaScript, because it runs in whatever
 * browser opens the file; no template literals inside. Text only ever enters the page as text.
 */
export const SCRIPT_BASE = `
var data = JSON.parse(document.getElementById("night").textContent);
var thumbnails = null;
var isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
var byId = function (id) { return document.getElementById(id); };
var kindNames = {};
data.kinds.forEach(function (kind) { kindNames[kind.id] = kind.name; });

function thumbnailOf(id) {
  if (!thumbnails) thumbnails = JSON.parse(byId("thumbnails").textContent);
  return Object.prototype.hasOwnProperty.call(thumbnails, id) ? thumbnails[id] : null;
}
function two(value) { return (value < 10 ? "0" : "") + value; }
function clock(seconds, digits) {
  var shift = data.clockChanges.reduce(function (sum, one) { return one.onset <= seconds ? sum + one.shift : sum; }, 0);
  if (data.faceMs !== null) return new Date(data.faceMs + Math.floor((seconds + shift) * 1000)).toISOString().slice(11, digits === "short" ? 16 : 19);
  var whole = Math.floor(seconds + 1e-6), hours = Math.floor(whole / 3600);
  var rest = two(Math.floor((whole % 3600) / 60)) + ":" + two(whole % 60);
  return hours > 0 || data.duration > 3600 ? hours + ":" + rest : rest.replace(/^0/, "");
}
function elapsed(seconds) {
  var whole = Math.floor(seconds + 1e-6);
  return Math.floor(whole / 3600) + ":" + two(Math.floor((whole % 3600) / 60)) + ":" + two(whole % 60);
}
function lasting(seconds) {
  if (seconds < 9.95) return Math.round(Math.round(seconds * 1000) / 100) / 10 + " s";
  if (seconds < 60) return Math.round(seconds) + " s";
  var minutes = Math.floor(Math.round(seconds) / 60), rest = Math.round(seconds) % 60;
  if (minutes < 10) return minutes + " min" + (rest ? " " + rest + " s" : "");
  return minutes < 60 ? minutes + " min" : Math.floor(minutes / 60) + " h " + (minutes % 60) + " min";
}
function figure(value) {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2 + (Math.abs(value) >= 10 ? 1 : 0))));
}
function build(tag, className, text) {
  var node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}
function glyph(kind) {
  var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "glyph kind-" + kind);
  svg.setAttribute("aria-hidden", "true");
  var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#g-" + kind);
  svg.appendChild(use);
  return svg;
}
function store(name, value) {
  try { if (value === undefined) return localStorage.getItem(name); localStorage.setItem(name, value); } catch (refused) { /* files opened from disk may not keep anything */ }
  return null;
}
`;
