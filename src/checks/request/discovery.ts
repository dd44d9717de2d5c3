/** Discovery documents that are not there, not of this issuer or lead elsewhere, as sightings. */
import {
  answersTo,
  bodyText,
  metadataOf,
  statusOf,
  visibleLine,
  type Cause,
  type Exchange,
  type Scene,
} from '../../core/index.ts';
import { shortUrl, urlOf, type Seen } from './places.ts';

/** Discovery was asked, and no usable document came; an unanswered or failing server is the connection's matter. */
export function discoveryFailed(scene: Scene): Seen[] {
  const answers = answersTo(scene.evidence, 'discovery');
  const answered = answers.filter((x) => x.outcome.kind === 'answered' && (statusOf(x) ?? 0) < 500);
  const usable = answers.some((x) => bodyText(x, 'token_endpoint') !== undefined);
  const refused = answered.filter((x) => statusOf(x) !== 407 && statusOf(x) !== 429);
  if (usable || refused.length === 0 || refused.length < answers.length) return [];
  if (scene.evidence.settings.tokenUrl !== undefined) return [];
  const issuer = scene.evidence.settings.issuer ?? shortUrl(refused[0]!);
  const guarded = refused.every((x) => statusOf(x) === 401 || statusOf(x) === 403);
  const moved = refused.some((x) => targetOf(x) !== undefined);
  return [
    {
      facts: { kind: 'discovery', url: issuer, what: refused.map(answerOf).join(', and ') },
      certainty: 'proved',
      evidence: refused.map((x) => ({ at: `${x.step}: ${shortUrl(x)}`, shows: answerOf(x) })),
      explains: refused.map((x) => x.step),
      // A gateway may guard the document of the right issuer, and a portal or another name of the host lead away from
      // it; anything else says that it is not there.
      sufficient: !guarded && !moved,
      likelihood: guarded || moved ? 0.6 : 0.95,
      ...((guarded || moved) && { alternatives: [GATEWAY] }),
      tell: 'Open the discovery URL: a JSON document with token_endpoint must come.',
    },
  ];
}

const GATEWAY: Cause = {
  code: 'connection/tls-or-proxy',
  why: 'A proxy or gateway may have refused the request before it reached the issuer.',
  tell: 'Open the discovery URL from another network.',
};

/** Where an answer leads, without what a URL may hide; no redirect is followed. */
function targetOf(exchange: Exchange): string | undefined {
  const { outcome, request } = exchange;
  if (outcome.kind !== 'answered' || outcome.status < 300 || outcome.status > 399) return undefined;
  const { location } = outcome.headers;
  if (location === undefined || !URL.canParse(location, request.url)) return undefined;
  return withoutUserInfo(new URL(location, request.url).href);
}

function answerOf(exchange: Exchange): string {
  const status = statusOf(exchange) ?? 0;
  const place = urlOf(exchange)?.pathname ?? 'the URL';
  const target = targetOf(exchange);
  if (target !== undefined) return `${place} answers HTTP ${status} and leads to ${target}`;
  if (exchange.outcome.kind === 'answered' && exchange.outcome.body.kind === 'html') {
    return `${place} answers HTTP ${status} with an HTML page`;
  }
  return status >= 200 && status < 300
    ? `${place} answers HTTP ${status} without a token_endpoint`
    : `${place} answers HTTP ${status}`;
}

/** The document of another issuer, of which nothing may be used (RFC 8414 §3.3). */
export function foreignIssuer({ evidence }: Scene): Seen[] {
  const { issuer, tokenUrl, readyToken } = evidence.settings;
  const found = metadataOf(evidence);
  if (found?.issuer !== 'another' || issuer === undefined) return [];
  const says = visibleLine(found.says ?? '');
  const needed = tokenUrl === undefined && !readyToken;
  return [
    {
      facts: { kind: 'issuer', url: issuer, what: says, ...(httpIssuer(found.says) && { right: says }) },
      certainty: 'proved',
      evidence: [{ at: `${found.exchange.step}: response.body.issuer`, shows: says }],
      // Nothing was asked after it, so nothing failed: it is what keeps the run from going on.
      explains: [],
      sufficient: false,
      ...(!needed && { severity: 'warning' as const, blocks: false, refutable: false }),
      tell: 'Compare the issuer, letter for letter, with the one that the discovery document names.',
    },
  ];
}

function httpIssuer(says: string | undefined): boolean {
  return says !== undefined && /^https?:\/\/[^\s{}<>@]+$/i.test(says) && URL.canParse(says);
}

/** The document is there, but not quite of this issuer, or it names a token endpoint to which the settings send no secret. */
export function foreignTokenEndpoint({ evidence }: Scene): Seen[] {
  const { issuer, tokenUrl, readyToken } = evidence.settings;
  const found = metadataOf(evidence);
  if (!found || found.issuer === 'another' || issuer === undefined || !URL.canParse(issuer)) return [];
  const document = found.exchange;
  const seen: Seen[] = [];
  if (found.issuer !== 'same') {
    const says = found.says === undefined ? 'no issuer' : `the issuer ${visibleLine(found.says)}`;
    seen.push({
      facts: {
        kind: 'metadata',
        url: issuer,
        what: `it names ${says}, and strict clients refuse it (RFC 8414 §3.3 wants the two to be the same)`,
      },
      certainty: 'proved',
      evidence: [
        { at: `${document.step}: response.body.issuer`, shows: visibleLine(found.says ?? 'absent') },
      ],
      explains: [],
      sufficient: false,
      severity: 'warning',
      blocks: false,
      // A token that was issued says nothing of the document.
      refutable: false,
    });
  }
  const named = bodyText(document, 'token_endpoint') ?? '';
  const why = whyNotAsked(named, new URL(issuer));
  if (why === undefined || tokenUrl !== undefined || readyToken) return seen;
  const usable = /^https:/i.test(named) && URL.canParse(named);
  const shows = withoutUserInfo(named);
  seen.push({
    facts: {
      kind: 'endpoint-elsewhere',
      url: issuer,
      what: `its token endpoint ${shows} ${why}, so no secret was sent there`,
      ...(usable && { right: shows }),
    },
    certainty: 'proved',
    evidence: [{ at: `${document.step}: response.body.token_endpoint`, shows }],
    // Nothing was asked after it, so nothing failed: it is what keeps the run from going on.
    explains: [],
    sufficient: false,
    tell: 'Compare it with the token endpoint that the provider documents; --token-url names the right one.',
  });
  return seen;
}

/** Why a secret does not go to a token endpoint that only the document names; undefined: it does. */
function whyNotAsked(named: string, issuer: URL): string | undefined {
  if (!URL.canParse(named)) return 'is no URL that can be asked';
  const { protocol, host, origin } = new URL(named);
  if (origin === issuer.origin) return undefined;
  if (protocol !== 'https:' && protocol !== 'http:') return `is no address of the web (${protocol})`;
  if (host !== issuer.host) return 'is on another host than the issuer, and no setting names it';
  return protocol === 'http:' ? 'goes without TLS' : `has another scheme than the issuer (${protocol})`;
}

/** Host and path; the rest of a URL that a server names is not needed, and may hold a secret. */
function withoutUserInfo(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return visibleLine(url.replace(/\/\/[^/?#@]*@/, '//'));
  const { origin, pathname } = new URL(url);
  return visibleLine(`${origin}${pathname}`);
}
