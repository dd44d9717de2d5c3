/** The questions to a server that speaks OAuth 2.0 and nothing else is known of. */
import {
  answersTo,
  bodyText,
  issuedToken,
  metadataIn,
  metadataOf,
  statusOf,
  type Ask,
  type EndpointNeed,
  type Scene,
  type StageId,
  type StepId,
} from '../core/index.ts';

const METADATA = [
  'issuer',
  'token_endpoint',
  'introspection_endpoint',
  'token_endpoint_auth_methods_supported',
  'grant_types_supported',
  'scopes_supported',
];
const INTROSPECTED = ['active', 'scope', 'aud', 'iss', 'exp', 'client_id', 'token_type'];

export function genericAsks(stage: StageId, scene: Scene): Ask[] {
  return (ASKS[stage]?.(scene) ?? []).filter((ask) => URL.canParse(ask.url));
}

/**
 * RFC 8414 §3.1 puts the well-known part between host and path of the issuer; OpenID Connect Discovery §4 behind it.
 * The second is asked where the first answers without a document of this issuer.
 */
function discovery({ evidence }: Scene): Ask[] {
  const { issuer, tokenUrl } = evidence.settings;
  if (issuer === undefined || tokenUrl !== undefined || !URL.canParse(issuer)) return [];
  const url = new URL(issuer);
  const path = url.pathname.replace(/\/+$/, '');
  const ask = (step: StepId, at: string): Ask => ({
    step,
    method: 'GET',
    url: `${url.origin}${at}`,
    auth: 'none',
    keep: METADATA,
  });
  const first = ask('discovery', `/.well-known/oauth-authorization-server${path}`);
  const [answer] = answersTo(evidence, 'discovery');
  if (!answer) return [first];
  const status = statusOf(answer);
  const found = metadataIn(answer, evidence);
  // Who is asked too often is not asked again at once.
  const limited = status === 429;
  const absent = status !== undefined && status < 500 && !limited && (!found || found.issuer === 'another');
  return absent ? [ask('discovery/2', `${path}/.well-known/openid-configuration`)] : [];
}

/** An endpoint that the discovery document names, if it is on the issuer's own host: secrets go only to a named host. */
function discovered(field: string, { evidence }: Scene): string | undefined {
  const { issuer } = evidence.settings;
  const found = metadataOf(evidence);
  if (!found || found.issuer === 'another') return undefined;
  const url = bodyText(found.exchange, field);
  if (url === undefined || issuer === undefined || !URL.canParse(url) || !URL.canParse(issuer))
    return undefined;
  return new URL(url).origin === new URL(issuer).origin ? url : undefined;
}

function token(scene: Scene): Ask[] {
  const { settings, authorization } = scene.evidence;
  if (settings.readyToken) return [];
  const url = settings.tokenUrl ?? discovered('token_endpoint', scene);
  if (url === undefined) return [];
  return [
    {
      step: 'token',
      method: 'POST',
      url,
      auth: authorization ? 'given' : 'client',
      form: {
        grant_type: 'client_credentials',
        ...(settings.requestedScope && { scope: settings.requestedScope }),
      },
      keep: ['token_type', 'expires_in', 'scope'],
    },
  ];
}

/** RFC 7662. A token that can be read needs none, unless the user names the endpoint. */
function introspection(scene: Scene): Ask[] {
  const { evidence } = scene;
  const { settings } = evidence;
  const issued = answersTo(evidence, 'token').findLast(issuedToken);
  const opaque = issued?.outcome.kind === 'answered' && issued.outcome.token?.kind === 'opaque';
  const url = settings.introspectionUrl ?? (opaque ? discovered('introspection_endpoint', scene) : undefined);
  // Without a client there is nobody to ask as (RFC 7662 §2.1).
  if (url === undefined || (!issued && !settings.readyToken) || (!evidence.client && !evidence.authorization))
    return [];
  return [
    {
      step: 'introspection',
      method: 'POST',
      url,
      auth: evidence.authorization ? 'given' : 'client',
      tokenField: 'token',
      keep: INTROSPECTED,
    },
  ];
}

function endpoints(scene: Scene): Ask[] {
  const { settings, needs, exchanges } = scene.evidence;
  if (!settings.readyToken && !exchanges.some(issuedToken)) return [];
  return needs.flatMap((need, i): Ask[] => {
    const url = urlOf(need, settings.apiUrl);
    const json = need.json ?? scene.catalogue.find(need.method, need.path)?.smallestBody;
    if (url === undefined || !harmless(need, scene)) return [];
    return [
      {
        step: i === 0 ? 'endpoint' : `endpoint/${i + 1}`,
        subject: `${need.method} ${need.path}`,
        method: need.method,
        url,
        auth: 'bearer',
        ...(json !== undefined && need.method !== 'GET' && need.method !== 'HEAD' && { json }),
        keep: [],
      },
    ];
  });
}

const ASKS: Partial<Record<StageId, (scene: Scene) => Ask[]>> = {
  request: discovery,
  connection: token,
  scope: introspection,
  endpoint: endpoints,
};

/** GET and HEAD change nothing (RFC 9110 §9.2.1); a POST only where the catalogue knows it as a query, or on demand. */
function harmless(need: EndpointNeed, { catalogue }: Scene): boolean {
  if (need.send || need.method === 'GET' || need.method === 'HEAD') return true;
  const entry = need.method === 'POST' ? catalogue.find('POST', need.path) : undefined;
  return entry?.query === true && (need.json !== undefined || entry.smallestBody !== undefined);
}

function urlOf({ path }: EndpointNeed, apiUrl: string | undefined): string | undefined {
  if (/^https?:\/\//i.test(path)) return URL.canParse(path) ? path : undefined;
  const url = apiUrl === undefined ? undefined : `${apiUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return url !== undefined && URL.canParse(url) ? url : undefined;
}
