/** What the climb asks of Genesys Cloud, round by round. None of these calls needs a permission or changes anything. */
import {
  answersTo,
  bodyField,
  covers,
  issuedToken,
  statusOf,
  type Ask,
  type EndpointNeed,
  type Exchange,
  type Json,
  type KnownSettings,
  type Scene,
  type StageId,
  type StepId,
  type StepName,
} from '../core/index.ts';
import { readApi } from './genesys-api.ts';
import { genesysHoldings } from './genesys-holdings.ts';
import { genesysApiUrl } from './genesys-records.ts';
import { regionOf, regionUrls } from './genesys-regions.ts';

/** Divisions are asked for at most this many permissions; a real endpoint names one to four. */
const MOST_PERMISSIONS = 20;
const MOST_PAGES = 20;
const PAGE = 100;

/** The token endpoint: what the settings say, else that of the region. */
export function genesysTokenUrl(settings: KnownSettings): string | undefined {
  if (settings.tokenUrl !== undefined) return settings.tokenUrl;
  const region = regionOf(settings.region ?? '');
  return region && `${regionUrls(region).login}/oauth/token`;
}

/** The questions of a stage, given the answers so far; see `ProviderProfile.asks`. */
export function genesysAsks(stage: StageId, scene: Scene): Ask[] {
  if (stage === 'connection') return askToken(scene);
  if (stage !== 'endpoint') return [];
  const { evidence } = scene;
  const api = genesysApiUrl(evidence.settings);
  const token = evidence.settings.readyToken === true || answersTo(evidence, 'token').some(issuedToken);
  if (!token || api === undefined || evidence.needs.length === 0) return [];
  const first = [whoami(api), ...endpointAsks(api, scene)];
  if (!wasTaken(scene)) return first;
  const refused = refusals(scene);
  return [
    ...first,
    ...holdingAsks(api, scene),
    ...permittedAsks(api, scene, refused),
    ...(refused.length > 0 || foreseesRefusal(scene) ? organizationAsks(api, scene) : []),
  ];
}

function askToken({ evidence, profile }: Scene): Ask[] {
  const { settings } = evidence;
  const url = profile.tokenUrl(settings);
  if (url === undefined || settings.readyToken || (!evidence.client && !evidence.authorization)) return [];
  return [
    {
      step: 'token',
      method: 'POST',
      url,
      auth: evidence.authorization ? 'given' : 'client',
      form: {
        grant_type: 'client_credentials',
        ...(settings.requestedScope && { scope: settings.requestedScope }),
      },
      keep: ['token_type', 'expires_in'],
    },
  ];
}

function get(step: StepId, url: string, keep: readonly string[], subject?: string): Ask {
  return { step, method: 'GET', url, auth: 'bearer', keep, ...(subject !== undefined && { subject }) };
}

/** `preserveIdleTTL`: the check must not keep an idle token alive. */
function whoami(api: string): Ask {
  return get('whoami', `${api}/api/v2/tokens/me?preserveIdleTTL=true`, [
    'authorizedScope',
    'OAuthClient.id',
    'OAuthClient.name',
    'OAuthClient.authorizedGrantType',
    'OAuthClient.scope',
  ]);
}

/** `name`, `name/2`, … */
function stepAt(name: StepName, index: number): StepId {
  return index === 0 ? name : `${name}/${index + 1}`;
}

function endpointAsks(api: string, scene: Scene): Ask[] {
  return scene.evidence.needs.flatMap((need, i): Ask[] => {
    if (!isHarmless(need, scene)) return [];
    const json = need.json ?? smallestBody(need, scene);
    return [
      {
        step: stepAt('endpoint', i),
        subject: `${need.method} ${need.path}`,
        method: need.method,
        url: /^https?:\/\//i.test(need.path) ? need.path : `${api}/${need.path.replace(/^\/+/, '')}`,
        auth: 'bearer',
        ...(json !== undefined && { json }),
        keep: ['total'],
      },
    ];
  });
}

/** Sending it changes nothing, or the user wants it sent; a template with open places can't be called at all. */
function isHarmless(need: EndpointNeed, scene: Scene): boolean {
  if (/[{}]/.test(need.path)) return false;
  if (need.send || need.method === 'GET' || need.method === 'HEAD') return true;
  if (need.method !== 'POST' || !scene.catalogue.find(need.method, need.path)?.query) return false;
  return need.json !== undefined || smallestBody(need, scene) !== undefined;
}

function smallestBody({ method, path }: EndpointNeed, { catalogue }: Scene): Json | undefined {
  return method === 'POST' ? catalogue.find(method, path)?.smallestBody : undefined;
}

/** Some answer other than 401 shows that the API takes the token; before that nothing more is worth asking. */
function wasTaken({ evidence }: Scene): boolean {
  return [...answersTo(evidence, 'whoami'), ...answersTo(evidence, 'endpoint')].some((x) => {
    const status = statusOf(x);
    return status !== undefined && status !== 401 && status !== 429 && status < 500;
  });
}

/** Refused calls that the organisation's permissions and products can explain. */
function refusals({ evidence }: Scene): Exchange[] {
  return answersTo(evidence, 'endpoint').filter((x) => [403, 404, 501].includes(statusOf(x) ?? 0));
}

/** A call that is not sent and whose permission no grant of the client covers. */
function foreseesRefusal(scene: Scene): boolean {
  const grants = genesysHoldings(scene.evidence).grants;
  if (!grants) return false;
  return scene.evidence.needs.some((need) => {
    const demanded = scene.catalogue.find(need.method, need.path)?.rule.permissions ?? [];
    const lacks = (p: string) => !grants.some((g) => g.permissions.some((held) => covers(held, p)));
    return !isHarmless(need, scene) && demanded.some(lacks);
  });
}

function holdingAsks(api: string, scene: Scene): Ask[] {
  const base = `${api}/api/v2`;
  return [
    get('organization', `${base}/organizations/me`, ['id', 'name']),
    get('grants', `${base}/authorization/subjects/me`, [
      'grants[].division.id',
      'grants[].division.name',
      'grants[].division.homeDivision',
      'grants[].role.id',
      'grants[].role.name',
      'grants[].role.policies[].domain',
      'grants[].role.policies[].entityName',
      'grants[].role.policies[].actions',
      'grants[].role.policies[].condition.*',
    ]),
    ...paged(scene, 'divisions', `${base}/authorization/divisions?objectCount=true`, [
      'entities[].id',
      'entities[].name',
      'entities[].homeDivision',
      'entities[].objectCounts.*',
    ]),
  ];
}

/** Where the client holds what the catalogue demands, and what a refusal names. */
function permittedAsks(api: string, scene: Scene, refused: readonly Exchange[]): Ask[] {
  const demanded = scene.evidence.needs.flatMap(
    ({ method, path }) => scene.catalogue.find(method, path)?.rule.permissions ?? [],
  );
  const named = refused.flatMap((x) => {
    const found = readApi(x, scene)?.facts['permissions'];
    return Array.isArray(found) ? found.filter((p): p is string => typeof p === 'string') : [];
  });
  const wanted = [...new Set([...demanded, ...named])].slice(0, MOST_PERMISSIONS);
  return wanted.map((permission, i) =>
    get(
      stepAt('divisions-permitted', i),
      `${api}/api/v2/authorization/divisionspermitted/paged/me?permission=${encodeURIComponent(permission)}&pageSize=${PAGE}`,
      ['allDivsPermitted', 'entities[].id', 'entities[].name', 'entities[].homeDivision'],
      permission,
    ),
  );
}

/** Only to judge a refusal: which permissions and products the organisation has at all. */
function organizationAsks(api: string, scene: Scene): Ask[] {
  return [
    ...paged(scene, 'permissions', `${api}/api/v2/authorization/permissions`, [
      'entities[].domain',
      'entities[].permissionMap.*[].domain',
      'entities[].permissionMap.*[].entityType',
      'entities[].permissionMap.*[].action',
    ]),
    get('products', `${api}/api/v2/authorization/products`, ['entities[].id']),
  ];
}

/** The first page, and the others once the first says how many there are. */
function paged(scene: Scene, step: StepName, url: string, keep: readonly string[]): Ask[] {
  const [first] = answersTo(scene.evidence, step);
  const count = first && bodyField(first, 'pageCount');
  const pages = Math.min(typeof count === 'number' ? count : 1, MOST_PAGES);
  const joint = url.includes('?') ? '&' : '?';
  return Array.from({ length: Math.max(1, pages) }, (_, i) =>
    get(stepAt(step, i), `${url}${joint}pageSize=${PAGE}&pageNumber=${i + 1}`, [
      'pageCount',
      'total',
      ...keep,
    ]),
  );
}
