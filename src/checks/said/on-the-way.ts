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
