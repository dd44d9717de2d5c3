/** What a paste tells of the word before the token: which one the server wants, and which one is sent. */
import { stepName } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';
import { spoken } from './spoken.ts';

const SCHEME = String.raw`(bearer|basic|jwt|token|oauth|apikey)`;
/** Where a text names the word that the server wants. */
const WANTED: readonly RegExp[] = [
  new RegExp(
    String.raw`\bAuthorization["'` +
      '`' +
      String.raw`]?\s?[:=]\s?["'` +
      '`' +
      String.raw`]?${SCHEME}\s[<{$&"'\w]`,
    'gi',
  ),
  new RegExp(
    String.raw`\b(?:(?:auth\w*|token|jwt)?[_ -]?header[_ -]?(?:types?|prefix)|(?:auth\w*|token|jwt)[_ -]?(?:prefix|scheme|types?|keyword))\b[^\n.]{0,24}?(?:\b(?:is|to|be|of)\b|[:=(]) ?["'` +
      '`' +
      String.raw`(]{0,3}${SCHEME}\b`,
    'gi',
  ),
  new RegExp(String.raw`\bscheme (?:of |is |named )?["'` + '`' + String.raw`]?${SCHEME}\b`, 'gi'),
  new RegExp(
    String.raw`\b(?:wants?|expects?|requires?|uses?|reads?|accepts?|documents?|shows?)\b (?:the (?:word|scheme|prefix) |an? |only )?["'` +
      '`' +
      String.raw`]?${SCHEME}\b(?! (?:auth|for the token|at the token|flow|grant))`,
    'gi',
  ),
];
/** A word that is neither of the two that everybody has. */
const UNUSUAL = new RegExp(
  String.raw`\bAuthorization["']?\s?:\s?(?:jwt|token|oauth|apikey)\s[<{$&"'\w][^\n]{0,60}\b(?:works?|worked|fine|ok(?:ay)?|I get|gets? (?:the|an?)|200|lets? me in|succeeds?|the list)\b`,
  'i',
);

/** The words before the tokens of the calls that are shown. */
function sent({ endpoint }: Look): string[] {
  return endpoint
    .filter((x) => stepName(x.step) === 'endpoint')
    .flatMap(({ request: { authorization: a } }) =>
      a.kind === 'bearer'
        ? ['bearer']
        : a.kind === 'basic'
          ? ['basic']
          : a.kind === 'masked' || a.kind === 'unrecognised'
            ? [(a.scheme ?? '').toLowerCase()]
            : [],
    )
    .filter((word) => word !== '');
}

/** The words that sentences and settings say the server wants. */
function wanted({ scene }: Look): string[] {
  const text = scene.evidence.said
    .filter(({ where }) => where === 'prose' || where === 'config')
    .map((said) => spoken(said, scene))
    .join('\n')
    .slice(0, 20_000);
  return WANTED.flatMap((pattern) => [...text.matchAll(pattern)].map((m) => (m[1] ?? '').toLowerCase()));
}

/** All calls have one word, and all that is said of the server's has another. */
function differs(look: Look): boolean {
  const [words, named] = [sent(look), wanted(look)];
  const others = named.filter((word) => !words.includes(word));
  return words.length > 0 && others.length > 0 && new Set(words).size === 1;
}

export const schemes: readonly SaidRule[] = [
  {
    id: 'another-word-than-the-server-wants',
    code: 'header/wrong-scheme',
    likelihood: 0.96,
    shows: new RegExp(String.raw`\b${SCHEME}\b`, 'i'),
    when: (look) => look.failureTold() && !look.tokenRefused() && differs(look),
    why: 'The word before the token in the call that is shown is another than the one that the server is said to want.',
    tell: 'Send the token behind the word that the documentation or the settings of the server name.',
  },
  {
    id: 'works-with-an-unusual-word',
    code: 'header/wrong-scheme',
    likelihood: 0.96,
    where: ['prose'],
    pattern: UNUSUAL,
    when: (look) =>
      look.failureTold() &&
      !look.tokenRefused() &&
      look.says(/\b(?:does(?: not|n[’']t)|do not|don[’']t|not|n[’']t|never|fails?|refused|401)\b/i),
    why: 'This server takes the token behind a word of its own; what fails sends Bearer, as most libraries do by default.',
    tell: 'Look for the setting of the prefix in the library, or print the header as it is sent.',
  },
];
