/** `invalid_scope` (RFC 6749 §5.2: invalid, unknown, malformed, or exceeds what was granted): which of the four. */
import { answersTo, bodyField, bodyText, type Cause, type Exchange, type Scene } from '../core/index.ts';
import { cause } from './rfc-causes.ts';
import { wordsOf } from './rfc-words.ts';

/** RFC 6749 §3.3: tokens of printable ASCII without `"` and `\`, parted by single spaces. */
const WELL_FORMED = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** The scope that was asked for, as it was sent; undefined where it is not known. */
export function requestedScope(exchange: Exchange, { evidence }: Scene): string | undefined {
  const sent = exchange.request.form?.['scope'];
  if (sent !== undefined) return sent;
  if (exchange.request.form) return '';
  return evidence.settings.requestedScope;
}

export function invalidScope(exchange: Exchange, scene: Scene): Cause[] {
  const asked = requestedScope(exchange, scene);
  const { text } = wordsOf(exchange);
  const named = bodyText(exchange, 'scope');
  const notAllowed = cause('scope/not-allowed', 0.5);
  const unknown = cause('scope/unknown', 0.45);
  const malformed = cause('scope/malformed', 0.15);
  if (asked !== undefined && asked !== '' && !WELL_FORMED.test(asked)) {
    return [
      cause(
        'scope/malformed',
        0.85,
        'The scope parameter holds characters or spaces that RFC 6749 §3.3 does not allow.',
      ),
      notAllowed,
      unknown,
    ];
  }
  if (asked?.includes(',') || /malformed|separat|comma|invalid characters|format/.test(text)) {
    return [
      cause(
        'scope/malformed',
        0.8,
        'Scopes are parted by spaces (RFC 6749 §3.3), not by commas or anything else.',
      ),
      unknown,
      notAllowed,
    ];
  }
  if (
    asked === '' ||
    /scope.{0,30}(?:missing|required|empty|must be)|(?:missing|required|no) scope/.test(text)
  ) {
    return [cause('scope/not-requested', 0.8), unknown];
  }
  const missing = unlisted(named ?? asked ?? '', scene);
  if (missing.length > 0) {
    return [
      cause('scope/unknown', 0.75, `The discovery document does not list ${missing.join(', ')}.`),
      notAllowed,
    ];
  }
  if (
    /not (?:allowed|authori[sz]ed|permitted|granted|configured|assigned)|exceed|unauthori[sz]ed/.test(text)
  ) {
    return [cause('scope/not-allowed', 0.8), cause('scope/unknown', 0.25)];
  }
  if (
    /unknown|does(?: not|n't) exist|not (?:found|supported|recogni[sz]ed|defined)|unsupported|undefined/.test(
      text,
    )
  ) {
    return [cause('scope/unknown', 0.8), cause('scope/not-allowed', 0.25)];
  }
  return [notAllowed, unknown, malformed];
}

/** Scopes that `scopes_supported` lacks; a server need not list all (RFC 8414 §2), so this only weighs. */
function unlisted(scope: string, { evidence }: Scene): string[] {
  const supported = answersTo(evidence, 'discovery')
    .map((x) => bodyField(x, 'scopes_supported'))
    .find(Array.isArray);
  if (!supported) return [];
  return scope.split(' ').filter((one) => one !== '' && !supported.includes(one));
}
