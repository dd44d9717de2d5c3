/**
 * Advice that is repeated on forums and is false on Genesys Cloud. Each with what is true and where it is written;
 * what is not published is not claimed.
 */
import { visibleLine, type Scene } from '../../core/index.ts';

interface Myth {
  readonly says: RegExp;
  readonly truth: string;
  readonly source: string;
}

const CLIENT_CREDENTIALS = 'https://developer.genesys.cloud/api/rest/authorization/use-client-credentials';
const OAUTH_CLIENT = 'https://help.mypurecloud.com/articles/create-an-oauth-client/';
const SPEC = 'https://api.mypurecloud.com/api/v2/docs/swagger';
const LIMITS = 'https://developer.genesys.cloud/forum/t/normalized-platform-api-429-responses/12028';
const METADATA = 'https://login.mypurecloud.com/.well-known/oauth-authorization-server';

const MYTHS: readonly Myth[] = [
  {
    says: /\b(?:client type|type)\b[^\n]{0,40}\bconfidential\b|\b(?:set|be|definitely|is|as) confidential\b|confidential[^\n]{0,40}\b(?:client|public)\b/i,
    truth:
      'Genesys Cloud has no "Confidential" or "Public" switch on an OAuth client; the grant type of the client (Client Credentials) decides.',
    source: SPEC,
  },
  {
    says: /\bscopes?\b/i,
    truth:
      'With client credentials, scopes have no effect at Genesys Cloud: what the client may do is decided by its roles and their divisions.',
    source: CLIENT_CREDENTIALS,
  },
  {
    says: /allowed (?:grant types|scopes)/i,
    truth:
      'A Genesys Cloud OAuth client has exactly one grant type, and no list of allowed grant types; its scopes apply only to other grants than client credentials.',
    source: OAUTH_CLIENT,
  },
  {
    says: /x-rate-?limit-/i,
    truth:
      'The rate-limit headers of the Genesys Cloud API are inin-ratelimit-count, inin-ratelimit-allowed and inin-ratelimit-reset, and Retry-After with a 429; X-Rate-Limit-* are none of its.',
    source: LIMITS,
  },
  {
    says: /\/api\/v2\/oauth\/token\b|api\.[\w.-]+\/oauth\/token\b/i,
    truth: 'Tokens of Genesys Cloud are issued at https://login.{domain}/oauth/token, never on the API host.',
    source: METADATA,
  },
  {
    says: /(?:token|it)[^\n]{0,30}\b(?:lasts?|valid|expires?|lives?)\b[^\n]{0,20}\b(?:30 ?min\w*|1 ?h(?:our)?|one hour|60 ?min\w*|15 ?min\w*|3600|900)\b/i,
    truth:
      'A client credentials token of Genesys Cloud lives for 24 hours unless the client says otherwise (5 minutes to 48 hours); expires_in in the answer tells.',
    source: OAUTH_CLIENT,
  },
];

const SCOPE_LIKE = /\b[a-z][a-z-]{2,30}(?::[a-z][a-z-]{2,30}){1,2}\b/gi;

/** What is said in the paste and is not so, in the paste's own order; at most eight. */
export function myths(scene: Scene): string[] {
  if (scene.profile.id !== 'genesys-cloud') return [];
  const text = scene.evidence.paste ?? '';
  if (!/client[ _-]?credentials/i.test(text)) return inventedScopes(text, scene).slice(0, 1);
  const found = MYTHS.filter((myth) => myth.says.test(text)).map(
    ({ truth, source }) => `${truth} (${source})`,
  );
  return [...inventedScopes(text, scene), ...found].slice(0, 8);
}

function inventedScopes(text: string, scene: Scene): string[] {
  const named = [...new Set([...text.slice(0, 100_000).matchAll(SCOPE_LIKE)].map((m) => m[0]))];
  const talked = named.filter(
    (name) => !/^(?:https?|urn|note|error|base64|basic|localhost)\b/i.test(name) && text.includes('scope'),
  );
  const invented = talked.filter(
    (name) => scene.profile.knowsScope(name) === false && !/^(?:client_id|clientid)/i.test(name),
  );
  if (invented.length === 0) return [];
  return [
    `Genesys Cloud has no scope named ${invented.slice(0, 6).map(visibleLine).join(', ')}. Names with two colons are permissions; scopes read analytics or analytics:readonly. (https://developer.genesys.cloud/api/rest/authorization/scopes)`,
  ];
}
