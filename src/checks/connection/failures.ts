/** Exchanges that failed on their way, and why: nobody answered, or somebody else did. */
import {
  bodyText,
  statusOf,
  stepName,
  visibleLine,
  type Exchange,
  type Scene,
  type UnansweredWhy,
} from '../../core/index.ts';
import { namedHost, type NamedHost } from './named-host.ts';
import { networkFailure } from './network-texts.ts';
import { sentByProxy, speaksOfProxy } from './proxy-words.ts';
import { isEndpoint } from '../readings.ts';
import { wayOf, type Way } from './way.ts';

export interface Failed {
  readonly exchange: Exchange;
  /** `behind-proxy`: the proxy says that it got no good answer from the server (RFC 9110 §15.6.3). */
  readonly why: UnansweredWhy | 'page' | '407' | 'behind-proxy';
  readonly way: Way;
  readonly detail: string;
  readonly issuer?: string;
  readonly code?: string;
  /** The answer leaves nothing else. */
  readonly sure: boolean;
}

/** Every exchange of a scene that failed on its way and was not made good by a later one. */
export function failures(scene: Scene): Failed[] {
  const { exchanges } = scene.evidence;
  return exchanges.flatMap((exchange, i): Failed[] => {
    const madeGood = exchanges
      .slice(i + 1)
      .some((x) => stepName(x.step) === stepName(exchange.step) && x.subject === exchange.subject && ok(x));
    const failed = madeGood ? undefined : failureOf(exchange, scene);
    return failed ? [failed] : [];
  });
}

function ok(exchange: Exchange): boolean {
  const status = statusOf(exchange) ?? 0;
  return status >= 200 && status < 300;
}

function failureOf(exchange: Exchange, scene: Scene): Failed | undefined {
  const { outcome } = exchange;
  const way = wayOf(exchange, scene);
  if (outcome.kind === 'unanswered') {
    if (outcome.why === 'offline' || outcome.why === 'deadline') return undefined;
    const named = lookedUp(outcome.why, outcome.detail, way, scene);
    if (named.kind === 'shred') return undefined;
    return {
      exchange,
      why: /^PROXY_50[234]$/.test(outcome.code ?? '') ? 'behind-proxy' : outcome.why,
      way: named.kind === 'other' ? named.way : way,
      detail: visibleLine(outcome.detail),
      ...(outcome.issuer && { issuer: visibleLine(outcome.issuer) }),
      ...(outcome.code && { code: outcome.code }),
      sure: true,
    };
  }
  if (outcome.kind !== 'answered') return undefined;
  const { status, body, headers } = outcome;
  const refusedByProxy = sentByProxy(headers) && status >= 300 && status < 500 && body.kind !== 'json';
  if (status === 407)
    return { exchange, why: '407', way, detail: 'HTTP 407 Proxy Authentication Required', sure: true };
  if (refusedByProxy) return { exchange, why: 'proxy', way, detail: proxySays(status, headers), sure: true };
  if (body.kind === 'html') return pageOf(exchange, status, body.text, scene);
  const text = body.kind === 'text' || body.kind === 'cut' ? body.text : (bodyText(exchange, 'error') ?? '');
  const found = status === 0 ? networkFailure(text) : undefined;
  return found && { exchange, why: found.why, way, detail: visibleLine(found.words), sure: true };
}

/** A live run asks for the host that it knows; only a paste can show the message of another. */
function lookedUp(why: UnansweredWhy, detail: string, way: Way, scene: Scene): NamedHost {
  return why === 'name-resolution' && scene.mode === 'everything'
    ? namedHost(detail, way, scene)
    : { kind: 'own' };
}

function proxySays(status: number, headers: { readonly [name: string]: string }): string {
  const [name] = ['x-squid-error', 'proxy-authenticate', 'server'].filter(
    (one) => headers[one] !== undefined,
  );
  return visibleLine(`HTTP ${status}, ${name}: ${headers[name ?? ''] ?? ''}`).slice(0, 200);
}

/** A page for people where JSON belongs: somebody between us and the server, or a wrong URL. */
function pageOf(exchange: Exchange, status: number, html: string, scene: Scene): Failed | undefined {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(html)?.[1]?.trim();
  const detail = `HTTP ${status} with an HTML page${title ? ` titled "${visibleLine(title)}"` : ''}`;
  const failed = { exchange, why: 'page', way: wayOf(exchange, scene), detail } as const;
  const byProxy = speaksOfProxy(html);
  if (status >= 500) return byProxy && status === 511 ? { ...failed, sure: true } : undefined;
  if (byProxy) return { ...failed, sure: true };
  // What the page itself says of the caller is read elsewhere.
  if (scene.profile.read(exchange, scene)) return undefined;
  // A call shows a page at a wrong URL just as well; of a token URL of the person's own the request's stage speaks.
  const ours = scene.profile.tokenPath !== undefined || (scene.mode === 'climb' && isEndpoint(exchange));
  const passing = status === 0 || (status >= 200 && status < 400) || status === 403;
  const throughProxy = failed.way.proxy !== undefined && status !== 403 && status !== 0;
  return ours && passing ? { ...failed, sure: throughProxy } : undefined;
}
