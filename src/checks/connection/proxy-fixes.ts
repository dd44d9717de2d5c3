/** A proxy that refuses, wants a password, is not there, or answers in the server's place: who mends it, and how. */
import type { FixStep } from '../../core/index.ts';
import { curlOf, type Way } from './way.ts';

export interface ProxyFacts extends Way {
  readonly why: string;
  readonly detail: string;
  readonly code?: string;
}

const SHOW = `env | grep -i -E '^(https?|all|no)_proxy=' | sed -E 's#//[^@/]*@#//***@#'`;

/** The steps for what a proxy did. */
export function mendProxy(facts: ProxyFacts): FixStep[] {
  if (facts.why === '407' || facts.code === 'PROXY_407') return withPassword(facts);
  if (facts.why === 'proxy' && facts.code !== undefined && !facts.code.startsWith('PROXY_'))
    return notThere(facts);
  return refused(facts);
}

function withPassword(facts: ProxyFacts): FixStep[] {
  const { proxy, proxyFrom } = facts;
  const url =
    proxy === undefined ? 'http://USER:PASSWORD@HOST:PORT' : proxy.replace('//', '//USER:PASSWORD@');
  const where =
    proxyFrom === undefined || /^\w+_proxy$/i.test(proxyFrom) ? '' : `, or in the place of ${proxyFrom}`;
  return [
    {
      who: 'you',
      action:
        `Put the user and password of the proxy into its URL${where}, with special characters percent-encoded (@ is %40). ` +
        'If they stand there already, they are wrong.',
      command: `export ${where === '' && proxyFrom !== undefined ? proxyFrom : 'HTTPS_PROXY'}=${url}`,
    },
    {
      who: 'admin',
      action: 'Give this job a user and password for the proxy, or let it pass without.',
      where: 'the proxy of your network',
      message:
        `Hello, our job reaches ${facts.host} through ${named(facts)}, which asks for a user and password (407). Which ones may it use, or ` +
        `can ${facts.host} pass without? I check it with: ${curlOf(facts)}`,
    },
  ];
}

/** Nobody answers at the proxy's own address. */
function notThere(facts: ProxyFacts): FixStep[] {
  const from =
    facts.proxyFrom === undefined ? 'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, or --proxy' : facts.proxyFrom;
  return [
    {
      who: 'you',
      action: `Check host and port of the proxy (${from}), letter by letter. If this network needs no proxy for ${facts.host}, take it away or name the host in NO_PROXY.`,
      command: SHOW,
    },
    {
      who: 'admin',
      action: `See whether ${named(facts)} runs, and lets this machine connect.`,
      where: 'the proxy of your network',
      message:
        `Hello, our job reaches ${facts.host} through ${named(facts)}, and no connection to the proxy itself comes about (${facts.detail}). Is it ` +
        `down, or has it another address? I check it with: ${curlOf(facts)}`,
    },
  ];
}

function refused(facts: ProxyFacts): FixStep[] {
  return [
    {
      who: 'you',
      action: 'See which proxy the job uses: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or --proxy.',
      command: SHOW,
    },
    {
      who: 'admin',
      action: `Let ${new URL(facts.origin).protocol === 'http:' ? 'HTTP' : 'HTTPS'} to ${facts.host} pass.`,
      where: 'the proxy of your network',
      message: `Hello, our job needs ${new URL(facts.origin).protocol === 'http:' ? 'HTTP' : 'HTTPS'} to ${facts.host}, and ${answers(facts)}. Please allow it. I check it with: ${curlOf(facts)}`,
    },
  ];
}

function answers({ code, proxy }: ProxyFacts): string {
  const status = /^PROXY_(\d+)$/.exec(code ?? '')?.[1];
  const who = proxy === undefined ? 'the proxy' : `the proxy ${proxy}`;
  return status === undefined ? `${who} answers in its place` : `${who} refuses it with ${status}`;
}

function named({ proxy }: Way): string {
  return proxy === undefined ? 'a proxy' : `the proxy ${proxy}`;
}
