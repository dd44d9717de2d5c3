/** Nobody answered, or the server is ill: no culprit on the user's side. */
import {
  defineCheck,
  statusOf,
  visibleLine,
  type Cause,
  type Exchange,
  type Facts,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof, quoted } from '../proof.ts';
import { ownFirst } from '../own-first.ts';
import { shown } from '../readings.ts';
import { BY_MESSAGE } from './named-host.ts';
import { failures, type Failed } from './failures.ts';
import { networkFailure } from './network-texts.ts';
import { addressOf, curlOf, protocolOf, unknownWay, wayTold, withHost, type Way } from './way.ts';

interface ReachFacts extends Facts, Way {
  readonly why: string;
  readonly detail: string;
}

const UNREACHABLE = new Set(['name-resolution', 'refused', 'time-out', 'reset', 'network', 'behind-proxy']);

const ofTheProxy: Cause = {
  code: 'connection/tls-or-proxy',
  why: 'The proxy itself may be the reason: it does not let this host pass, or is set up wrongly.',
  tell: 'Try the same from a network without the proxy.',
  likelihood: 0.5,
};

const foreignHost = (host: string): Cause => ({
  code: 'request/wrong-region',
  why: `${host} may not be a host of this provider at all: a mistyped or invented region or tenant.`,
  tell: 'Compare the host, letter by letter, with the list of the provider.',
  likelihood: 0.4,
});

export const unreachable = defineCheck<ReachFacts>({
  code: 'connection/unreachable',
  severity: 'error',
  blocks: true,
  // It is about one exchange; a token that another one brought says nothing of it.
  refutable: false,
  title: 'The server cannot be reached',
  page:
    'No answer came: the name does not resolve, the port refuses, nothing comes back in time, or the connection is ' +
    'cut. The id and secret were not judged by anybody, so nothing is said about them. On a server it is mostly a ' +
    'firewall, a missing proxy setting, or DNS; a service and a cron job do not have the proxy variables of your ' +
    'shell. It is told from connection/tls-or-proxy, where somebody answers but is not trusted.',
  references: [
    {
      title: 'RFC 9110 §7.6: messages through proxies',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-7.6',
    },
    {
      title: 'Proxy variables, as curl reads them',
      url: 'https://everything.curl.dev/usingcurl/proxies/env.html',
    },
  ],
  look(scene) {
    const own = failures(scene).filter((f) => UNREACHABLE.has(f.why));
    return [
      ...ownFirst(own.map(sightingOf), 'connection/unreachable', scene, (s) => ({
        ...unknownWay,
        why: 'network',
        detail: s.why ?? 'no answer',
      })),
      ...inLogs(scene),
    ];
  },
  cause: ({ why, host, detail, proxy, proxyFrom }) =>
    `${why in WHY ? WHY[why as keyof typeof WHY](proxyFrom === BY_MESSAGE ? `${proxy} (a proxy, and not ${host})` : host) : `${host} could not be reached`} (${detail}).`,
  fix: (facts, scene) => [...mendReach(facts), proof(scene, { anyGrant: true })],
});

const WHY = {
  'name-resolution': (host: string) => `The name ${host} does not resolve to an address on this machine`,
  refused: (host: string) => `${host} refuses connections on that port`,
  'time-out': (host: string) =>
    `${host} did not answer in time; a firewall that drops packets looks like that`,
  'behind-proxy': (host: string) => `The proxy on the way says that it got no good answer from ${host}`,
  reset: (host: string) => `The connection to ${host} was cut before an answer came`,
} as const;

function sightingOf({ exchange, why, way, detail, sure }: Failed): Sighting<ReachFacts> {
  // The proxy let the connection pass and it was cut then: by either of the two.
  const byProxy = why === 'behind-proxy' || (why === 'reset' && way.proxy !== undefined);
  return {
    facts: { ...way, why, detail },
    certainty: why === 'behind-proxy' ? 'suspected' : 'proved',
    evidence: [shown(exchange)],
    explains: [exchange.step],
    sufficient: sure && why !== 'name-resolution' && !byProxy,
    likelihood: byProxy ? 0.6 : 0.9,
    ...(why === 'name-resolution' &&
      way.proxyFrom !== BY_MESSAGE && { alternatives: [foreignHost(way.host)] }),
    ...(byProxy && { alternatives: [ofTheProxy] }),
    tell: 'Try the same from another machine or network.',
  };
}

/** A log that tells of a failed connection, where no exchange shows it. */
function inLogs(scene: Scene): Sighting<ReachFacts>[] {
  if (scene.evidence.exchanges.length > 0) return [];
  return scene.evidence.said.flatMap((said): Sighting<ReachFacts>[] => {
    const found = said.where === 'log' && said.text ? networkFailure(said.text) : undefined;
    if (!found || !UNREACHABLE.has(found.why)) return [];
    const detail = visibleLine(found.words);
    return [
      {
        facts: { ...wayTold(said.text ?? ''), why: found.why, detail },
        certainty: 'suspected',
        evidence: [{ at: said.key, shows: detail, ...(said.source && { source: said.source }) }],
        explains: [],
        sufficient: false,
        tell: 'Try the same from another machine or network.',
      },
    ];
  });
}

function mendReach(facts: ReachFacts): FixStep[] {
  const { why, host, proxy, proxyFrom } = facts;
  if (proxy !== undefined && proxyFrom === BY_MESSAGE) return mendProxyName(proxy);
  const look: FixStep =
    why === 'name-resolution'
      ? {
          who: 'you',
          action: 'Check the spelling of the host, then whether this machine can resolve it.',
          command: `getent hosts ${quoted(addressOf(facts).name)}`,
        }
      : {
          who: 'you',
          action: 'See how far a connection gets from this machine, as the user that runs the job.',
          command: curlOf(facts, '%{http_code} %{remote_ip}\\n'),
        };
  if (why === 'refused' && isLoopback(facts) && proxy === undefined)
    return [look, { who: 'you', action: startIt(host) }];
  return [
    ...withHost([look], facts),
    ...throughProxy(facts),
    {
      who: 'admin',
      action: `Allow ${protocolOf(facts).replace(/ .*/, '')} from this machine to ${host}.`,
      where: 'the firewall or proxy of your network',
      message:
        `Hello, the job on this machine needs outgoing ${protocolOf(facts)} to ${host}${proxy === undefined ? '' : ` through the proxy ${proxy}`}. At the moment the ` +
        `connection fails (${why}). Could you open it, or tell me the proxy to use? I check it with: ${curlOf(facts)}`,
    },
  ];
}

const mendProxyName = (proxy: string): FixStep[] => [
  {
    who: 'you',
    action:
      'A setting sends the request to that proxy: look at -x or --proxy, HTTPS_PROXY and ALL_PROXY, and at the proxy of ' +
      'your tool, and write the name that your network uses, or take it out.',
  },
  {
    who: 'you',
    action:
      'Check whether this machine can resolve the name; some resolve only within the network or its VPN.',
    command: `getent hosts ${quoted(proxy)}`,
  },
];

const isLoopback = ({ origin }: Way): boolean =>
  /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?::|$)/i.test(origin);

const startIt = (host: string): string =>
  `Start what should listen on ${host}, or name the address where it does. In a container ${host.replace(/:\d+$/, '')} is the container itself.`;

/** Nothing on this machine is reached through a proxy, whatever is set. */
function throughProxy(way: Way): FixStep[] {
  const { proxy, proxyFrom } = way;
  if (proxy !== undefined)
    return [
      {
        who: 'you',
        action: `The way leads through the proxy ${proxy} (${proxyFrom}): see whether it is the right one, and whether it answers at all.`,
      },
    ];
  if (isLoopback(way)) return [];
  return [
    {
      who: 'you',
      action:
        'If this network reaches the internet through a proxy only, set HTTPS_PROXY for the job itself (in the crontab or ' +
        'unit), or give --proxy.',
    },
  ];
}

interface OutageFacts extends Facts {
  readonly host: string;
  readonly status: number;
  readonly retryAfter?: string;
}

export const outage = defineCheck<OutageFacts>({
  code: 'connection/outage',
  severity: 'error',
  blocks: true,
  refutable: false,
  title: 'The server has a fault of its own',
  page:
    'The server, or the gateway before it, answers 5xx: it could not do its work, whoever asks. That is no word about ' +
    'the client id and secret. Mostly it passes; the status page of the provider tells. A plain 500 can also be a ' +
    'server that stumbles over a malformed request, so what is malformed is named beside it.',
  references: [
    { title: 'RFC 9110 §15.6: server errors', url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6' },
  ],
  look: (scene) => scene.evidence.exchanges.flatMap((x) => outageAt(x, scene)),
  cause: ({ host, status, retryAfter }) =>
    `${cap(host)} answers ${status ? `HTTP ${status}` : 'with an error of its own'}: it or a gateway before it failed. This ` +
    `says nothing about the client.${retryAfter ? ` It asks to wait: Retry-After ${retryAfter}.` : ''}`,
  fix: ({ host, retryAfter }, scene) => [
    {
      who: 'you',
      action: `Wait ${retryAfter && /^\d+$/.test(retryAfter) ? `${retryAfter} seconds` : 'a few minutes'} and run again; let a job repeat with growing pauses.`,
    },
    {
      who: 'provider',
      action: `Mend ${host}. Look at the status page first.`,
      message: `${scene.mode === 'climb' ? `At ${scene.evidence.capturedAt} ` : ''}${host} answered our requests with server errors. Is that known? The correlation id, where there is one, is in the evidence of the report.`,
    },
    proof(scene, { anyGrant: true }),
  ],
});

/** 502, 503 and 504 come from gateways and overload; 500 may be a server that stumbles over the request. */
function outageAt(exchange: Exchange, scene: Scene): Sighting<OutageFacts>[] {
  const status = statusOf(exchange) ?? 0;
  const reading = scene.profile.read(exchange, scene);
  const read = reading?.causes[0].code === 'connection/outage';
  if (reading ? !read : status < 500 || status === 501 || status === 511) return [];
  const { outcome, request } = exchange;
  const retryAfter = outcome.kind === 'answered' ? outcome.headers['retry-after'] : undefined;
  const host =
    request.url !== undefined && URL.canParse(request.url) ? new URL(request.url).host : 'the server';
  const atGate = status === 502 || status === 503 || status === 504;
  return [
    {
      facts: { host, status, ...(retryAfter !== undefined && { retryAfter: visibleLine(retryAfter) }) },
      certainty: 'proved',
      evidence: [shown(exchange)],
      explains: [exchange.step],
      sufficient: atGate || reading?.forced === true,
      likelihood: atGate ? 0.9 : 0.55,
      tell: 'Run again in some minutes; the status page of the provider tells more.',
      ...(reading && { alternatives: reading.causes.slice(1) }),
    },
  ];
}

/** A host keeps its letters; only the words that stand for one begin a sentence. */
function cap(host: string): string {
  return host === unknownWay.host ? 'The server' : host;
}
