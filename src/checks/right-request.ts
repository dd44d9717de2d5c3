/**
 * The request that would have worked, as far as evidence and documentation name its parts. What they don't name is
 * left to a variable: a guessed host or scope would be a claim.
 */
import {
  answersTo,
  bodyText,
  visibleLine,
  type Catalogue,
  type EndpointNeed,
  type Exchange,
  type FindingCode,
  type RightCall,
  type RightRequest,
  type RightText,
  type Scene,
} from '../core/index.ts';
import { waySent, wayToTry } from './client-auth.ts';
import { domainShown, tokenUrlShown } from './shown-place.ts';

const PRINTABLE = /^[\x20-\x7e]+$/;
/** Something in a URL that was to be replaced. */
const OPEN = /[•<>{}$%*]|%7[bd]|your|xxxx/i;

/** @param causes the candidates of the verdict, first the root cause; a part that they name as wrong is not repeated */
export function rightRequest(scene: Scene, causes: readonly FindingCode[] = []): RightRequest {
  const [cause] = causes;
  const notes: string[] = [];
  const token = answersTo(scene.evidence, 'token').at(-1);
  const grant = grantOf(token, cause);
  const call = callOf(scene, cause, notes);
  const url = tokenUrlOf(scene, token, cause, notes);
  return {
    token: {
      url,
      auth: authOf(scene, token, grant, cause),
      formEncoded: scene.profile.credential.formEncoded,
      form: [
        { name: 'grant_type', value: { text: grant } },
        ...codeParameters(token, grant, cause),
        ...(grant === 'refresh_token' ? [] : accessParameters(scene, token, causes)),
      ],
    },
    ...(call && { call }),
    notes,
  };
}

type Grant = 'client_credentials' | 'authorization_code' | 'refresh_token';

/** What the request shows, unless that is what was wrong. */
function grantOf(token: Exchange | undefined, cause: FindingCode | undefined): Grant {
  const sent = token?.request.form?.['grant_type'];
  if (cause === 'grant/wrong-type-sent' || cause === 'grant/not-allowed') return 'client_credentials';
  return sent === 'authorization_code' || sent === 'refresh_token' ? sent : 'client_credentials';
}

function tokenUrlOf(
  scene: Scene,
  token: Exchange | undefined,
  cause: FindingCode | undefined,
  notes: string[],
): RightText {
  const { profile, evidence } = scene;
  if (cause !== 'request/wrong-region') {
    const { settings } = evidence;
    const domain = profile.access === 'roles' ? domainShown(scene) : undefined;
    const known = profile.tokenUrl(settings) ?? (domain && profile.tokenUrl({ region: domain }));
    const discovered = answersTo(evidence, 'discovery').flatMap((x) => bodyText(x, 'token_endpoint') ?? []);
    const shown =
      cause === 'request/wrong-endpoint'
        ? undefined
        : (shownUrl(scene, token) ?? (profile.tokenPath === undefined ? tokenUrlShown(scene) : undefined));
    const url = known ?? discovered.at(-1) ?? shown;
    if (url !== undefined && URL.canParse(url)) return { text: new URL(url).href };
  }
  notes.push(
    profile.tokenPath === undefined
      ? 'TOKEN_URL is the token endpoint that the provider documents.'
      : `TOKEN_URL is https://login.{the domain of your region}${profile.tokenPath}, e.g. https://login.mypurecloud.de${profile.tokenPath}.`,
  );
  return { variable: 'TOKEN_URL', text: '' };
}

/** The URL of the request, where it can be a token endpoint of this provider. */
function shownUrl({ profile }: Scene, token: Exchange | undefined): string | undefined {
  const { url } = token?.request ?? {};
  if (url === undefined || !/^https?:\/\//i.test(url) || OPEN.test(url) || !URL.canParse(url))
    return undefined;
  const { origin, pathname, hostname } = new URL(url);
  if (profile.tokenPath === undefined) return `${origin}${pathname}`;
  // A gateway or a sandbox with the provider's own path.
  return profile.hostRole(hostname) === 'unknown' && pathname === profile.tokenPath
    ? `${origin}${pathname}`
    : undefined;
}

function authOf(
  scene: Scene,
  token: Exchange | undefined,
  grant: Grant,
  cause: FindingCode | undefined,
): RightRequest['token']['auth'] {
  if (cause === 'client/public' && grant !== 'client_credentials') return 'none';
  if (scene.profile.access === 'roles') return 'basic';
  const sent = waySent(scene, token?.step);
  const asSent = sent === 'post' ? 'post' : 'basic';
  if (cause !== 'client/auth-method-mismatch') return asSent;
  const way = wayToTry(scene, token?.step);
  return way === 'basic' || way === 'post' ? way : asSent;
}

/** The one-time parts of the other grants; they are secrets or the user's own. */
function codeParameters(
  token: Exchange | undefined,
  grant: Grant,
  cause: FindingCode | undefined,
): { name: string; value: RightText }[] {
  const variable = (name: string) => ({ name, value: { variable: name.toUpperCase(), text: '' } });
  if (grant === 'refresh_token') return [variable('refresh_token')];
  if (grant === 'client_credentials') return [];
  const form = token?.request.form ?? {};
  const pkce = 'code_verifier' in form || cause === 'grant/pkce-mismatch';
  return [variable('code'), variable('redirect_uri'), ...(pkce ? [variable('code_verifier')] : [])];
}

/** Scope, audience and resource as they were asked for; what is at fault is left to a variable. */
function accessParameters(
  { profile, evidence }: Scene,
  token: Exchange | undefined,
  causes: readonly FindingCode[],
): { name: string; value: RightText }[] {
  if (profile.access === 'roles') return [];
  const form = token?.request.form ?? {};
  const sent = { scope: evidence.settings.requestedScope, ...form };
  const named = ['audience', 'resource', 'scope'].filter((name) => sent[name as 'scope']);
  const wrong = atFault(named, causes);
  return [...new Set([...named, ...wrong])].map((name) => {
    const given = sent[name as 'scope'] ?? '';
    const open = wrong.includes(name) || !PRINTABLE.test(given) || /[•<>{}$]/.test(given);
    return { name, value: open ? { variable: name.toUpperCase(), text: '' } : { text: given } };
  });
}

function atFault(named: readonly string[], causes: readonly FindingCode[]): string[] {
  if (causes[0] === 'scope/wrong-audience')
    return [['audience', 'resource'].find((name) => named.includes(name)) ?? 'scope'];
  return causes.some((code) => code.startsWith('scope/') || code === 'endpoint/missing-scope')
    ? ['scope']
    : [];
}

/** The call that was wanted, or the nearest that exists. */
function callOf(scene: Scene, cause: FindingCode | undefined, notes: string[]): RightCall | undefined {
  const { evidence, catalogue } = scene;
  const wanted = evidence.needs.find((need) => need.wantedBy === undefined) ?? evidence.needs[0];
  if (!wanted || !/^[A-Z]{3,7}$/.test(wanted.method)) return undefined;
  const need = existing(wanted, catalogue, cause, notes);
  const name = visibleLine(`${need.method} ${need.path}`);
  const entry = catalogue.find(need.method, need.path);
  if (/[{}•<>]/.test(need.path)) {
    notes.push(`Then call ${name}, with the real values in the open places.`);
    return undefined;
  }
  if (entry?.clientCredentials === false || cause === 'endpoint/user-context') {
    notes.push(`${name} needs a signed-in user; no token of client credentials can call it.`);
    return undefined;
  }
  const url = apiUrlOf(need.path, scene);
  if (url.variable !== undefined) notes.push('API_URL is the address of the API, without a path.');
  const [permission] = entry?.rule.permissions ?? [];
  if (entry && permission !== undefined)
    notes.push(
      `${name} needs ${entry.rule.type === 'ALL' ? 'all' : 'one'} of: ${entry.rule.permissions.join(', ')}.`,
    );
  const json = need.json ?? entry?.smallestBody;
  if (json !== undefined) return { method: need.method, url, body: { json } };
  const reads = ['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(need.method);
  if (!reads) notes.push(`The body of ${name} is read from body.json.`);
  return { method: need.method, url, ...(!reads && { body: 'file' as const }) };
}

function existing(
  wanted: EndpointNeed,
  catalogue: Catalogue,
  cause: FindingCode | undefined,
  notes: string[],
): EndpointNeed {
  const absent = catalogue.exists(wanted.method, wanted.path) === false;
  const [near] =
    absent || cause === 'endpoint/not-found' ? catalogue.nearest(wanted.method, wanted.path) : [];
  if (!absent || !near) return wanted;
  notes.push(
    visibleLine(
      `${wanted.method} ${wanted.path} does not exist; ${near.method} ${near.path} is called instead.`,
    ),
  );
  const { host } = hostAndPath(wanted.path);
  return { method: near.method, path: `${host}${near.path}` };
}

function hostAndPath(path: string): { host: string; path: string } {
  const host = /^https?:\/\/[^/?#]*/i.exec(path)?.[0] ?? '';
  return { host, path: path.slice(host.length) };
}

/** The host of the call as shown, else the API of the settings or of the region. */
function apiUrlOf(given: string, scene: Scene): RightText {
  const { host, path } = hostAndPath(given);
  const { settings } = scene.evidence;
  const rest = `/${path.replace(/^\/+/, '')}`;
  const own = host !== '' && !OPEN.test(host) && URL.canParse(given) ? host : undefined;
  const role = own === undefined ? undefined : scene.profile.hostRole(new URL(own).hostname);
  const region = settings.region?.split(' ')[0] ?? '';
  const [, domain] = /\(([^)]+)\)/.exec(settings.region ?? '') ?? [];
  const known = domain ?? domainShown(scene) ?? (region.includes('.') ? region : undefined);
  const base =
    settings.apiUrl ??
    (role === 'api' || role === 'unknown' ? own : undefined) ??
    (scene.profile.access === 'roles' && known ? `https://api.${known}` : undefined);
  if (base === undefined) return { variable: 'API_URL', text: encoded(rest) };
  const url = `${base.replace(/\/+$/, '')}${rest}`;
  return URL.canParse(url) ? { text: new URL(url).href } : { variable: 'API_URL', text: encoded(rest) };
}

/** The path in ASCII. */
function encoded(path: string): string {
  const { pathname, search } = new URL(path, 'https://api.example');
  return `${pathname}${search}`;
}
