/** Genesys Cloud: roles with divisions on the client, opaque tokens, a login host and an API host a region. */
import {
  answersTo,
  bodyText,
  stepName,
  type ProviderProfile,
  type Scene,
  type StageId,
} from '../core/index.ts';
import { readApi } from './genesys-api.ts';
import { genesysAsks, genesysTokenUrl } from './genesys-asks.ts';
import { genesysHoldings } from './genesys-holdings.ts';
import { genesysRecordAsk } from './genesys-records.ts';
import { readLogin } from './genesys-login.ts';
import { CLIENT_CREDENTIALS, PLATFORM_API } from './genesys-references.ts';
import { isInventedHost, regionOfHost } from './genesys-regions.ts';
import { isGenesysScope } from './genesys-scopes.ts';

/** Wordings of its servers alone: the three-field error of the login host (`description` is its own extension), API codes. */
const SIGNS: readonly RegExp[] = [
  /["']description["']\s{0,9}:\s{0,9}["']([^"'\n]{3,120})["']\s{0,9},\s{0,9}["']error_description["']\s{0,9}:\s{0,9}["']\1["']/,
  /\bclient is not authorized to use the client_credential grant type/,
  /\binin-(?:correlation-id|ratelimit-)/i,
  // What the Go SDK, the gc tool and Terraform print of a refusal; the envelope of the API, whole or cut.
  /\bAuth Error: \d{3} - \w+ \(authentication failed\)/,
  /\bgenesyscloud_[a-z]+_\w+|\bAPI Error: \d{3} - [^\n]{1,600}\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/,
  /\bUnable to perform the requested action\. You (?:are missing|must have)\b[^\n]{0,60}\bpermission/,
  /\b(?:bad\.credentials|authentication\.required|not\.a\.user|ip\.not\.authorized|app\.not\.authorized\.for\.scope|too\.many\.requests\.retry\.after|authz\.policy\.denied|missing\.(?:any\.)?(?:division\.)?permissions?)\b/,
  /["']description["']\s{0,9}:\s{0,9}["']authentication failed["']\s{0,9},\s{0,9}["']error_/,
  /["'](?:missing\.(?:any\.)?(?:division\.)?permissions?|app\.not\.authorized\.for\.scope|too\.many\.requests\.retry\.after|authz\.policy\.denied)["']/,
];

export const genesysCloud: ProviderProfile = {
  id: 'genesys-cloud',
  title: 'Genesys Cloud',
  aliases: ['genesys', 'genesys cloud', 'genesys cloud cx', 'purecloud', 'gcx', 'mypurecloud'],
  // The SDKs don't form-encode; ids are UUIDs and secrets are generated, so a deformed one can't be right.
  credential: { idForm: 'uuid', formEncoded: false, deformedBlocks: true },
  access: 'roles',
  signposts: {
    client: 'Admin > Integrations > OAuth, the row of the client',
    grant: 'Admin > Integrations > OAuth, the grant type of the client',
    access: 'Admin > Integrations > OAuth, the client, its roles and their divisions',
    features: 'the subscription and feature settings of the organization, or your contact at Genesys',
    policies:
      'the access policies of the organization (GET /api/v2/authorization/policies needs authorization:policy:view)',
    place: 'the address bar of Genesys Cloud in the browser: apps.{domain}',
  },
  references: [CLIENT_CREDENTIALS, PLATFORM_API],
  pitfalls: [
    {
      code: 'endpoint/missing-permission',
      why: 'A client credentials token has the rights of the roles that were given to the OAuth client, and no others.',
      tell: 'Admin > Integrations > OAuth > the client > Roles: do they hold what the endpoint demands?',
      source: CLIENT_CREDENTIALS.url,
    },
    {
      code: 'request/wrong-region',
      why: 'Each region has login and API hosts of its own, and a client exists in one of them.',
      tell: 'Compare the host of the token request with the region of the organization.',
      source: CLIENT_CREDENTIALS.url,
    },
  ],
  tokenPath: '/oauth/token',
  tokenUrl: genesysTokenUrl,
  hostRole(host) {
    return regionOfHost(host)?.part ?? (isInventedHost(host) ? 'invented' : 'unknown');
  },
  knowsScope: isGenesysScope,
  read(exchange, scene) {
    const name = stepName(exchange.step);
    if (name === 'token' || name === 'discovery') return readLogin(exchange, scene);
    const oauth = /^(?:invalid|unauthorized|unsupported)_/.test(bodyText(exchange, 'error') ?? '');
    return (oauth ? readLogin(exchange, scene) : undefined) ?? readApi(exchange, scene);
  },
  asks: genesysAsks,
  recordAsk: genesysRecordAsk,
  inapplicable,
  signs: SIGNS,
  holdings: ({ evidence }) => genesysHoldings(evidence),
};

const SCOPES_DO_NOT_APPLY =
  'scopes do not apply to client credentials at Genesys Cloud; the roles of the client and their divisions decide';
const SCOPES_ENFORCED =
  'no scope is asked for with client credentials at Genesys Cloud; the endpoint enforces one all the same, see there';

const READY = 'a ready token is used, so nothing was asked of the login server';

const NOTES: Partial<Record<StageId, string>> = {
  credential: READY,
  header: READY,
  request: READY,
  client: READY,
  grant: READY,
};

function inapplicable(stage: StageId, scene: Scene): string | undefined {
  if (stage === 'scope') {
    if (!withClientCredentials(scene)) return undefined;
    const enforced = answersTo(scene.evidence, 'endpoint').some(
      (x) => bodyText(x, 'code') === 'app.not.authorized.for.scope',
    );
    return enforced ? SCOPES_ENFORCED : SCOPES_DO_NOT_APPLY;
  }
  return scene.evidence.settings.readyToken ? NOTES[stage] : undefined;
}

/** Unknown counts as yes: it is the only grant that this program asks for. */
function withClientCredentials(scene: Scene): boolean {
  const grantType = genesysHoldings(scene.evidence).client?.grantType;
  if (grantType !== undefined) return /^client[-_]credentials$/i.test(grantType);
  const sent = answersTo(scene.evidence, 'token').at(-1)?.request.form?.['grant_type'];
  return sent === undefined ? scene.mode === 'climb' : sent === 'client_credentials';
}
