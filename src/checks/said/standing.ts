/** What a paste tells of how client, token and server stand: without a secret, taken back, not authorized, ill. */
import type { Look, SaidRule } from './rule.ts';

/** Google's answers to a service account that acts for somebody and may not (its service account guide). */
const NOT_DELEGATED =
  /Client is unauthorized to retrieve access tokens using this method|Unauthorized client or scope in request/i;
const OF_A_DOMAIN =
  /\bworkspace\b|\bg ?suite\b|\bgoogle apps\b|\badmin console\b|\b(?:of|in|for) (?:our|my|the) (?:domain|organi[sz]ation|company)\b/i;
/** For one thing the delegation holds, so the domain has authorized this client. */
const ONE_WORKS =
  /\bworks?\b|\b(?:succeeds?|is fine|runs through)\b|\bwithout (?:any )?(?:trouble|problems?|errors?)\b/i;

const oneWorks = (look: Look): boolean =>
  ONE_WORKS.test(`${look.context}\n${look.scene.evidence.paste ?? ''}`);

const notDelegated = (look: Look): boolean =>
  NOT_DELEGATED.test(look.answers) && OF_A_DOMAIN.test(`${look.context}\n${look.scene.evidence.paste ?? ''}`);

const NO_SECRET =
  /\b(?:client|app(?:lication)?|it|ours)\b[^\n.]{0,40}\b(?:has|have|had|with|got|comes with)\b (?:no|an empty) (?:client[ _]?)?secret\b|\b(?:client|app(?:lication)?)s?\b[^\n.]{0,24}\bwithout (?:an? |the |any )?(?:client[ _]?)?secret\b/i;
const SECRET_DEMANDED =
  /\b(?:insists?|demands?|requires?|forces?|wants|needs|must|always (?:sends?|adds?|puts?)|have to)\b[^\n.]{0,50}\b(?:client[ _]?)?secret\b|\b(?:client[ _]?)?secret\b[^\n.]{0,30}\b(?:is|be|as) (?:an? )?(?:required|mandatory|obligatory|compulsory)\b/i;

/** Not in a store of one's own, where to delete a token is the way to a new one. */
const TAKEN_BACK =
  /\b(?:I|we|he|she|they|admin\w*|colleague|owner|was|were|been|have|has|had)\b[^\n.]{0,24}\b(?:revoked|deleted|removed|regenerated|rolled|invalidated)\b[^\n.]{0,30}\b(?:tokens?|PATs?|api keys?)\b(?![^\n.]{0,30}\b(?:cache|config\w*|key ?chain|storage|cookies?|local ?storage|files?|code|headers?|env\w*|database|disk)\b)|\b(?:tokens?|PATs?|api keys?)\b[^\n.]{0,24}\b(?:was|were|been|got) (?:since )?(?:revoked|deleted|removed|regenerated|rolled|invalidated)\b/i;
const MADE_ANOTHER = /\b(?:new|another|fresh|second)\b[^\n.]{0,12}\b(?:one|tokens?|PATs?|keys?)\b/i;

const OWN_SERVER =
  /\b(?:github|gitlab) enterprise\b|\bGHES?\b|\b(?:our|my|your|the company[’']?s?) own (?:\w+ )?(?:server|instance|host)\b|\bself-?hosted (?:github|gitlab|server|instance)\b|\bon-?prem\w*/i;

const INCIDENT =
  /\b(?:status ?(?:page|site|dashboard)|status\.[\w-]+\.\w+|down ?detector)\b[^\n.]{0,60}\b(?:incident|degrad\w*|outage|disruption|red|investigating|monitoring|down)\b|\b(?:incident|outage|disruption)\b[^\n.]{0,40}\b(?:status ?(?:page|site)|under (?:monitoring|investigation)|ongoing|acknowledged|confirmed)\b/i;
const NO_INCIDENT =
  /\b(?:no|without|any|not an?|n[’']t (?:show|list|have|report))\b[^\n.]{0,24}\b(?:incidents?|outages?|disruptions?)\b|\ball (?:systems )?(?:green|operational|up)\b/i;

export const standing: readonly SaidRule[] = [
  {
    id: 'client-not-authorized-by-the-domain',
    code: 'endpoint/consent-missing',
    likelihood: 0.95,
    shows: NOT_DELEGATED,
    when: (look) => notDelegated(look) && !oneWorks(look),
    why: 'A service account acts for people of a domain only after its administrator has authorized this client id with these very scopes (domain-wide delegation).',
    tell: 'Admin console > Security > API controls > Domain-wide delegation: compare the numeric client id and each scope, letter for letter.',
  },
  {
    id: 'scope-not-among-the-delegated',
    code: 'scope/not-allowed',
    likelihood: 0.95,
    shows: NOT_DELEGATED,
    when: (look) => notDelegated(look) && oneWorks(look),
    why: 'With other scopes the domain lets this client act for its people, so it is authorized, but not for what is asked for here.',
    tell: 'Admin console > Security > API controls > Domain-wide delegation: add the missing scope to the client.',
  },
  {
    id: 'secret-demanded-of-a-client-without-one',
    code: 'client/public',
    likelihood: 0.92,
    where: ['prose'],
    pattern: NO_SECRET,
    when: (look) =>
      look.says(SECRET_DEMANDED) &&
      look.failureTold() &&
      !look.tokenError(/invalid_(?:grant|scope)/) &&
      !look.answered(/secret[^\n]{0,40}(?:required|missing)|without (?:a )?secret/i),
    why: 'The client has no secret, and the program sends one for it, or an empty one; a public client must send none (RFC 6749 §2.1).',
    tell: 'Leave client_secret and the Basic header out and send client_id alone in the body, or register the client as a confidential one.',
  },
  {
    id: 'token-taken-back-said',
    code: 'endpoint/token-expired',
    likelihood: 0.92,
    where: ['prose'],
    pattern: TAKEN_BACK,
    when: (look) =>
      look.endpointStatus(0, 401) &&
      !look.tokenRefused() &&
      !look.says(MADE_ANOTHER) &&
      !look.says(/\brefresh/i) &&
      !look.answered(/scope|permission|rate/i),
    why: 'The token was taken back at the provider, and the program still sends the one that it has stored.',
    tell: 'Take the old token out of the program’s own store, and sign in or make a token anew.',
  },
  {
    id: 'token-of-ones-own-server',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.9,
    shows: OWN_SERVER,
    when: (look) =>
      OWN_SERVER.test(look.scene.evidence.paste ?? '') &&
      look.endpointStatus(0, 401) &&
      look.answered(/bad credentials|\b401\b|unauthori[sz]ed|invalid token/i) &&
      look.says(/\bcurl\b|\b(?:token|key|PAT)\b[^\n.]{0,24}\b(?:is|are) (?:good|valid|right|fine|ok)/i) &&
      /^(?:github|gitlab)$/.test(look.scene.evidence.provider),
    why: 'The token is one of the own server and good there; the program shows it to the public service, which does not know it.',
    tell: 'Print the host that is called: github.com and a server of one’s own have nothing in common.',
  },
  {
    id: 'incident-told',
    code: 'connection/outage',
    likelihood: 0.95,
    where: ['prose'],
    pattern: INCIDENT,
    when: (look) => look.failureTold() && !look.says(NO_INCIDENT),
    why: 'The provider’s own status page tells of an incident.',
    tell: 'Wait until it is closed, and then try again before you change anything.',
  },
];
