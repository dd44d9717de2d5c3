/** What a shell, a file of settings or a store makes of a value on its way into the request. */
import type { Look, SaidRule } from './rule.ts';

const VALUE =
  '(?:pass ?words?|secrets?|tokens?|cookies?|api[ _-]?keys?|credentials?|client[ _-]?ids?|user ?names?)';
/** Signs that a shell, Compose or a file of settings reads for itself. */
const SIGN =
  '(?:(?<!\\d )\\bdollar(?: signs?)?\\b(?! (?:account|amount|price))|\\bexclamation (?:marks?|points?)|\\bback ?(?:ticks?|quotes?)\\b|\\$(?=[\\s`"\'’”),.]|$))';
const A_SHELL =
  /\b(?:shell|bash|zsh|terminal|command[- ]line|curl|popen|exec\w*|system\(|double quot\w+|compose|docker|env(?:ironment)? (?:files?|var\w*)|dotenv|makefile|helm|github actions|jenkins|crontab|cli)\b|\.env\b/i;
const VARIABLE = '\\w*(?:TOKEN|SECRET|KEY|PASS(?:WORD|WD)?|CLIENT_?ID)\\w*';
/** Readers of lists of NAME=value that are no shells: what stands behind the = is the value (docs of docker run). */
const TAKES_ALL = /--env-file\b|\bpodman\b|\bdocker run\b|\bEnvironmentFile\b|\bcompose v?1\b/i;
const INI_IN_QUOTES = new RegExp(
  `^\\[[\\w .-]{1,40}\\]\\s*\\n(?:[^\\n]*\\n){0,8}?${VARIABLE}\\s{0,3}=\\s{0,3}(["'])[^"'\\n]{1,300}\\1\\s*$`,
  'im',
);

const inSettings = (look: Look, pattern: RegExp): boolean =>
  look.scene.evidence.said.some(
    (s) =>
      (s.where === 'code' || s.where === 'config') &&
      (pattern.test(s.text ?? '') || pattern.test(`${s.key}: ${s.text ?? ''}`)),
  );

/** A piece of a value that begins with a $, and stands where a shell or Compose puts a variable in its place. */
const DOLLAR_WITHIN = new RegExp(
  `${VARIABLE}\\s{0,2}[=:]\\s{0,2}(?!['{(])"?[^\\s"']{0,80}\\$\\w[^\\s"']{0,200}|\\s"[^"\\s]{2,80}\\$[A-Za-z_]\\w[^"\\s]{0,120}"`,
  'm',
);
const DOLLAR_SAID = new RegExp(
  `\\b(?:${VALUE}|key|piece|part|middle)\\b[^\\n]{0,80}(?<![\\w{(])\\$[A-Za-z_]\\w{2,40}\\b(?!\\s?[=(])`,
  'i',
);
/** A value that is told to have a # within it; not a number of an issue, a colour or the part of an address. */
const HASH_WITHIN =
  /(?<![/\w.#?&=-])(?![\w./?&=-]{0,200}https?:)[\w.^%+!$@*-]{1,40}#(?!\d{1,7}\b(?![\w^.]))[\w.^%+!$@*#-]{1,40}(?<!C#)/;
const PIECE_GONE =
  /\b(?:piece|part|portion|rest|remainder|middle|half|chars?|characters?|everything|segment)\b[^\n.]{0,40}\b(?:is|are|was|were|gets?|goes|went|has|have|of it)\b[^\n.]{0,30}\b(?:gone|missing|lost|cut|dropped|stripped|empty|removed|swallowed|eaten|vanish\w*|disappear\w*)\b|\b(?:not|n[’']t|never|no longer)\b[^\n.]{0,24}\b(?:whole|complete(?:ly)?|entire(?:ly)?|in full|intact)\b|\b(?:truncated|shortened|mangled|garbled|cut off)\b/i;
const NAMED_SIGN =
  '(?:\\b(?:back ?tick|back ?quote|hash|dollar|ampersand|percent|(?:quotation|exclamation) mark|quote|semicolon|backslash|pipe|(?:first|this|that) (?:sign|character|symbol))\\b|["\'`][#$&%!;|\\\\`]["\'`]|(?<=\\s)[#$](?=[\\s.,;)]|$))';
const UP_TO_A_SIGN = new RegExp(
  `\\b(?:everything|all|only what|(?:only )?the part|what (?:is|stands|comes)|the characters|nothing)\\b[^\\n.]{0,20}\\b(?:before|up to|until|behind|after|following|in front of)\\b[^\\n.]{0,12}${NAMED_SIGN}|\\b(?:ends?|stops?|(?:is |gets? |was )?(?:cut|truncated|split)(?: off)?)\\b[^\\n.]{0,8}\\b(?:before|at|behind|after)\\b[^\\n.]{0,12}${NAMED_SIGN}`,
  'im',
);
const HASH_SAID =
  /(?:(?<!\w)["'`]?#["'`]?|\bhash|\bpound)[ -]?(?:signs?|char\w*|marks?|symbols?)\b|\b(?:has|have|with|contains?|holds?|includ\w+)\b (?:an? |the |several )?["'`]?#(?=["'`]?(?:\s|[.,;]|$))/i;

export const onTheWay: readonly SaidRule[] = [
  {
    id: 'signs-that-a-shell-reads',
    code: 'credential/mangled',
    likelihood: 0.86,
    where: ['prose', 'config'],
    pattern: new RegExp(`\\b${VALUE}\\b[^\\n.]{0,60}${SIGN}|${SIGN}[^\\n.]{0,40}\\b${VALUE}\\b`, 'i'),
    when: (look) => look.says(A_SHELL) && look.failureTold(),
    why: 'The value has a sign that a shell (or Compose) reads for itself: within double quotes it is replaced before the program sees it.',
    tell: 'Put the value into single quotes (in Compose write $$ for $), and print its length where it is sent.',
  },
  {
    id: 'quotes-that-nobody-takes-off',
    code: 'credential/mangled',
    likelihood: 0.86,
    shows: new RegExp(`(?:^|\\s)${VARIABLE}=(["'])[^"'\\n]{1,300}\\1`, 'im'),
    when: (look) =>
      look.says(TAKES_ALL) &&
      inSettings(look, new RegExp(`^\\s*${VARIABLE}=(["'])[^"'\\n]{1,300}\\1\\s*$`, 'im')),
    why: 'No shell reads this file of variables: the quotation marks behind the = become a part of the value.',
    tell: 'Write NAME=value without quotes there.',
  },
  {
    id: 'quotes-in-an-ini-file',
    code: 'credential/mangled',
    likelihood: 0.74,
    shows: new RegExp(`\\b${VARIABLE}\\s{0,3}=\\s{0,3}["'][^"'\\n]{1,300}["']`, 'i'),
    when: (look) =>
      inSettings(look, INI_IN_QUOTES) &&
      look.says(/\bconfig|\.ini\b|\.cfg\b|\.conf\b|\.rc\b|credentials? file/i) &&
      !look.says(/\btoml\b|streamlit|netlify|wrangler|cargo|pyproject/i) &&
      look.failureTold(),
    why: 'A file of this form keeps quotation marks as a part of the value (Python’s configparser and others).',
    tell: 'Take the quotes off, or print the value in the running program.',
  },
  {
    id: 'number-changed-said',
    code: 'credential/mangled',
    likelihood: 0.84,
    where: ['prose'],
    pattern: new RegExp(
      `\\b(?:id|${VALUE})\\b[^\\n]{0,100}\\b(?:rounded|scientific notation|(?:other|different|wrong) digits|as a (?:number|float|decimal)|leading zero(?:e?s)?)\\b`,
      'i',
    ),
    why: 'The value is digits alone and was read as a number, which drops zeros in front or rounds the end.',
    tell: 'Put it into quotes where it is set.',
  },
  {
    id: 'shorter-than-it-was',
    code: 'credential/mangled',
    likelihood: 0.86,
    where: ['prose'],
    pattern:
      /\b(?:\d{1,3}|some|several|a few|two|three|four|many) char(?:acter)?s? (?:shorter|fewer|less|too short|are (?:missing|gone|lost|dropped))\b|\b(?:lacks?|loses?|lost|drops?|swallows?) (?:the (?:first|last) )?(?:\d{1,3}|some|several|a few|one|two|three|four) char(?:acter)?s?\b|\bonly the first \d{1,3} char/i,
    when: (look) => look.says(new RegExp(`\\b${VALUE}\\b`, 'i')),
    why: 'A part of the value was lost between the place where it is kept and the request.',
    tell: 'Compare both letter for letter: what is gone tells who took it ($NAME a shell, %XX a sanitizer, # a file of settings).',
  },
  {
    id: 'piece-taken-for-a-variable',
    code: 'credential/mangled',
    likelihood: 0.95,
    shows: /\$[A-Za-z_]\w{2,40}/,
    when: (look) =>
      (inSettings(look, DOLLAR_WITHIN) || look.says(DOLLAR_SAID)) &&
      look.says(PIECE_GONE) &&
      !look.says(/\bscopes?\b/i),
    why: 'A $ stands within the value; a shell (within double quotes) and Compose take what follows for a variable and put nothing in its place.',
    tell: 'Put the value into single quotes; in the files of Compose write $$ for each $.',
  },
  {
    id: 'good-up-to-a-sign',
    code: 'credential/mangled',
    likelihood: 0.9,
    where: ['prose'],
    pattern: UP_TO_A_SIGN,
    when: (look) => look.failureTold() && look.says(new RegExp(`\\b(?:key|${VALUE})\\b`, 'i')),
    why: 'The value is cut at a sign that a shell or the reader of a file of settings takes for its own.',
    tell: 'Put the value into quotes where it is stored (single ones where a shell reads it), and compare both lengths.',
  },
  {
    id: 'hash-begins-a-comment',
    code: 'credential/mangled',
    likelihood: 0.92,
    where: ['prose', 'config', 'code'],
    pattern: new RegExp(`${HASH_WITHIN.source}|${HASH_SAID.source}`, 'i'),
    when: (look) =>
      look.says(/\.env\b|\bdotenv\b|\benv[- ]file\b/i) &&
      look.says(new RegExp(`\\b(?:key|${VALUE})\\b`, 'i')) &&
      look.failureTold(),
    why: 'Without quotes around it a # begins a comment in a .env file (documentation of dotenv), so the value ends before it.',
    tell: 'Write the value in quotes, and print its length where it is sent.',
  },
  {
    id: 'cleaned-before-it-is-stored',
    code: 'credential/mangled',
    likelihood: 0.82,
    pattern: new RegExp(
      `\\b(?:sanitize_text_field|strip_tags|htmlspecialchars|htmlentities|sanitiz\\w+|esc_(?:html|attr)|html[- ]?(?:encod|escap)\\w+)\\b[^\\n]{0,80}(?:${VALUE}|\\bkey\\b)|(?:${VALUE}|\\bkey\\b)[^\\n.]{0,80}\\b(?:sanitiz\\w+|html[- ]?(?:encod|escap)\\w+|strip_tags|&amp;)`,
      'i',
    ),
    when: (look) => look.failureTold(),
    why: 'The value goes through a function that cleans text; it takes or changes signs that belong to the value.',
    tell: 'Store the value byte for byte, and compare its length with that of what was issued.',
  },
];
