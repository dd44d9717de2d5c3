/** What a paste tells of scopes: how they are written, which of them exist, and which of them came back. */
import type { Look, SaidRule } from './rule.ts';

const ENCODED_PLUS = /[?&"'\s]scopes?=[^&\s"']{2,300}%2B|\bscopes?\b[^\n]{0,200}\w%2B\w/i;

/**
 * Scopes that a service had and has no more. Sources: Twitch, "Scopes" and its change log; Meta, "Permissions reference" and its change log; Google, "Contacts API migration" and "Google+ shutdown".
 */
const RETIRED: readonly (readonly [at: RegExp, scopes: RegExp])[] = [
  [
    /twitch/i,
    /\b(?:chat_login|user_read|user_blocks_edit|user_subscriptions|channel_(?:read|editor|stream|commercial|subscriptions|feed_read|feed_edit|check_subscription)|viewing_activity_read)\b/,
  ],
  [
    /facebook|instagram|\bmeta\b/i,
    /\b(?:publish_actions|manage_pages|publish_pages|publish_stream|read_stream|user_about_me|friends_\w{3,20})\b/,
  ],
  [/google/i, /googleapis?\.com\/auth\/plus\.(?:login|me|stream)|\/m8\/feeds\b/],
];

function isRetired({ scene, context, token }: Look): boolean {
  const asked = [context, ...token.map((x) => x.request.form?.['scope'] ?? '')].join('\n');
  const service = `${scene.evidence.provider}\n${scene.evidence.paste ?? ''}`;
  // Joined by another sign than a blank, they are one scope that never was.
  if (/\bscopes?=[^&\s]*(?:%2C|,|%2B)/i.test(asked)) return false;
  return RETIRED.some(([at, scopes]) => at.test(service) && scopes.test(asked));
}

/** Nothing shown is about another thing than the scope. */
const aboutScopes = (look: Look): boolean =>
  !look.tokenError(/invalid_(?:client|grant)|unsupported_grant_type|unauthorized_client/) &&
  (look.says(/\bscopes?\b|\bpermissions?\b|\boffline_access\b/i) || look.answered(/scope|permission/i));

/** Where roles decide, scopes are no cause. */
const byScopes = ({ scene }: Look): boolean => scene.profile.access !== 'roles';

export const toldScopes: readonly SaidRule[] = [
  {
    id: 'plus-encoded-between-scopes',
    code: 'scope/malformed',
    likelihood: 0.94,
    shows: ENCODED_PLUS,
    when: (look) => ENCODED_PLUS.test(look.context) && byScopes(look),
    why: 'A plus in an address means a blank; encoded as %2B it is a sign of the name, so the list becomes one scope that does not exist.',
    tell: 'Write %20 between the scopes, or give the library blanks and let it encode them once.',
  },
  {
    id: 'scope-retired',
    code: 'scope/unknown',
    likelihood: 0.94,
    shows: new RegExp(RETIRED.map(([, scopes]) => scopes.source).join('|')),
    when: (look) =>
      look.failureTold() && aboutScopes(look) && isRetired(look) && !look.answered(/\bclient[ _]/i),
    why: 'The service has retired a scope that is asked for; new apps cannot have it.',
    tell: 'Look in the service’s list of scopes for the one that took its place.',
  },
  {
    id: 'offline-access-not-known',
    code: 'scope/unknown',
    likelihood: 0.9,
    shows: /\boffline_access\b/i,
    when: (look) =>
      look.says(/\boffline_access\b/i) &&
      aboutScopes(look) &&
      byScopes(look) &&
      look.says(
        /\bscopes? (?:is |was |are )?(?:malformed|invalid|unknown|unsupported|not (?:supported|known|valid))\b|\b(?:not|n[’']t|never) (?:list|support|know|offer|advertise|mention|contain|have|include)\w*\b[^\n.]{0,24}\boffline_access\b|\boffline_access\b[^\n.]{0,40}(?:\bnot|n[’']t) (?:be )?(?:listed|supported|known|offered|advertised|among|in)\b/i,
      ) &&
      !look.says(/client[_ ]credentials/i),
    why: 'offline_access is a scope of OpenID Connect that not every server has; one that does not list it in scopes_supported refuses the request.',
    tell: 'Leave it out for this server, and look in its documentation how it gives refresh tokens.',
  },
  {
    id: 'scope-named-as-none',
    code: 'scope/unknown',
    likelihood: 0.9,
    pattern:
      /\bscopes?["']?\s{0,2}[=:]\s{0,2}["']?(?:[\w.:/-]{0,20}[_-])?(?:unknown|non-?exist\w*|does_?not_?exist|made_?up|bogus|fake|invalid)(?:[_-]\w{1,20})?\b/i,
    when: (look) => look.answered(/scope/i) && !look.answered(/\bnot allowed\b|\bnot authori[sz]ed\b/i),
    why: 'The scope that is asked for says of itself that it is none.',
    tell: 'Ask for one that the server lists in scopes_supported.',
  },
  {
    id: 'not-all-were-granted',
    code: 'scope/granted-narrower',
    likelihood: 0.93,
    pattern:
      /\bnot all\b[^\n.]{0,24}\b(?:permissions?|scopes?)\b[^\n.]{0,24}\bgranted\b|\b(?:some|one|part) of the (?:requested |asked )?(?:permissions?|scopes?)\b[^\n.]{0,24}\b(?:not|n[’']t) granted\b|\bscopes? (?:is|are) missing\b[^\n.]{0,20}\b(?:although|though|but)\b[^\n.]{0,20}\b(?:granted|checked|ticked|allowed|accepted|approved|selected)\b/i,
    when: (look) => look.failureTold() && byScopes(look),
    why: 'The paste tells that fewer scopes came back than were asked for.',
    tell: 'Compare the scope of the answer with the list that was asked for; some servers leave out what another scope implies, or offline_access.',
  },
  {
    id: 'reading-implied-by-writing',
    code: 'scope/granted-narrower',
    likelihood: 0.93,
    pattern:
      /\bmissing\b[^\n]{0,160}\bread[_:.](\w{3,30})\b[^]{0,300}\bwrite[_:.]\1\b|\b(\w{3,30})[_:.]read\b[^]{0,300}\b(?:only|just)\b[^\n.]{0,12}\b\2[_:.]write\b/i,
    when: byScopes,
    why: 'The scope for writing came back and the one for reading did not: such a server leaves out what is implied, and the comparison with the list that was asked for fails.',
    tell: 'Ask only for what comes back, or take the writing scope for both in the comparison.',
  },
];
