/** Style of the event list and of the evidence inside a row. */
export const STYLE_EVENTS = `
#filters{display:flex;flex-wrap:wrap;gap:8px;margin:16px 0}
#filters button{display:inline-flex;align-items:center;gap:8px;font-size:.875rem;border-radius:999px}
#filters .count{color:var(--muted)}
#order{max-width:100%}
#events{list-style:none;margin:0;padding:0;max-width:none;border-top:1px solid var(--line)}
#events li{margin:0;border-bottom:1px solid var(--line)}
.event>summary{display:grid;grid-template-columns:16px 5.5em minmax(0,1fr) 6em 8em;gap:0 16px;align-items:center;padding:11px 8px;cursor:pointer;list-style:none}
.event>summary::-webkit-details-marker{display:none}
.event>summary:hover,.event[open]>summary{background:var(--soft)}
.what strong{font-weight:600;margin-right:10px}
.more,.length{color:var(--muted)}
.length{text-align:right}
.clear{display:flex;align-items:center;gap:8px;font-size:.8125rem;color:var(--muted)}
.clear i{width:26px;height:6px;border-radius:3px;border:1px solid var(--muted);background:linear-gradient(var(--muted),var(--muted)) left/33% 100% no-repeat;flex:none}
.clear-well i{background-size:66% 100%}
.clear-clearly i{background-size:100% 100%}
.clear-no i{background:none}
.detail{padding:12px 8px 24px 40px}
.detail .why{font-size:1.0625rem;margin-top:4px}
.strip{display:block;max-width:100%;height:auto;border-radius:8px;margin:12px 0 4px}
.rule th,.rule td,.all th,.all td{font-size:.875rem;padding:8px 16px 8px 0}
.rule tbody th,.all tbody th{min-width:11em}
.margin{min-width:9.5em}
.bar{display:inline-block;width:52px;height:6px;margin-right:10px;vertical-align:2px;border-radius:3px;background:var(--line);overflow:hidden}
.bar b{display:block;height:100%;background:var(--accent)}
.bar.outside b{background:repeating-linear-gradient(90deg,var(--ink) 0 3px,transparent 3px 5px)}
.pair{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:0 0 6px;font-size:.875rem}
.pair dt{color:var(--muted)}
.pair dd{margin:0}
.agree{margin-bottom:4px;font-size:.875rem}
.foot{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:20px 0 0;max-width:none}
.foot .source{color:var(--muted)}
#pages{display:flex;gap:8px;align-items:center;margin-top:16px}
.list-bar{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;justify-content:space-between;margin-bottom:12px;font-size:.875rem}
@media (max-width:640px){
.event>summary{grid-template-columns:16px 1fr auto;gap:2px 10px;padding:12px 4px}
.event>summary .glyph{grid-row:1}
.what{grid-column:2/4;grid-row:2}
.when{grid-column:2;grid-row:1;color:var(--muted)}
.length{grid-column:3;grid-row:1}
.clear{grid-column:2/4;grid-row:3}
.detail{padding:8px 4px 20px}
.rule thead,.all thead{display:none}
.rule tr,.all tr{display:block;border-bottom:1px solid var(--line);padding:10px 0}
.rule th,.rule td,.all th,.all td{display:block;border:0;padding:1px 0}
.rule tbody th,.all tbody th{font-weight:600}
.rule td::before{content:attr(data-label) ": ";color:var(--muted)}
.pair{grid-template-columns:1fr;gap:0}
.pair dd{margin-bottom:6px}
}
`;
