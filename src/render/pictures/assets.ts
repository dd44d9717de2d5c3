/**
 * Style of the page of pictures. The page has no script, and its policy allows exactly this text by its hash;
 * test/view.test.ts names the right one.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de; --panel: #f6f8fa; --blue: #0a58ca;
  --line: #0a58ca; --answered: #3572b0; --abandoned: #c4501b; --other: #8b949e; --none: #eef1f4;
  --exported: #3572b0; --restated: #e0a100; --missing: #c4501b;
  --level-0: #a63603; --level-1: #e6772e; --level-2: #fdc27c; --level-3: #9ec9e2; --level-4: #3572b0;
  --load-0: #dfeaf5; --load-1: #b9d3ea; --load-2: #89b4d9; --load-3: #5791c4; --load-4: #2f6ba8; --load-5: #14447c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --ink: #e6e9ed; --soft: #a0a9b4; --rule: #39424d; --panel: #171d24; --blue: #82b4ff;
    --line: #82b4ff; --answered: #5c97d6; --abandoned: #f0834a; --other: #7d8793; --none: #1c232b;
    --exported: #5c97d6; --restated: #f2c063; --missing: #f0834a;
    --level-0: #e4572e; --level-1: #f0934a; --level-2: #c9a878; --level-3: #5f8fb5; --level-4: #82b4ff;
    --load-0: #1b2c40; --load-1: #22405f; --load-2: #2d5a87; --load-3: #3f79b3; --load-4: #659fd8; --load-5: #a5cdf7;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.page { max-width: 66rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .2rem 0; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .3rem; }
p { margin: .3rem 0; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.soft, figcaption { color: var(--soft); font-size: .9rem; }
.about, .key { display: flex; flex-wrap: wrap; gap: 0 1.2rem; margin: .4rem 0; padding: 0; list-style: none; font-size: .9rem; }
.about li { overflow-wrap: anywhere; }
.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; margin: 1rem 0; padding: 0; }
.sums div { border: 1px solid var(--rule); border-radius: 8px; background: var(--panel); padding: .5rem .8rem; }
.sums dt { color: var(--soft); font-size: .85rem; }
.sums dd { margin: 0; font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.sums dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
figure { margin: .4rem 0 1rem; }
.picture, .wide { overflow-x: auto; }
.picture svg { display: block; width: 100%; min-width: 40rem; height: auto; }
.plot text { white-space: pre; }
td .plot { display: block; width: 7.5rem; height: auto; }
.key span { display: inline-block; width: .85rem; height: .85rem; border: 1px solid var(--rule); border-radius: 3px; vertical-align: -.1rem; margin-right: .4rem; }
.pale { opacity: .4; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 9rem; font-weight: 500; }
thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
details { border: 1px solid var(--rule); border-radius: 8px; padding: .5rem .8rem; margin: .7rem 0; }
summary { cursor: pointer; font-weight: 600; }
footer { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: .6rem; font-size: .9rem; color: var(--soft); }
.answered { background: var(--answered); } .abandoned { background: var(--abandoned); } .other { background: var(--other); }
.exported { background: var(--exported); } .restated { background: var(--restated); } .missing { background: var(--missing); }
.level-0 { background: var(--level-0); } .level-1 { background: var(--level-1); } .level-2 { background: var(--level-2); }
.level-3 { background: var(--level-3); } .level-4 { background: var(--level-4); }
@media print {
  body { font-size: 10pt; }
  .page { padding: 0; max-width: none; }
  .picture svg { min-width: 0; }
  figure, tr { break-inside: avoid; }
}
`;

export const STYLE_HASH = 'sha256-kO1bfx5IgPcm7bmTPfzZfZWaeq+TTzyM8o6lEn0Y8Uc=';
