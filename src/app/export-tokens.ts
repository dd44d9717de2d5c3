/** Where an export's token comes from: the cache, else the ladder's own token request. */
import { ladder } from '../checks/ladder.ts';
import type { Evidence, Report, Scene } from '../core/index.ts';
import { climb, judge } from '../diagnose/index.ts';
import type { TokenSource } from '../io/data-call.ts';
import type { Secret } from '../io/secrets.ts';
import type { TokenCache, TokenKey } from '../io/token-cache.ts';
import type { LiveTransport } from '../io/transport.ts';
import type { LiveCase } from './diagnose-live.ts';

/** The gate is shut: no token, or a blocking finding before one could be used. */
export class GateShut extends Error {
  readonly evidence: Evidence;
  readonly report: Report;

  constructor(evidence: Evidence, report: Report) {
    super('the gate is shut');
    this.evidence = evidence;
    this.report = report;
  }
}

export interface ExportTokens extends TokenSource {
  /** Tokens that were asked for in this run. */
  count(): number;
  /** What the last token request showed; the opening where none was made. */
  evidence(): Evidence;
}

export interface TokenPorts {
  readonly live: LiveCase;
  readonly opening: Evidence;
  readonly transport: LiveTransport;
  /** A token that the user gave; there is no other. */
  readonly ready?: Secret;
  readonly cache?: { readonly store: TokenCache; readonly key: TokenKey };
  readonly now: () => number;
}

const MARGIN_MS = 60_000;

/** `get` and `renew` reject with `GateShut` where the ladder finds what blocks. */
export function exportTokens(ports: TokenPorts): ExportTokens {
  const { cache, now, transport } = ports;
  let inHand: { token: Secret; until: number } | undefined;
  let pending: Promise<Secret> | undefined;
  let evidence = ports.opening;
  let asked = 0;
  let renewed = false;

  const once = (get: () => Promise<Secret>): Promise<Secret> => {
    pending ??= get().finally(() => {
      pending = undefined;
    });
    return pending;
  };

  const askAnew = async (): Promise<Secret> => {
    asked += 1;
    evidence = await throughScope(ports);
    const token = transport.token();
    const report = judgeWhole(ports.live, evidence);
    if (!token || isBlocked(report)) throw new GateShut(evidence, report);
    const expiresAt = transport.expiresAt();
    // Less a minute; of a life that is hardly longer than that, half.
    const life = (expiresAt ?? Infinity) - now();
    inHand = { token, until: now() + Math.max(life - MARGIN_MS, life / 2) };
    if (cache && expiresAt !== undefined) await cache.store.put(cache.key, token, expiresAt);
    return token;
  };

  return {
    count: () => asked,
    evidence: () => evidence,
    get() {
      if (ports.ready) return Promise.resolve(ports.ready);
      if (inHand && inHand.until > now()) return Promise.resolve(inHand.token);
      return once(async () => {
        const kept = inHand ? undefined : await cache?.store.get(cache.key, now());
        if (!kept) return askAnew();
        inHand = { token: kept.token, until: kept.expiresAt - MARGIN_MS };
        return kept.token;
      });
    },
    async renew(refused) {
      if (ports.ready) return undefined;
      if (pending) return pending;
      if (inHand && inHand.token.reveal() !== refused.reveal()) return inHand.token;
      if (renewed) return undefined;
      renewed = true;
      return once(async () => {
        await cache?.store.drop(cache.key);
        return askAnew();
      });
    },
  };
}

/** Climbs the stages up to `scope`, which ask for the token; the endpoint stage is the export's own calls. */
async function throughScope({ live, opening, transport }: TokenPorts): Promise<Evidence> {
  const { profile, catalogue } = live;
  const below = ladder.filter((stage) => stage.id !== 'endpoint');
  return (await climb(below, opening, { profile, catalogue, transport })).evidence;
}

export function judgeWhole({ profile, catalogue }: LiveCase, evidence: Evidence): Report {
  const scene: Scene = { evidence, profile, catalogue, mode: 'climb' };
  return judge(ladder, scene);
}

/** A finding skips what comes after it. */
export function isBlocked(report: Report): boolean {
  return report.stages.some((stage) => stage.status === 'skipped');
}
