/** What a server quotes back of the key or the id that it was sent, or says that it was sent none. */
import type { SaidRule } from './rule.ts';

/** What follows when a server quotes back the key that it was given. */
const QUOTED_BACK =
  '\\b(?:key|token|secret)\\b[^\\n"\'{]{0,24}(?:provided|supplied|received|given|used):?\\s?';
const NOTHING_BACK = new RegExp(
  `${QUOTED_BACK}(?:["'\`]?(?:none|null|nil|undefined)\\b|(?:''|""|\`\`)(?=[\\s.,;]|$))`,
  'i',
);
const TEMPLATE_BACK = new RegExp(
  `${QUOTED_BACK}["'\`]?(?:(?:(?:ADD|PUT|INSERT|ENTER|PASTE|SET|REPLACE)[_-]?)?(?:YOUR|MY)[_A-Z*•-]|(?:add|put|insert|enter|paste|set|replace)?[_-]?(?:your|my)[_-])`,
);
/** The words of a template in the place of the id, as a page of an authorization server repeats what it was sent. */
const TEMPLATE_ID_BACK =
  /\bclient[_ ]?id["']?\s?[=:]\s?["'<[]?(?:(?:add|put|insert|enter|paste|replace)[ _-](?:with[ _-])?)?(?:your|my)[ _-](?:\w{2,12}[ _-]){0,3}(?:id|key|here|value)\b/i;
const SIGNS_BACK = new RegExp(`${QUOTED_BACK}(?:\\\\?["“'](?=[\\w•*-]{6,})|\\$?\\{(?=[\\w•*-]{6,}))`, 'i');
const NO_KEY =
  /\bmissing (?:the |an? |your |valid )?(?:[\w-]{2,20}[- ])?(?:api|access|subscription|license)[- _]?key\b|\b(?:api|access|subscription|license)[- _]?key (?:is |was )?(?:missing|required|not (?:found|provided|supplied|set|present))\b|\bno (?:api|access|subscription)[- _]?key\b|\bdid(?:n[’']t| not) provide an? (?:api|access)[- _]?key/i;

export const quotedBack: readonly SaidRule[] = [
  {
    id: 'nothing-quoted-back',
    code: 'credential/missing',
    likelihood: 0.97,
    shows: NOTHING_BACK,
    when: (look) => NOTHING_BACK.test(look.answers),
    why: 'The server quotes back the word for nothing as the key that it was sent.',
    tell: 'Print the length of the value just before the request; it was never read.',
  },
  {
    id: 'key-was-expected',
    code: 'credential/missing',
    likelihood: 0.75,
    shows: NO_KEY,
    when: (look) => NO_KEY.test(look.answers),
    why: 'The server found no key in the call.',
    tell: 'Print the length of the key just before the call, and look for its header in the request as it is sent.',
  },
  {
    id: 'template-quoted-back',
    code: 'credential/placeholder',
    likelihood: 0.93,
    shows: TEMPLATE_BACK,
    when: (look) => TEMPLATE_BACK.test(look.answers),
    why: 'The server quotes back the words of a template as the key that it was sent.',
    tell: 'The real key is in another file than the one that the running program reads.',
  },
  {
    id: 'template-id-quoted-back',
    code: 'credential/placeholder',
    likelihood: 0.97,
    shows: TEMPLATE_ID_BACK,
    when: (look) => TEMPLATE_ID_BACK.test(look.answers),
    why: 'The server repeats the words of a template as the client id that it was sent.',
    tell: 'Put the id of a client of your own into the file that the running program reads.',
  },
  {
    id: 'signs-around-the-key',
    code: 'credential/mangled',
    likelihood: 0.9,
    shows: SIGNS_BACK,
    when: (look) => SIGNS_BACK.test(look.answers),
    why: 'The server quotes back quotation marks or braces that were sent as a part of the key.',
    tell: 'Give the bare value, or write the quotes where a shell takes them away.',
  },
];
