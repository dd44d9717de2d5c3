/**
 * Style and script of the HTML report. The page's own policy allows exactly these two texts by their hashes and
 * nothing else, so a hash must change with its text; test/report-html.test.ts names the right one.
 */

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --red: #b3261e; --red-paper: #fdecea; --green: #1a6b32; --green-paper: #e7f5ea;
  --amber: #7a4b00; --amber-paper: #fff4dc; --blue: #0a58ca;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --ink: #e6e9ed; --soft: #a0a9b4; --line: #39424d; --panel: #171d24;
    --red: #ff9a90; --red-paper: #3a1714; --green: #7ddc96; --green-paper: #12301b;
    --amber: #f2c063; --amber-paper: #33260a; --blue: #82b4ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.page { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .2rem 0; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
.text { white-space: pre-line; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
code, pre { font: .88em/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .7rem; margin: .4rem 0;
  white-space: pre-wrap; }
mark { background: var(--red-paper); color: var(--red); border-bottom: 2px solid; }
.verdict { border-left: 6px solid; padding: .7rem 1rem; border-radius: 6px; }
.broken { border-color: var(--red); background: var(--red-paper); }
.healthy { border-color: var(--green); background: var(--green-paper); }
.inconclusive { border-color: var(--amber); background: var(--amber-paper); }
.verdict .word { font-weight: 700; }
.broken .word { color: var(--red); } .healthy .word { color: var(--green); } .inconclusive .word { color: var(--amber); }
.about { display: flex; flex-wrap: wrap; gap: 0 1.2rem; margin: .5rem 0 1rem; padding: 0; list-style: none; font-size: .9rem; }
.columns { display: grid; gap: 0 2.5rem; }
.columns > * { min-width: 0; }
@media (min-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr) 19rem; } }
.ladder { list-style: none; margin: 0; padding: 0; }
.ladder li { position: relative; padding: 0 0 .8rem 2.2rem; }
.ladder li::before { content: ''; position: absolute; left: .68rem; top: 1.5rem; bottom: -.05rem; border-left: 2px solid var(--line); }
.ladder li:last-child::before { display: none; }
.ladder .sign { position: absolute; left: 0; top: 0; width: 1.5rem; height: 1.5rem; border: 2px solid var(--line);
  border-radius: 50%; text-align: center; font-size: .85rem; line-height: 1.25rem; font-weight: 700; background: var(--paper); }
.clear .sign, .clear .status { color: var(--green); border-color: currentColor; }
.error .sign, .error .status { color: var(--red); border-color: currentColor; }
.warning .sign, .warning .status, .unknown .sign, .unknown .status { color: var(--amber); border-color: currentColor; }
.note .sign, .note .status { color: var(--blue); border-color: currentColor; }
.skipped .sign, .skipped .status { color: var(--soft); }
.status { font-weight: 600; }
.ladder small { display: block; color: var(--soft); line-height: 1.35; overflow-wrap: anywhere; }
.steps { list-style: none; margin: 0; padding: 0; }
.steps > li { border: 1px solid var(--line); border-radius: 8px; padding: .7rem .8rem; margin: .6rem 0; }
.steps label { display: flex; gap: .6rem; align-items: flex-start; }
.steps input { margin: .25rem 0 0; width: 1.1rem; height: 1.1rem; flex: none; }
.steps .inner { margin-left: 1.7rem; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: 0 .55rem; font-size: .8rem;
  font-weight: 600; background: var(--panel); }
.copied { position: relative; }
.copied pre { padding-right: 4.6rem; }
.copied button { position: absolute; top: .35rem; right: .35rem; font: inherit; font-size: .8rem; padding: .15rem .6rem;
  border: 1px solid var(--line); border-radius: 5px; background: var(--paper); color: var(--ink); cursor: pointer; min-height: 1.75rem; }
details { border: 1px solid var(--line); border-radius: 8px; padding: .5rem .8rem; margin: .7rem 0; }
summary { cursor: pointer; font-weight: 600; }
dt { color: var(--soft); margin-top: .5rem; overflow-wrap: anywhere; }
dd { margin: 0; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .6rem; font-size: .9rem; color: var(--soft); }
@media print {
  body { font-size: 9.5pt; line-height: 1.3; }
  h2 { margin: .7rem 0 .2rem; } h3 { margin: .6rem 0 .2rem; } p { margin: .2rem 0; }
  .steps > li { padding: .4rem .6rem; margin: .35rem 0; } pre { padding: .3rem .5rem; }
  .verdict { padding: .4rem .8rem; } footer { margin-top: .8rem; font-size: .85em; }
  .page { padding: 0; max-width: none; }
  .columns { display: block; }
  .copied button, .skip { display: none; }
  .copied pre { padding-right: .7rem; }
  .ladder { columns: 2; } .ladder li { break-inside: avoid; padding-bottom: .3rem; } .ladder li::before { display: none; }
  .steps > li, details, pre { break-inside: avoid; }
  a::after { content: ' (' attr(href) ')'; font-size: .85em; overflow-wrap: anywhere; }
}
`;

export const STYLE_HASH = 'sha256-MOxEboD3wEEb6Pufeg2wTjNHjjERUj3eFTH+H787a8I=';

export const SCRIPT = `
'use strict';
const said = document.getElementById('said');
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    let copied = true;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      copied = document.execCommand('copy');
    }
    for (const other of document.querySelectorAll('button[data-copy]')) other.textContent = 'Copy';
    button.textContent = copied ? 'Copied' : 'Selected';
    said.textContent = copied ? 'Copied to the clipboard' : 'Selected; press Ctrl+C to copy';
  });
}
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details.evidence:not([open])')];
  for (const part of closed) part.open = true;
});
addEventListener('afterprint', () => { for (const part of closed) part.open = false; });
`;

export const SCRIPT_HASH = 'sha256-MVGcxEUaoH3WVDPUigexYCFccj6sNnMdqNMEC9ID9y8=';
