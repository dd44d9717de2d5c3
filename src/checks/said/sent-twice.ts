/** What a request carries twice: two Authorization headers, a parameter of the form, the id beside a Basic header. */
import type { SaidRule } from './rule.ts';

const HEADER_TWICE =
  /\bauthorization["']?\s?:\s?["']?(?:bearer|basic|token)\b[^\n]{0,4000}\n[\s>*]{0,6}(?:-H )?["']?(?:[\w.]{1,40}\.)?authorization["']?\s?:|\bcurl\b(?:[^\n]|\\\n){0,600}\s(?:-H|--header)[ =]?["']authorization:(?:[^\n]|\\\n){0,600}\s(?:-H|--header)[ =]?["']authorization:/i;
const FORM_TWICE =
  /(?:^|[\s"'?&`])client_(id|secret)=[^&\s"']{0,300}&(?:[\w.-]{1,40}=[^&\s"']{0,2000}&){0,20}client_\1=/im;
const ID_IN_THE_URL = /[?&]client_(?:id|secret)=/i;
const BOTH_BY_NAME =
  /\bclient_secret_basic\b[^\n.]{0,24}\b(?:and|plus|as well as|beside)\b[^\n.]{0,24}\bclient_secret_post\b[^\n.]{0,16}\b(?:together|both|at once|at the same time|in one|in the same)\b|\b(?:sends?|sent|sending|carries|contains?|includes?|puts?)\b[^\n.]{0,40}\b(?:both|together|at once)\b[^\n.]{0,40}\bclient_secret_basic\b[^\n.]{0,24}\b(?:and|plus|as well as)\b[^\n.]{0,24}\bclient_secret_post\b/i;

export const sentTwice: readonly SaidRule[] = [
  {
    id: 'two-authorization-headers',
    code: 'header/duplicate-credentials',
    likelihood: 0.95,
    shows: HEADER_TWICE,
    when: (look) =>
      HEADER_TWICE.test(look.scene.evidence.paste ?? '') &&
      look.failureTold() &&
      (look.endpointStatus(0, 400, 401, 403) || look.tokenRefused()),
    why: 'The request carries two Authorization headers, and a header of this name may stand there once (RFC 9110 §5.3).',
    tell: 'Find out who adds the second one (extraheader of git, an interceptor, a proxy), and leave one of them out.',
  },
  {
    id: 'parameter-twice-in-the-form',
    code: 'header/duplicate-credentials',
    likelihood: 0.96,
    shows: FORM_TWICE,
    when: (look) => FORM_TWICE.test(look.scene.evidence.paste ?? '') && look.failureTold(),
    why: 'client_id or client_secret stands in the form twice; a parameter may be sent once only (RFC 6749 §3.2).',
    tell: 'Leave one of the two out; mostly the library adds what the settings add as well.',
  },
  {
    id: 'id-in-the-url-beside-basic',
    code: 'header/duplicate-credentials',
    likelihood: 0.9,
    shows: ID_IN_THE_URL,
    when: ({ token }) =>
      token.some(
        ({ request: { url = '', authorization } }) =>
          ID_IN_THE_URL.test(url) &&
          (authorization.kind === 'basic' ||
            (authorization.kind === 'masked' && /^basic$/i.test(authorization.scheme ?? ''))),
      ),
    why: 'The client names itself in the address and in the Basic header; some servers take that for two proofs.',
    tell: 'Take client_id and client_secret out of the address.',
  },
  {
    id: 'two-methods-by-name',
    code: 'header/duplicate-credentials',
    likelihood: 0.95,
    where: ['prose', 'config'],
    pattern: BOTH_BY_NAME,
    when: (look) => look.failureTold() && !look.says(/\b(?:supports?|offers?|allows?|tried)\b/i),
    why: 'The request uses two of the methods of OpenID Connect Core §9 at once; RFC 6749 §2.3 allows one.',
    tell: 'Leave one of the two out.',
  },
];
