/** Somebody answered, but is not who was meant. */
import {
  cause,
  defineCheck,
  statusOf,
  visibleLine,
  type Cause,
  type Exchange,
  type Facts,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof } from '../proof.ts';
import { ownFirst } from '../own-first.ts';
import { isEndpoint, shown } from '../readings.ts';
import { failures, type Failed } from './failures.ts';
import { networkFailure } from './network-texts.ts';
import { mendProxy } from './proxy-fixes.ts';
import { tlsKind } from './tls-fixes.ts';
import { trustCommand } from './trust.ts';
import { unknownWay, wayTold, withHost, type Way } from './way.ts';

interface TrustFacts extends Facts, Way {
  readonly why: string;
  readonly detail: string;
  readonly issuer?: string;
  readonly code?: string;
  readonly trust: string;
  /** Nothing else can have answered. */
  readonly sure?: boolean;
}

const wrongUrl: Cause = {
  code: 'request/wrong-endpoint',
  why: 'The URL itself may belong to a web page and not to an API.',
  tell: 'Open the URL from a network without a proxy, and compare it with the documentation.',
  likelihood: 0.35,
};

/** What else answers with a page: a web application at a wrong URL, or a gateway that refuses the caller. */
function besidePage(exchange: Exchange): readonly Cause[] {
  if (!isEndpoint(exchange)) return [wrongUrl];
  const refused = statusOf(exchange) === 403 ? [cause('endpoint/ip-blocked', 0.5)] : [];
  return [...refused, { ...wrongUrl, code: 'endpoint/not-found' }];
}

export const tlsOrProxy = defineCheck<TrustFacts>({
  code: 'connection/tls-or-proxy',
  severity: 'error',
  blocks: true,
  refutable: false,
  title: 'Something between here and the server is not trusted or answers in its place',
  page:
    'Either the certificate that is shown cannot be verified (a proxy that opens TLS and signs with the CA of the ' +
    'company, a private CA, an expired or foreign certificate), or the TLS handshake fails before that (no TLS on this ' +
    'port, only old versions, a client certificate that is wanted), or a proxy is in the way: 407, not there, a log-in ' +
    'page, a page that says the site is blocked. The id and secret never reached the server. Browsers know the CA of the company ' +
    'because it stands in the store of the system; Node, Python and Java bring their own lists.',
  references: [
    { title: 'Node.js: NODE_EXTRA_CA_CERTS', url: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile' },
    {
      title: 'RFC 9110 §15.5.8: 407 Proxy Authentication Required',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8',
    },
  ],
  look(scene) {
    const own = failures(scene).filter((f) => ['tls', 'proxy', 'page', '407'].includes(f.why));
    return [
      ...ownFirst(
        own.map((failed) => sightingOf(failed, scene)),
        'connection/tls-or-proxy',
        scene,
        (s) => ({
          ...unknownWay,
          trust: trustCommand(scene),
          why: 'proxy',
          detail: s.why ?? '',
        }),
      ),
      ...inLogs(scene),
    ];
  },
  cause(facts) {
    const { why, host, detail } = facts;
    switch (why) {
      case 'tls':
        return tlsKind(facts).cause(facts);
      case '407':
        return `The proxy on the way to ${host} wants a user and password of its own (${detail}).`;
      case 'page':
        return facts.sure
          ? `Not ${host} answered, but something before it: ${detail}, where JSON belongs. The request did not reach the server.`
          : `${host === unknownWay.host ? 'The server' : host} answers ${detail}, where JSON belongs: something before it may have answered, or the URL is that of a web page.`;
      default:
        return `The proxy on the way to ${host} failed: ${detail}.`;
    }
  },
  fix: (facts, scene) => [
    ...withHost(facts.why === 'tls' ? tlsKind(facts).fix(facts) : mendProxy(facts), facts),
    proof(scene, { anyGrant: true }),
  ],
});

function sightingOf(
  { exchange, why, way, detail, issuer, code, sure }: Failed,
  scene: Scene,
): Sighting<TrustFacts> {
  return {
    facts: {
      ...way,
      why,
      detail,
      sure,
      trust: trustCommand(scene),
      ...(issuer && { issuer }),
      ...(code && { code }),
    },
    certainty: sure ? 'proved' : 'suspected',
    evidence: [
      why === 'page' ? { at: `${exchange.step}: response`, shows: detail } : shown(exchange),
      ...(issuer ? [{ at: `${exchange.step}: certificate`, shows: `issued by ${issuer}` }] : []),
    ],
    explains: [exchange.step],
    sufficient: sure,
    likelihood: sure ? 0.9 : 0.6,
    ...(why === 'page' && !sure && { alternatives: besidePage(exchange) }),
    tell: 'Try the same from a network without the proxy.',
  };
}

function inLogs(scene: Scene): Sighting<TrustFacts>[] {
  if (scene.evidence.exchanges.length > 0) return [];
  return scene.evidence.said.flatMap((said): Sighting<TrustFacts>[] => {
    const found = said.where === 'log' && said.text ? networkFailure(said.text) : undefined;
    if (!found || (found.why !== 'tls' && found.why !== 'proxy')) return [];
    const detail = visibleLine(found.words);
    return [
      {
        facts: { ...wayTold(said.text ?? ''), why: found.why, detail, trust: trustCommand(scene) },
        certainty: 'suspected',
        evidence: [{ at: said.key, shows: detail, ...(said.source && { source: said.source }) }],
        explains: [],
        sufficient: false,
        tell: 'Try the same from a network without the proxy.',
      },
    ];
  });
}
