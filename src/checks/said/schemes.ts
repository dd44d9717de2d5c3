/** What a paste tells of the word before the token: which one the server wants, and which one is sent. */
import { stepName } from '../../core/index.ts';
import { readings } from '../readings.ts';
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
    String.raw`\b(?:wants?|expects?|requires?|reads?|accepts?|documents?|shows?)\b (?:the (?:word|scheme|prefix) |an? |only )?["'` +
      '`' +
      String.raw`]?${SCHEME}\b(?! (?:auth|for the token|at the token|flow|grant))`,
    'gi',
  ),
];
/** Sentences about the request for a token, where the pair goes behind a word of its own. */
const OF_THE_TOKEN_REQUEST =
  /[^.!?\n]*\b(?:token (?:endpoint|request|url)|\/token\b|client[ _-]?secret|id and (?:the )?secret|refresh)\b[^.!?\n]*/gi;
/** What of a server's own code or settings says the word, and of a command that is let in. */
const STANDS_FOR: readonly (readonly [RegExp, string])[] = [
  // https://www.django-rest-framework.org/api-guide/authentication/#tokenauthentication
  [/\b(?:rest_framework\.authentication\.)?TokenAuthentication\b/, 'token'],
  [/\bJSONWebTokenAuthentication\b|\bfromAuthHeaderWithScheme\(\s?["']jwt["']/i, 'jwt'],
  [
    /\b(?:docs?|documentation|manual|example|readme|works?|worked|fine)\b[^\n]{0,60}\bcurl\b[^\n]{0,40} (?:-u|--user)\b|\bcurl\b[^\n]{0,40} (?:-u|--user)\b[^\n]{0,80}\b(?:works?|worked|fine|succeeds?)\b/i,
    'basic',
  ],
];
/** Who sets the word anew does not have the one that the class has. */
const SET_ANEW = /\bkeyword\s?=|\bAUTH_HEADER_PREFIX\b|\bget_authorization_header\b/;
/** From here on a reading says plainly what is wrong. */
const PLAIN = 0.8;
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
function wanted({ scene, codes }: Look): string[] {
  const text = scene.evidence.said
    .filter(({ where }) => where === 'prose' || where === 'config')
    .map((said) => spoken(said, scene))
    .join('\n')
    .replace(OF_THE_TOKEN_REQUEST, ' ')
    .slice(0, 20_000);
  const named = WANTED.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((m) => (m[1] ?? '').toLowerCase()),
  );
  const shown = `${text}\n${codes}`;
  const meant = SET_ANEW.test(shown) ? [] : STANDS_FOR.filter(([pattern]) => pattern.test(shown));
  return [...named, ...meant.map(([, word]) => word)];
}

/** An API that read the token, and says something else of it, found it behind the right word. */
function wasRead({ scene }: Look): boolean {
  return readings(scene).some(({ reading: { causes } }) => {
    const [{ code, likelihood = 0.5 }] = causes;
    return likelihood >= PLAIN && !/^header\/|^endpoint\/token-malformed$/.test(code);
  });
}

/** What is told of these is a token, and no pair. */
const TOKEN_BEHIND_BASIC =
  /\bBasic\s+["'`<{$*\\]{0,3}(?:eyJ[\w-]{8,}\.|(?:my |the |your )?(?:JWT|access[ _]?token|bearer[ _]?token|id[ _]?token)\b)/i;

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
    when: (look) => look.failureTold() && !look.tokenRefused() && !wasRead(look) && differs(look),
    why: 'The word before the token in the call that is shown is another than the one that the server is said to want.',
    tell: 'Send the token behind the word that the documentation or the settings of the server name.',
  },
  {
    id: 'token-behind-basic',
    code: 'header/wrong-scheme',
    likelihood: 0.95,
    shows: TOKEN_BEHIND_BASIC,
    when: (look) =>
      look.failureTold() && !wasRead(look) && TOKEN_BEHIND_BASIC.test(look.scene.evidence.paste ?? ''),
    why: 'A token stands behind Basic, where the base64 of a name and a password belongs.',
    tell: 'Write Bearer, one blank and the token as it was issued.',
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
      !wasRead(look) &&
      look.says(/\b(?:does(?: not|n[’']t)|do not|don[’']t|not|n[’']t|never|fails?|refused|401)\b/i),
    why: 'This server takes the token behind a word of its own; what fails sends Bearer, as most libraries do by default.',
    tell: 'Look for the setting of the prefix in the library, or print the header as it is sent.',
  },
];
