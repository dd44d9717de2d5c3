/** What an answer says, or a sentence tells, held against the request that is shown beside it. */
import { stepName, type Exchange } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

/** The server found no id, no secret, or neither. */
const PAIR_NOT_FOUND =
  /\bclient[_ ]?(?:id|secret|credentials?|authentication|identifier)\b['"`\\]{0,3}[^\n.]{0,30}\b(?:missing|required|null|empty|blank|absent|not (?:be (?:null|empty|blank)|found|provided|present|sent|supplied|included|specified|given))\b|\b(?:missing|requires?|required|no|without|lacks?)\b[^\n.]{0,30}\bclient[_ ]?(?:id|secret|credentials?|identifier)\b/i;
/** They are told to go out in a Basic header. */
const SENT_AS_BASIC =
  /\b(?:sends?|sent|sending|passe[sd]|puts?|transmits?|are|go(?:es)?|authenticat\w+)\b[^\n.]{0,40}\b(?:as|in|via|by|with|using|through|into) (?:an? |the )?(?:http )?basic\b|\b(?:uses?|using) (?:http )?basic\b|\bbasic (?:auth\w* )?header (?:with|of|from|that holds) (?:the )?(?:client )?id and (?:the )?(?:client )?secret\b/i;
const NOT_SENT = /\b(?:not|never|no longer|n[’']t|instead of|rather than|without)\b[^\n.]{0,40}\bbasic\b/i;

const isBasic = ({ request: { authorization: a, bodyCredentials, form } }: Exchange): boolean =>
  (a.kind === 'basic' || (a.kind === 'masked' && /^basic$/i.test(a.scheme ?? ''))) &&
  bodyCredentials?.secret !== true &&
  form?.['client_id'] === undefined;

/** Id and secret go out in a header that the server does not look at. */
function pairOverlooked(look: Look): boolean {
  if (!look.tokenRefused() || !PAIR_NOT_FOUND.test(look.answers)) return false;
  if (/\bheaders?\b|\bgrant_type\b/i.test(look.answers)) return false;
  const told = look.says(SENT_AS_BASIC) && !look.says(NOT_SENT);
  return told || look.token.some(isBasic);
}

/** A grant type of the RFCs with something else in the same parameter. */
const GRANT = '(?:refresh_token|authorization_code|client_credentials|password)';
const MORE_THAN_A_GRANT = new RegExp(`^${GRANT}[\\s,;|+&].*\\w`);
const MORE_SAID = new RegExp(
  `\\bgrant[_ ]?type\\b[^\\n.]{0,16}\\b(?:holds?|contains?|ends? up (?:as|with)|becomes?|became|turns? into)\\b[^\\n.]{0,12}\\b${GRANT}["'\`]?,? (?:together with|along with|combined with|joined with|plus|as well as|followed by|with|and)\\b`,
  'i',
);
/** A renewal that is told to go out as the exchange of a code, or as anything but a renewal. */
const RENEWAL =
  '\\b(?:renew\\w*|refresh(?:es|ed|ing)?)\\b(?! ?_?tokens?\\b)(?! (?:the |my |this |a )?(?:page|browser|tab)\\b)';
const AS_ANOTHER =
  '\\bgrant[_ ]?type\\b\\W{0,6}(?:is |of |as |still |always )*\\W{0,2}(?:authorization_code|password)\\b';
const RENEWED_AS_ANOTHER = new RegExp(
  `${RENEWAL}[^\\n]{0,200}${AS_ANOTHER}|${AS_ANOTHER}[^\\n.;,]{0,40}\\b(?:for|at|in|on|when|while|during|instead of) (?:(?:the|a|each|every) )?${RENEWAL}`,
  'i',
);

/** A shell looks for a program of this name, which is an option, an address or a value. */
const NO_PROGRAM =
  /\bcommand not found: ?(?:-|https?:|•{3}|(?=[\w.~-]*\d)(?=[\w.~-]*[A-Za-z])[\w.~-]{16,}(?:\s|$))|(?:^|[\s:])(?:-{1,2}[A-Za-z][\w-]*|https?:\S+|•{3,}|(?=[\w.~-]*\d)(?=[\w.~-]*[A-Za-z])[\w.~-]{16,}): command not found\b|\bsh: \d+: (?:-|https?:)\S*: not found\b/im;

/** An address that a blank has torn in two. */
const TORN = /\bscopes?["']?\s{0,3}[=:][^\n]{0,400}?\bhttps?:\/\/ {1,3}\w/i;

/** Of several scopes that were asked for the server names some, so it has read the list as one. */
function someAreNamed(look: Look): boolean {
  return look.scene.evidence.exchanges.some(({ step, request }) => {
    if (stepName(step) !== 'token') return false;
    const inUrl = /[?&]scope=([^&#\s]{2,600})/.exec(request.url ?? '')?.[1] ?? '';
    const asked = (request.form?.['scope'] ?? inUrl).split(/\s+|\+|%20/).filter((one) => one.length > 2);
    const named = asked.filter((one) => look.answers.includes(one));
    return asked.length > 1 && named.length > 0 && named.length < asked.length;
  });
}

export const heldAgainst: readonly SaidRule[] = [
  {
    id: 'pair-overlooked-in-the-header',
    code: 'client/auth-method-mismatch',
    likelihood: 0.93,
    shows: /\bbasic\b/i,
    when: (look) => pairOverlooked(look) && look.scene.profile.access !== 'roles',
    why: 'Id and secret go out in a Basic header, and the server says that it has none: it reads them in the body.',
    tell: 'Send client_id and client_secret in the body (client_secret_post), or teach the server the Basic header (RFC 6749 §2.3.1).',
  },
  {
    id: 'more-than-a-grant-type',
    code: 'grant/wrong-type-sent',
    likelihood: 0.95,
    shows: /\bgrant[_ ]?type\b/i,
    when: (look) =>
      MORE_THAN_A_GRANT.test(look.form('grant_type') ?? '') || (look.failureTold() && look.says(MORE_SAID)),
    why: 'The parameter holds more than the name of a grant, so it is none that the server knows.',
    tell: 'Send the name of the grant alone; scopes have a parameter of their own.',
  },
  {
    id: 'renewal-sent-as-another-grant',
    code: 'grant/wrong-type-sent',
    likelihood: 0.95,
    where: ['prose'],
    pattern: RENEWED_AS_ANOTHER,
    when: (look) =>
      look.failureTold() && !look.says(/grant_?type\b\W{0,6}(?:is |of |as )?\W{0,2}refresh_token\b/i),
    why: 'The renewal names the grant of the first request.',
    tell: 'Send grant_type=refresh_token with the refresh token.',
  },
  {
    id: 'line-that-fell-apart',
    code: 'request/malformed-command',
    likelihood: 0.96,
    shows: NO_PROGRAM,
    when: ({ scene: { evidence } }) => NO_PROGRAM.test(evidence.paste ?? ''),
    why: 'The shell ran a part of the command as a command of its own: a line break stands in it, and no backslash before.',
    tell: 'Write it on one line, or end each line but the last with a backslash and nothing behind it.',
  },
  {
    id: 'address-torn-in-two',
    code: 'scope/malformed',
    likelihood: 0.96,
    shows: TORN,
    when: ({ scene: { evidence } }) => TORN.test(evidence.paste ?? ''),
    why: 'A blank stands within the address of a scope, so the server reads two scopes, and knows neither.',
    tell: 'Take the blank out.',
  },
  {
    id: 'one-of-several-scopes-named',
    code: 'scope/unknown',
    likelihood: 0.8,
    shows: /\bscopes?\b/i,
    when: (look) =>
      someAreNamed(look) &&
      look.answered(
        /\b(?:invalid|unknown|unsupported)[_ ]?scopes?\b|\bscopes?\b[^\n]{0,80}\b(?:invalid|unknown|not (?:exist|found|supported|recogni[sz]ed))/i,
      ) &&
      !look.answered(/\bnot (?:allowed|permitted|authori[sz]ed)\b/i),
    why: 'The server took the list apart and names one scope of it, which it does not have (or not for this client).',
    tell: 'Compare that scope with those that the server lists, or ask without it.',
  },
];
