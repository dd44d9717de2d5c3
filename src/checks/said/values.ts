/** What a paste shows of an id or a secret beside its shape: quoted back by the server, counted, read, or encoded. */
import type { Look, SaidRule } from './rule.ts';

/** What a server quotes back in a sentence as the id that it was sent; not a field of JSON. */
const ECHO =
  /\b(?:identifier|client|application|app|api_?key)\b(?: [\w ]{1,24})? (['"`])((?:[ \t]|\\[tnr])*[\w.@:/~-]{4,80}(?:[ \t]|\\[tnr])*)\1/gi;

function quotedBack(look: Look, fits: (value: string) => boolean): boolean {
  return [...look.answers.matchAll(ECHO)].some((m) => fits(m[2] ?? ''));
}

/** A secret of Entra: three characters, a digit, Q~. */
const SECRET_SHAPED = /^[\w.~-]{2,6}Q~/;

/** Two lengths that are told of one value: how much longer the one in the program is. */
function surplus(look: Look): number | undefined {
  const LENGTHS =
    /\b(?:len(?:gth)?|strlen|size|characters?|chars?)\b[^\n.]{0,60}?\b(\d{2,3})\b[^\n]{0,90}?\b(?:has|have|had|is|are|was|shows?|should|instead of|vs\.?|versus|expected|but|not)\b[^\n.]{0,50}?\b(\d{2,3})\b/i;
  const found = LENGTHS.exec(look.context);
  return found ? Number(found[1]) - Number(found[2]) : undefined;
}

/** A form that encodes by itself, and a value that was encoded before it came there. */
const ENCODES =
  /URLSearchParams|FormUrlEncodedContent|UrlEncodedFormEntity|http_build_query|--data-urlencode|x-www-form-urlencoded tab|\bdata=(?:dict\(|\{)|\.append\(|FormBody\.Builder|url\.Values/;
const ENCODED_BEFORE =
  /\b(?:encodeURIComponent|encodeUriComponent|UrlEncode|urlencode|rawurlencode|quote(?:_plus)?|URLEncoder\.encode|QueryEscape|escape_uri|EscapeDataString)\s?\(\s{0,3}[\w.$[\]'"]{0,40}secret/i;

export const values: readonly SaidRule[] = [
  {
    id: 'blank-quoted-back',
    code: 'credential/whitespace',
    likelihood: 0.95,
    when: (look) => quotedBack(look, (value) => /^(?:\s|\\[tnr])|(?:\s|\\[tnr])$/.test(value)),
    why: 'The server quotes back the id with a blank at its edge, which is what it was sent.',
    tell: 'Trim the value where it is read.',
  },
  {
    id: 'quotes-quoted-back',
    code: 'credential/mangled',
    likelihood: 0.94,
    when: (look) =>
      /\b(?:identifier|client[ _]?id|client|application)\b[^\n'"`]{0,24}(?:'\\?"[^'"\n]{3,80}\\?"'|"\\?'[^'"\n]{3,80}\\?'"|''[^'\n]{3,80}'')/i.test(
        `${look.answers}\n${look.context}`,
      ),
    why: 'The server quotes back the id in quotation marks that were sent as a part of it.',
    tell: 'Write the value without quotes, or where a shell takes them away.',
  },
  {
    id: 'secret-in-the-place-of-the-id',
    code: 'credential/swapped',
    likelihood: 0.94,
    when: (look) => quotedBack(look, (value) => SECRET_SHAPED.test(value)),
    why: 'The server quotes back as the id what has the form of a secret.',
    tell: 'Compare both with the console: which of the two is the id there?',
  },
  {
    id: 'longer-than-issued',
    code: 'credential/whitespace',
    likelihood: 0.9,
    when: (look) => [1, 2].includes(surplus(look) ?? 0),
    why: 'The value in the program is one or two characters longer than the one that was issued: a line break or a blank came with it.',
    tell: 'Print the value between brackets, or its last bytes with xxd.',
  },
  {
    id: 'of-another-length',
    code: 'credential/mangled',
    likelihood: 0.86,
    when: (look) => {
      const by = surplus(look) ?? 0;
      return by < 0 || by > 2;
    },
    why: 'The value in the program has not the length of the one that was issued.',
    tell: 'Print it in the running program: is it cut, or a reference that nothing replaced?',
  },
  {
    id: 'encoded-before-a-form',
    code: 'credential/over-encoded',
    likelihood: 0.9,
    when: (look) => ENCODES.test(look.codes + look.context) && ENCODED_BEFORE.test(look.codes + look.context),
    why: 'The secret is form-encoded before it is given to a form, which encodes it again.',
    tell: 'Give the raw value to the form.',
  },
  {
    id: 'variable-of-the-secret-not-set',
    code: 'credential/mangled',
    likelihood: 0.93,
    pattern: /\bThe \\?"?\w+\\?"? variable is not set\. Defaulting to a blank/i,
    why: 'Compose takes what follows the $ of a value for a variable, and puts nothing in its place.',
    tell: 'Write $$ for each $ of the value.',
  },
];
