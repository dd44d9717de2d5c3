/** What is said not to come: a token of another kind, an attribute of the user, objects, a feature that is off. */
import { statusOf } from '../../core/index.ts';
import { FEWER_ROWS } from './failure.ts';
import type { Look, SaidRule } from './rule.ts';

const GONE =
  "(?:null|nil|none|undefined|empty|blank|missing|absent|never (?:comes|came|there|returned|sent|set)|no longer (?:comes|there|returned|sent)|not (?:there|returned|included|sent|issued|present|set|given|available|in (?:it|the (?:answer|response|result|token|profile)))|n[’']t (?:there|returned|included|sent|issued|present|set|given|come|in (?:it|the \\w+)))";
const NO =
  "(?:no|without(?: an?| the| any)?|lacks?(?: an?| the)?|miss(?:es|ing)(?: an?| the)?|never (?:get|got|receive)(?: an?| the)?|(?:do|did|does)(?: not|n[’']t) (?:get|receive|return|contain|include|give me|send)(?: an?| the| any)?|not (?:getting|receiving)(?: an?| the| any)?)";

const missing = (what: string): RegExp =>
  new RegExp(`\\b${what}\\b[^\\n.,]{0,40}\\b${GONE}\\b|\\b${NO} (?:\\w+ )?${what}\\b`, 'i');

const REFRESH = 'refresh[ _-]?tokens?';
const ID_TOKEN = '(?:id|identity)[ _-]?tokens?';
const OF_A_MACHINE = /client[ _-]?credentials|service account|machine/i;
const asksFor = (look: Look, scope: RegExp): boolean => scope.test(look.scene.evidence.paste ?? '');

/** Clocks differ by less, in seconds. */
const PAST_ALL_SKEW = 3600;

/** The exp claim that is shown lies long before every time that a log shows beside it. */
export function endedBefore({ scene }: Look): boolean {
  const { paste = '' } = scene.evidence;
  const ends = [...paste.matchAll(/["']?\bexp["']?\s{0,3}[:=]\s{0,3}(\d{10})\b/g)].map((m) => Number(m[1]));
  const times = [...paste.matchAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/g)].map(
    ([time]) => Date.parse(time) / 1000,
  );
  return ends.length > 0 && times.length > 0 && Math.max(...ends) + PAST_ALL_SKEW < Math.min(...times);
}

export const lacking: readonly SaidRule[] = [
  {
    id: 'ended-before-the-log',
    code: 'endpoint/token-expired',
    likelihood: 0.96,
    shows: /["']?\bexp["']?\s{0,3}[:=]\s{0,3}\d{10}\b/,
    when: (look) => look.endpoint.length > 0 && endedBefore(look),
    why: 'The exp claim of the token lies long before the times of the log, longer than clocks differ.',
    tell: 'Ask for a new token just before the call.',
  },
  {
    id: 'fewer-than-there-are',
    code: 'endpoint/silently-empty',
    likelihood: 0.95,
    where: ['prose'],
    pattern: FEWER_ROWS,
    when: ({ endpoint }) =>
      endpoint.length > 0 && endpoint.every((x) => Math.floor((statusOf(x) ?? 0) / 100) === 2),
    why: 'The call is let in and answers with less than a person sees: what the client may not see is left out, and no error tells.',
    tell: 'Compare the rights of the client (divisions, folders, shares) with those of the person who sees more.',
  },
  {
    id: 'no-id-token',
    code: 'scope/not-requested',
    likelihood: 0.94,
    shows: missing(ID_TOKEN),
    when: (look) =>
      look.failureTold() &&
      (look.says(missing(ID_TOKEN)) || look.answered(missing(ID_TOKEN))) &&
      !asksFor(look, /\bscopes?\b[^\n]{0,80}\bopenid\b/i) &&
      !look.says(/\bid[ _-]?token[ _-]?hint\b|\bnonce\b/i) &&
      !look.says(OF_A_MACHINE),
    why: 'An id token comes only where openid is among the scopes that were asked for (OpenID Connect Core §3.1.2.1).',
    tell: 'Look at scope in the address to which the user is sent; add openid.',
  },
  {
    id: 'no-refresh-token',
    code: 'scope/not-requested',
    likelihood: 0.88,
    shows: missing(REFRESH),
    when: (look) =>
      look.failureTold() &&
      look.says(missing(REFRESH)) &&
      !look.says(OF_A_MACHINE) &&
      !look.tokenRefused() &&
      look.endpoint.length === 0 &&
      !look.says(
        /\bstored\b|\bsaved\b|\bset in\b|\bconfigured\b|missing refresh token\b[^\n]{0,12}(?:error|exception)/i,
      ),
    why: 'A refresh token comes only where it was asked for: access_type=offline at Google, the scope offline_access elsewhere.',
    tell: 'Add it to the address to which the user is sent, with prompt=consent where the user has agreed before.',
  },
  {
    id: 'no-e-mail-of-the-user',
    code: 'scope/not-requested',
    likelihood: 0.86,
    where: ['prose'],
    pattern:
      /\b(?:e-?mails?|e-?mail address(?:es)?|phone number|birthday|profile (?:picture|data))\b[^\n.]{0,40}\b(?:null|nil|undefined|empty|blank|missing|absent|never comes?|no longer comes?|not (?:there|returned|included|present|available|set)|n[’']t (?:there|returned|included|present|available|come))\b|\b(?:no|without(?: an?)?|lacks?(?: an?| the)?|missing) e-?mail(?: address)?\b/i,
    when: (look) =>
      look.says(
        /\blog[- ]?(?:in|ged)|\bsign(?:s|ed)?[- ]?(?:in|up)|oauth|social|firebase|provider|scopes?|user ?info|profile/i,
      ) &&
      !look.tokenRefused() &&
      !look.endpointStatus(401, 403) &&
      !look.says(/\b(?:confirm\w*|verif\w*|reset|notif\w*|smtp|imap|inbox|invit\w*)\b/i) &&
      !asksFor(look, /\bscopes?\b[^\n]{0,60}\bemail\b/i),
    why: 'An attribute of the user comes only with its scope; where scopes are set, they mostly take the place of the defaults.',
    tell: 'Name email (and profile) among the scopes of the sign-in, and sign in anew.',
  },
  {
    id: 'private-ones-do-not-show',
    code: 'endpoint/missing-scope',
    likelihood: 0.84,
    where: ['prose'],
    pattern:
      /\b(?:private|org(?:ani[sz]ation)?(?:[’']s)?)\b[^\n]{0,40}\brepos\w*[^\n.]{0,80}\b(?:do(?:es)?(?: not|n[’']t)|cannot|can[’']t|never|not|missing|invisible|hidden)\b|\brepos\w*[^\n]{0,60}\b(?:private|org(?:ani[sz]ation)?)\b[^\n.]{0,40}\b(?:do(?:es)?(?: not|n[’']t)|are not|aren[’']t|never)\b|\borg(?:ani[sz]ation)?s?\b[^\n]{0,100}\bits repos\w*[^\n.]{0,20}\b(?:do not|don[’']t|never) (?:appear|show|come)/i,
    when: (look) =>
      /^(?:github|gitlab|generic)$/.test(look.scene.evidence.provider) &&
      !look.endpointStatus(401, 403) &&
      !look.tokenRefused() &&
      !look.says(/\bclone\b|\binstallation\b|GitHub App\b/),
    why: 'What is public shows and what is private does not: the token lacks the scope for private repositories or organizations (GitHub: repo, read:org).',
    tell: 'Read X-OAuth-Scopes in the headers of an answer, and make a token with the scope.',
  },
  {
    id: 'feature-switched-off',
    code: 'endpoint/feature-missing',
    likelihood: 0.88,
    where: ['prose', 'config'],
    pattern:
      /\bfeatures?\b[^\n.]{0,60}\b(?:is|are|was|were) (?:turned |switched )?(?:off|disabled|deactivated|not (?:enabled|active|activated|licensed|available|on))\b|\b(?:CI\/CD|pipelines?|wikis?|issues|registry|packages|environments?|actions|module|product|add-?on|plugin|API)\b[^\n.]{0,16}\b(?:is|are|was|were) (?:turned|switched) off\b/i,
    when: (look) =>
      look.endpointStatus(0, 400, 403, 404) && !look.answered(/scope|expired|invalid[_ ]token/i),
    why: 'The call belongs to a feature that is switched off there, and its endpoint is refused whoever asks.',
    tell: 'Switch the feature on for that project or account, or leave it out of the calls.',
  },
];
