import { KIND_ORDER } from "../../wording.ts";
import { PALETTES } from "../svg/palette.ts";
import { STYLE_EVENTS } from "./style-events.ts";

function variables(theme: "light" | "dark"): string {
  const { kinds, paper, ...colors } = PALETTES[theme];
  const pairs = [
    ...Object.entries(colors).map(([name, value]) => `--${name}:${value}`),
    `--card:${paper}`,
    `--page:${theme === "light" ? "#f7f8f9" : "#10161b"}`,
    `--soft:${theme === "light" ? "#e9f1f4" : "#1b2e37"}`,
    ...KIND_ORDER.map((kind) => `--kind-${kind}:${kinds[kind]}`),
    `color-scheme:${theme}`,
  ];
  return pairs.join(";");
}

const LAYOUT = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,.top,.end{max-width:1040px;margin:0 auto;padding:0 24px}
.top{display:flex;justify-content:space-between;align-items:center;gap:16px;padding-top:20px;color:var(--muted);font-size:.875rem}
.top b{color:var(--accent);font-weight:650;letter-spacing:.01em}
h1{font-size:clamp(1.5rem,1.1rem + 1.8vw,2.125rem);line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:36px 0 4px}
h2{font-size:1.375rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 6px}
h3{font-size:1rem;font-weight:650;margin:28px 0 6px}
h4{font-size:.875rem;font-weight:650;margin:24px 0 6px}
p{margin:0 0 12px;max-width:72ch}
ul{padding-left:1.2em;max-width:68ch}
li{margin:0 0 6px}
section{margin:72px 0 0}
section:first-child{margin-top:0}
.file,.note{color:var(--muted)}
a{color:var(--accent)}
.lead{font-size:clamp(1.125rem,1rem + .6vw,1.375rem);line-height:1.5;margin:24px 0 16px;max-width:60ch;letter-spacing:-.005em}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:20px 32px;margin:32px 0 36px;padding:20px 0;border:solid var(--line);border-width:1px 0}
.facts div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.facts dt{color:var(--muted);font-size:.875rem;line-height:1.4}
.facts dd{margin:0;font-size:1.375rem;font-weight:600;letter-spacing:-.01em}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:9px 16px 9px 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--muted);font-size:.8125rem;padding-bottom:6px}
.kinds th{font-weight:600}
.kinds .glyph{margin-right:12px}
.kinds small,.rule small,.all small{display:block;color:var(--muted);font-weight:400;font-size:.8125rem;line-height:1.4}
.kinds th>span{display:inline-block;vertical-align:top;max-width:calc(100% - 32px)}
.number{text-align:right;white-space:nowrap}
thead .number{padding-left:8px}
.kinds td:last-child,.kinds th:last-child{padding-right:0}
.glyph{width:16px;height:16px;flex:none;vertical-align:-2px}
${KIND_ORDER.map((kind) => `.kind-${kind}{color:var(--kind-${kind})}`).join("")}
button,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:6px 12px;min-height:36px;cursor:pointer;overflow-wrap:normal}
button{white-space:nowrap}
button:hover:not(:disabled),select:hover{border-color:var(--muted)}
button:disabled{color:var(--muted);opacity:.55;cursor:default}
button[aria-pressed=true]{background:var(--soft);border-color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:6px}
.figure{margin:20px 0 0;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:20px}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-bottom:16px;font-size:.875rem}
.tools .fill{flex:1;color:var(--muted);min-width:12em}
canvas{display:block;width:100%;touch-action:pan-y;border-radius:4px}
#overview{margin-top:12px;cursor:ew-resize;touch-action:none}
#readout{color:var(--muted);min-height:1.6em;margin:12px 0 0;white-space:pre-wrap}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;margin:14px 0 0;padding:0;list-style:none;font-size:.8125rem;color:var(--muted);max-width:none}
.legend li{display:flex;gap:8px;align-items:center;margin:0}
.legend svg{width:18px;height:12px;flex:none}
.still{overflow-x:auto}
.still svg{display:block;min-width:720px;width:100%;height:auto;border-radius:6px}
.live .still,.interactive{display:none}
.live .interactive{display:block}
.strip{display:block;width:100%;height:28px;border-radius:6px;background:var(--soft)}
.is-resting{fill:var(--soft)}
.is-active{fill:var(--accent)}
.is-caregiver{fill:var(--kind-caregiver)}
.is-not-observable{fill:var(--line)}
.ends{display:flex;justify-content:space-between;max-width:none;margin:6px 0 0;color:var(--muted);font-size:.8125rem}
.figure+.note{margin-top:14px}
.histogram{display:block;width:100%;max-width:720px;height:auto}
.histogram text{fill:var(--muted);font-size:11px}
.histogram .column{fill:var(--accent)}
.histogram .axis{stroke:var(--muted)}
.histogram .grid{stroke:var(--line)}
.wide td small{display:block;color:var(--muted)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:8px 48px;margin-top:16px}
.finding{border-left:3px solid var(--line);padding:2px 0 2px 16px;margin:0 0 20px}
.finding p{margin:0 0 4px}
.finding.limits{border-color:var(--muted)}
.finding.blocks{border-color:var(--accent)}
.greyed th,.greyed td{color:var(--muted)}
.fold{margin:16px 0;border-top:1px solid var(--line);padding-top:12px}
.fold>summary{cursor:pointer;color:var(--accent);font-weight:600;font-size:.9375rem}
.meta{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:6px 24px;font-size:.9375rem;margin:12px 0}
.meta dt{color:var(--muted)}
.meta dd{margin:0}
code,.id,.source{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.8125rem}
.end{margin-top:72px;padding-top:20px;padding-bottom:48px;color:var(--muted);font-size:.875rem}
.skip{position:absolute;left:-999px}
.skip:focus{left:16px;top:8px;background:var(--card);padding:8px 12px;z-index:1}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;

const SMALL_AND_PRINT = `
@media (max-width:640px){
main,.top,.end{padding-left:16px;padding-right:16px}
h1{margin-top:24px}
section{margin-top:56px}
.figure{padding:14px 12px;margin-left:-4px;margin-right:-4px}
.tools .fill{flex-basis:100%;order:-1}
.facts{grid-template-columns:1fr 1fr;gap:16px 20px}
.facts dd{font-size:1.1875rem}
.kinds thead{display:none}
.kinds tr{display:block;padding:14px 0 14px 28px;border-bottom:1px solid var(--line)}
.kinds th,.kinds td{display:block;border:0;padding:0}
.kinds th{margin-left:-28px}
.kinds td{display:inline-block;margin:6px 16px 0 0;font-size:.875rem}
.kinds td::before{content:attr(data-label);color:var(--muted);margin-right:6px}
.meta{grid-template-columns:1fr;gap:0}
.meta dd{margin-bottom:10px}
}
@media (prefers-reduced-motion:no-preference){button,.event>summary{transition:background-color .12s,border-color .12s}}
@media print{
:root,:root[data-theme]{${variables("light")};--page:#fff}
@page{margin:16mm 14mm}
body{font-size:10.5pt;line-height:1.45}
main,.top,.end{max-width:none;padding:0}
section{margin-top:28pt}
h2,h3,h4,thead{break-after:avoid}
.figure{border:0;padding:0;break-inside:avoid}
.live .still{display:block;overflow:visible}
.still svg{min-width:0}
.live .interactive,.tools,#filters,.list-bar label,#pages,#theme,.skip{display:none}
tr,.finding,.event{break-inside:avoid}
.event>summary{padding:3pt 0}
}
`;

/** The page's whole style sheet: the same for every report, so that the page can name it by its hash. */
export const STYLE = [
  `:root{${variables("light")}}`,
  `@media (prefers-color-scheme:dark){:root{${variables("dark")}}}`,
  `:root[data-theme=light]{${variables("light")}}`,
  `:root[data-theme=dark]{${variables("dark")}}`,
  LAYOUT,
  STYLE_EVENTS,
  SMALL_AND_PRINT,
].join("\n");
