/** Refused for other reasons than rights: no such endpoint, no user, the address, the rate. */
import {
  defineCheck,
  endpointOf,
  statusOf,
  visibleLine,
  type Check,
  type Exchange,
  type FixStep,
  type Nearest,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { clientTitle, messageToAdmin } from '../asking.ts';
import { proof, quoted } from '../proof.ts';
import { sourceOf } from './compared.ts';
import { about, isEndpoint, ledBy, names, shown, text, type ReadFacts } from '../readings.ts';

const RFC6585_4 = {
  title: 'RFC 6585 §4, too many requests',
  url: 'https://www.rfc-editor.org/rfc/rfc6585#section-4',
};
const SWAGGER = {
  title: 'Genesys Cloud: Platform API definition',
  url: 'https://api.mypurecloud.com/api/v2/docs/swagger',
  provider: 'genesys-cloud',
};

function called(facts: ReadFacts): string {
  return facts.subject === undefined ? 'The call' : visibleLine(facts.subject);
}

function again(facts: ReadFacts, scene: Scene): FixStep {
  return proof(scene, facts.subject === undefined ? {} : { endpoint: facts.subject });
}

/** Calls of a path that is known not to be there and that were not answered with 404 by the API itself. */
function absent(scene: Scene): Sighting<ReadFacts>[] {
  return scene.evidence.exchanges.filter(isEndpoint).flatMap((exchange) => {
    const status = statusOf(exchange);
    if (status !== undefined && status >= 200 && status < 300) return [];
    if (!isAbsent(exchange, scene)) return [];
    const gone = status === 404 || status === 405;
    return [
      {
        facts: about(exchange),
        certainty: 'proved' as const,
        evidence: [
          {
            at: `catalogue: ${scene.catalogue.source}, ${scene.catalogue.date}`,
            shows: 'has no such endpoint',
          },
          shown(exchange),
        ],
        // A token that is refused, a limit and a fault are none of the path.
        explains: status === 401 || status === 429 || (status ?? 0) >= 500 ? [] : [exchange.step],
        // Another answer than 404 came from something that does not know either that the path is not there.
        sufficient: gone || status === undefined,
        likelihood: gone ? 0.95 : 0.8,
        why: 'The API has no such endpoint.',
        tell: 'why403 permissions shows the endpoints that exist.',
      },
    ];
  });
}

function isAbsent(exchange: Exchange, scene: Scene): boolean {
  const endpoint = endpointOf(exchange);
  return endpoint !== undefined && scene.catalogue.exists(endpoint.method, endpoint.path) === false;
}

function nearest(facts: ReadFacts, scene: Scene): Nearest[] {
  const [, method = 'GET', path] = /^(\S+) (.+)$/.exec(facts.subject ?? '') ?? [];
  return path === undefined ? [] : scene.catalogue.nearest(method, path).slice(0, 3);
}

/** Has open places for ids, so it can be looked up but not called. */
function isTemplate(path: string): boolean {
  return path.includes('{');
}

/** The permission of an endpoint, as far as the catalogue knows it. */
function demandOf({ method, path }: Nearest, { catalogue, profile }: Scene): string {
  const rule = catalogue.find(method, path)?.rule;
  if (!rule || rule.permissions.length === 0) return '';
  const list = names(rule.permissions, rule.type === 'ALL' ? 'and' : 'or');
  const where =
    profile.access === 'roles' ? 'in a role of the OAuth client, with the divisions of the data' : '';
  return `${method} ${path} needs the permission ${list}${where ? `, ${where}` : ''}.`;
}

const notFound = defineCheck<ReadFacts>({
  code: 'endpoint/not-found',
  severity: 'error',
  blocks: true,
  title: 'The API has no such endpoint, or nothing with this id',
  page: 'The path or the method does not exist, or the object with the id in the path does not. Paths from forum posts and generated code are often invented: no right and no scope can open them. The catalogue of endpoints tells the one from the other and names the nearest that exist.',
  references: [SWAGGER],
  look(scene) {
    const seen = absent(scene);
    const explained = new Set(seen.flatMap((s) => s.explains));
    return [
      ...seen,
      ...ledBy('endpoint/not-found', scene).filter((s) => !s.explains.every((x) => explained.has(x))),
    ];
  },
  cause(facts, scene) {
    const near = nearest(facts, scene);
    const [, method = '', path = ''] = /^(\S+) (.+)$/.exec(facts.subject ?? '') ?? [];
    const known = path === '' ? 'unknown' : scene.catalogue.exists(method, path);
    if (known === true)
      return `${called(facts)}: the endpoint exists, but not what the id in its path names, or this client may not see it.`;
    const where = known === false ? 'does not exist in the API' : 'was not found by the server';
    const hint =
      near.length > 0 ? ` The nearest that exist: ${names(near.map((n) => `${n.method} ${n.path}`))}.` : '';
    const rights =
      known === false && scene.profile.access === 'roles' && facts.status === 403
        ? ' No right opens a path that is not there, so no scope and no role can mend this 403.'
        : '';
    return `${called(facts)} ${where}.${hint}${rights}`;
  },
  fix(facts, scene) {
    const [best, ...rest] = nearest(facts, scene);
    if (!best) {
      return [
        {
          who: 'you',
          action: 'Compare method, path and ids with the documentation of the API, letter by letter.',
        },
        again(facts, scene),
      ];
    }
    const title = `${best.method} ${best.path}`;
    const others = names(
      rest.map((n) => `${n.method} ${n.path}`),
      'or',
    );
    return [
      {
        who: 'you',
        action: `Call ${title} instead${best.why ? ` (${best.why})` : ''}${others ? `, or ${others}` : ''}.`,
      },
      {
        who: 'you',
        action: `${demandOf(best, scene)} This shows what it demands.`.trim(),
        command: `why403 permissions ${quoted(title)}`,
      },
      ...(isTemplate(title)
        ? []
        : [proof(scene, { endpoint: title, shows: 'This shows whether it lets the client in.' })]),
    ];
  },
});

/** A call that was not sent and that no client credentials token can make. */
function needsUser(scene: Scene): Sighting<ReadFacts>[] {
  return scene.evidence.exchanges.filter(isEndpoint).flatMap((exchange) => {
    const endpoint = endpointOf(exchange);
    if (exchange.outcome.kind !== 'not-sent' || !endpoint) return [];
    const entry = scene.catalogue.find(endpoint.method, endpoint.path);
    if (entry?.clientCredentials !== false) return [];
    return [
      {
        facts: about(exchange),
        certainty: 'proved' as const,
        evidence: [{ at: 'catalogue', shows: `needs a user, by ${sourceOf(entry)}` }, shown(exchange)],
        explains: [exchange.step],
        sufficient: true,
      },
    ];
  });
}

const WITHOUT_USER =
  'Check again with the program itself: why403 diagnose has no user, so the call is refused to it whatever was mended.';

const userContext = defineCheck<ReadFacts>({
  code: 'endpoint/user-context',
  severity: 'error',
  blocks: true,
  title: 'The endpoint works only for a signed-in user',
  page: 'Endpoints about "me", calls and voicemail of the person who is signed in need a user, and a client credentials token has none. Genesys Cloud answers 400 with not.a.user. No role and no scope changes that: take an endpoint that names the user or object by id, or a user grant (authorization code with PKCE).',
  references: [SWAGGER],
  look: (scene) => [...needsUser(scene), ...ledBy('endpoint/user-context', scene)],
  cause: (facts, scene) =>
    facts['wants'] === 'client'
      ? `${called(facts)} takes only a client credentials token, and this one was issued to a user.`
      : `${called(facts)} needs a signed-in user, and the token of ${clientTitle(scene)} has none.`,
  fix(facts, scene) {
    const near = nearest(facts, scene).filter(
      (n) =>
        scene.catalogue.find(n.method, n.path)?.clientCredentials !== false &&
        `${n.method} ${n.path}` !== facts.subject,
    );
    const [best] = near;
    const byId = best ? `: ${best.method} ${best.path}` : '';
    return [
      facts['wants'] === 'client'
        ? { who: 'you', action: 'Call it with a token of the client credentials grant.' }
        : {
            who: 'you',
            action: `Call an endpoint that takes the id of the user or object instead of "me"${byId}.`,
          },
      ...(facts['wants'] === 'client'
        ? []
        : [
            {
              who: 'you' as const,
              action:
                'If it must be the user, sign one in: authorization code with PKCE. Client credentials never has a user.',
            },
          ]),
      best && isTemplate(best.path) && facts['wants'] !== 'client'
        ? {
            who: 'you',
            action: 'This shows what that endpoint demands.',
            command: `why403 permissions ${quoted(`${best.method} ${best.path}`)}`,
          }
        : best || facts['wants'] === 'client'
          ? proof(scene, best ? { endpoint: `${best.method} ${best.path}` } : {})
          : { who: 'you', action: WITHOUT_USER },
    ];
  },
});

const ipBlocked = defineCheck<ReadFacts>({
  code: 'endpoint/ip-blocked',
  severity: 'error',
  blocks: true,
  title: 'Calls from this address are not let in',
  page: 'The organization lets only listed addresses in, and the address from which this program reaches the API is not among them. At Genesys Cloud the list holds IPv4 ranges, applies to API clients too, and the refusal (401 ip.not.authorized) names the address.',
  references: [],
  look: (scene) => ledBy('endpoint/ip-blocked', scene),
  cause: (facts) => `The organization does not let calls from ${text(facts['address'], 'this address')} in.`,
  fix(facts, scene) {
    const address = visibleLine(text(facts['address'], 'the address of this machine'));
    const where = 'the allowlist of IP addresses in the authentication settings of the organization';
    return [
      {
        who: 'you',
        action: `Make sure that ${address} is the fixed address that the service goes out by (a proxy or VPN changes it).`,
      },
      {
        who: 'admin',
        action: `Add ${address} to the allowlist of the organization.`,
        where,
        message: messageToAdmin(scene, {
          problem: `Calls from ${address} are refused: the address is not on the allowlist.`,
          please: [`add ${address} to the allowlist`],
          where,
          endpoint: facts.subject,
        }),
      },
      again(facts, scene),
    ];
  },
});

const rateLimited = defineCheck<ReadFacts>({
  code: 'endpoint/rate-limited',
  severity: 'error',
  blocks: true,
  title: 'Too many calls in a short time',
  page: 'HTTP 429: the server refuses for a while and says in Retry-After for how long. It says nothing about rights, so nothing is proved about them. Genesys Cloud allows 300 calls a minute for one client credentials token; one token kept for its life and one query over many hours stay far below that.',
  references: [RFC6585_4],
  look: (scene) => ledBy('endpoint/rate-limited', scene),
  cause: (facts) => {
    const wait = text(facts['retryAfter']);
    return `${called(facts)} was refused because of too many calls${wait ? `; the server asks to wait ${visibleLine(wait)}${/^\d+$/.test(wait) ? ' seconds' : ''}` : ''}.`;
  },
  fix: (facts, scene) => [
    {
      who: 'you',
      action: `Wait${/^\d+$/.test(text(facts['retryAfter'])) ? ` ${text(facts['retryAfter'])} seconds` : ' a minute'}, and look what else uses the same client: the limit counts for all of it together.`,
    },
    {
      who: 'you',
      action:
        'Keep one token until it expires, obey Retry-After, and ask for many hours in one query instead of one query an hour.',
    },
    again(facts, scene),
  ],
});

export const place: readonly Check[] = [notFound, userContext, ipBlocked, rateLimited];
