/** Somebody answered, but is not who was meant. */
import {
  defineCheck,
  visibleLine,
  type Cause,
  type Facts,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof, quoted } from '../proof.ts';
import { ownFirst } from '../own-first.ts';
import { shown } from '../readings.ts';
import { failures, type Failed } from './failures.ts';
import { networkFailure } from './network-texts.ts';

interface TrustFacts extends Facts {
  readonly why: string;
  readonly host: string;
  readonly detail: string;
  readonly issuer?: string;
  readonly code?: string;
}

const wrongUrl: Cause = {
  code: 'request/wrong-endpoint',
  why: 'The URL itself may belong to a web page and not to an API.',
  tell: 'Open the URL from a network without a proxy, and compare it with the documentation.',
  likelihood: 0.35,
};

export const tlsOrProxy = defineCheck<TrustFacts>({
  code: 'connection/tls-or-proxy',
  severity: 'error',
  blocks: true,
  refutable: false,
  title: 'Something between here and the server is not trusted or answers in its place',
  page:
    'Either the certificate that is shown cannot be verified (a proxy that opens TLS and signs with the CA of the ' +
    'company, a private CA, an expired or foreign certificate), or a proxy answers itself: 407, a log-in page, a page ' +
    'that says the site is blocked. The id and secret never reached the server. Browsers know the CA of the company ' +
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
      ...ownFirst(own.map(sightingOf), 'connection/tls-or-proxy', scene, (s) => ({
        why: 'proxy',
        host: 'the server',
        detail: s.why ?? '',
      })),
      ...inLogs(scene),
    ];
  },
  cause({ why, host, detail, issuer }) {
    switch (why) {
      case 'tls':
        return (
          `The certificate that ${host} shows is not trusted on this machine: ${detail}` +
          `${issuer ? `, issued by ${issuer}` : ''}. Nothing was sent.`
        );
      case '407':
        return `The proxy on the way to ${host} wants a user and password of its own (${detail}).`;
      case 'page':
        return `Not ${host} answered, but something before it: ${detail}, where JSON belongs. The request did not reach the server.`;
      default:
        return `The proxy on the way to ${host} failed: ${detail}.`;
    }
  },
  fix: (facts, scene) => [...(facts.why === 'tls' ? mendTls(facts) : mendProxy(facts)), proof(scene)],
});

function sightingOf({ exchange, why, host, detail, issuer, code, sure }: Failed): Sighting<TrustFacts> {
  return {
    facts: { why, host, detail, ...(issuer && { issuer }), ...(code && { code }) },
    certainty: sure ? 'proved' : 'suspected',
    evidence: [
      why === 'page' ? { at: `${exchange.step}: response`, shows: detail } : shown(exchange),
      ...(issuer ? [{ at: `${exchange.step}: certificate`, shows: `issued by ${issuer}` }] : []),
    ],
    explains: [exchange.step],
    sufficient: sure,
    likelihood: sure ? 0.9 : 0.6,
    ...(why === 'page' && !sure && { alternatives: [wrongUrl] }),
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
        facts: { why: found.why, host: 'the server', detail },
        certainty: 'suspected',
        evidence: [{ at: said.key, shows: detail, ...(said.source && { source: said.source }) }],
        explains: [],
        sufficient: false,
        tell: 'Try the same from a network without the proxy.',
      },
    ];
  });
}

function mendTls({ host, issuer, code, detail }: TrustFacts): FixStep[] {
  const hostAndPort = host.includes(':') ? host : `${host}:443`;
  const look: FixStep = {
    who: 'you',
    action: 'See who issued the certificate that this machine is shown.',
    command: `openssl s_client -connect ${quoted(hostAndPort)} -servername ${quoted(host.replace(/:\d+$/, ''))} </dev/null 2>/dev/null | openssl x509 -noout -issuer -subject -dates`,
  };
  if (/EXPIRED|expired/.test(`${code ?? ''} ${detail}`)) {
    return [
      look,
      {
        who: 'you',
        action:
          'If the clock of this machine is right, the certificate has expired, and whoever runs the server or proxy must renew it.',
        command: 'date -u',
      },
    ];
  }
  return [
    look,
    {
      who: 'you',
      action:
        `If ${issuer ? `"${issuer}"` : 'the issuer'} is a proxy or CA of your company, get its root certificate as a PEM file ` +
        'and let the job trust it. Do not turn verification off: whoever stands in between then reads the secret.',
      command: 'export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/company-ca.pem   # or: --ca-file FILE',
    },
    {
      who: 'admin',
      action: 'Hand out the root certificate of the TLS proxy, or let this host pass without inspection.',
      where: 'the network team',
      message:
        `Hello, from our server TLS to ${host} is answered with a certificate${issuer ? ` issued by "${issuer}"` : ' of another issuer'}, ` +
        'which our job does not trust. Please send me the root certificate as PEM, or exempt this host from inspection. ' +
        `I check it with: openssl s_client -connect ${hostAndPort}`,
    },
  ];
}

function mendProxy({ why, host }: TrustFacts): FixStep[] {
  return [
    {
      who: 'you',
      action:
        why === '407'
          ? 'Give the proxy its user and password: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.'
          : 'See which proxy the job uses: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or --proxy.',
      command: `env | grep -i -E '^(https?|all|no)_proxy=' | sed -E 's#//[^@/]*@#//***@#'`,
    },
    {
      who: 'admin',
      action: `Let HTTPS to ${host} pass.`,
      where: 'the proxy of your network',
      message: `Hello, our job needs HTTPS to ${host}, and the proxy answers in its place. Please allow it. I check it with: curl -sS -o /dev/null -w '%{http_code}' https://${host}/`,
    },
  ];
}
