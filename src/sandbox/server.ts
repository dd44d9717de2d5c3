/** Starts a sandbox: an org on loopback, with a scenario if one is named. */
import { Failure, HOUR_MS, visibleLine, type Clock, type Hour } from '../core/index.ts';
import { truth, type TruthRow } from './aggregates.ts';
import { answerApi, routePermissions } from './api-genesys.ts';
import { control } from './control.ts';
import { environment } from './environment.ts';
import type { FaultPlan } from './faults.ts';
import { listen, type LogEntry } from './listener.ts';
import { answerLogin } from './login-genesys.ts';
import { parseOrg } from './org-file.ts';
import type { Client, GenesysOrg, Org, ThreadOrg } from './org.ts';
import genesysFile from './orgs/genesys.json' with { type: 'json' };
import threadFile from './orgs/thread.json' with { type: 'json' };
import { healthyStage, listScenarios, setScenario, type ScenarioInfo } from './scenarios.ts';
import { answerThread } from './thread-api.ts';
import type { Answer, Asked, HostName } from './wire.ts';
import { newWorld, type Restatement, type World } from './world.ts';

export interface SandboxOptions {
  /** The sandbox keeps a copy; this one is not changed. */
  readonly org: Org;
  /** A scenario's name: a finding code, with `.variant` for some. */
  readonly scenario?: string;
  /** The first port; a world with two hosts takes the next one as well. Default: any free ports. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Spoils answers; a scenario's own faults come first. */
  readonly faults?: FaultPlan;
}

export interface Sandbox {
  /** Equal where a world has one host. */
  readonly loginUrl: string;
  readonly apiUrl: string;
  /** Only a world with RFC 8414 metadata has one. */
  readonly issuer: string | undefined;
  /** The org as it is now; change it with `set`. */
  readonly org: Org;
  /** The client as it was handed out, deformed if the scenario is about that. */
  readonly client: { readonly id: string | undefined; readonly secret: string | undefined };
  /** The settings for `why403`, as environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** What to check, as `METHOD /path`; empty: the default of `diagnose`. */
  readonly endpoints: readonly string[];
  readonly scenario: ScenarioInfo | undefined;
  /** Everything that was asked, oldest first. */
  readonly requests: readonly LogEntry[];
  readonly counters: Readonly<World['counters']>;
  /** Changes the org while it runs: `set((org) => { … })`. */
  set(change: (org: Org, client: Client) => void): void;
  /** From now on, or no longer, spoils answers. */
  spoil(faults: FaultPlan | undefined): void;
  /** Ends all tokens before their time, as an idle timeout does. */
  forget(): void;
  /** Reprocesses closed hours: their numbers change once, or vanish. */
  restate(what: Restatement): void;
  /** What really happened, cell by cell, whoever may see it; `to` is exclusive. */
  truth(from: Hour, to: Hour): TruthRow[];
  close(): Promise<void>;
}

/** A built-in org; the caller's own copy. */
export function builtInOrg(name: 'genesys' | 'thread'): Org {
  const file: unknown = name === 'genesys' ? genesysFile : threadFile;
  return parseOrg(JSON.stringify(file), `the built-in org ${name}`, routePermissions);
}

/**
 * The org of a file's text, for `--org FILE`.
 * @throws Failure (`config`) that names the field
 */
export function readOrg(text: string, file: string): Org {
  return parseOrg(text, file, routePermissions);
}

function answerer(world: World): (asked: Asked) => Answer | Promise<Answer> {
  if (world.org.world === 'thread') return (asked) => answerThread(asked, world as World<ThreadOrg>);
  const genesys = world as World<GenesysOrg>;
  return (asked) => (asked.host === 'login' ? answerLogin(asked, genesys) : answerApi(asked, genesys));
}

/**
 * @throws Failure (`usage`) where the world does not have the scenario, or a port is taken
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? (() => new Date());
  const org = structuredClone(options.org);
  const stage = healthyStage(org);
  const { client } = stage;
  const scenario = options.scenario === undefined ? undefined : setScenario(stage, options.scenario);
  if (options.scenario !== undefined && scenario === undefined) {
    const names = listScenarios(org).map((s) => s.name);
    throw new Failure(
      'usage',
      `the org ${org.name} has no scenario ${visibleLine(options.scenario)}`,
      `one of: ${names.join(', ')}`,
    );
  }
  const world = newWorld(org, clock);
  const log: LogEntry[] = [];
  let spoil = options.faults;
  const answer = answerer(world);
  const open = async (host: HostName, port: number) => {
    try {
      return await listen({
        host,
        port,
        clock,
        log,
        fault: () => stage.faults ?? spoil,
        skewMs: () => stage.skewMs,
        answer: (asked) => {
          const answered = control(asked, world, log);
          if (answered !== undefined) return answered;
          world.counters.requests += 1;
          return answer(asked);
        },
      });
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const why = code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used (${String(code)})`;
      throw new Failure('usage', `port ${port} ${why}`, 'give another --port, or none for any free one');
    }
  };
  const first = options.port ?? 0;
  const api = await open('api', org.world === 'thread' || first === 0 ? first : first + 1);
  const login =
    org.world === 'thread'
      ? api
      : await open('login', first).catch(async (error: unknown) => {
          await api.close();
          throw error;
        });
  const closed = await listen({
    host: 'login',
    port: 0,
    clock,
    log,
    answer,
    fault: () => undefined,
    skewMs: () => 0,
  });
  await closed.close();
  world.urls.login = login.url;
  world.urls.api = api.url;
  const env = await environment(stage, world, closed.url);
  return {
    loginUrl: login.url,
    apiUrl: api.url,
    issuer: org.world === 'thread' ? api.url : undefined,
    org,
    client: { id: env['WHY403_CLIENT_ID'], secret: env['WHY403_CLIENT_SECRET'] },
    env,
    endpoints: stage.endpoints,
    scenario,
    requests: log,
    counters: world.counters,
    set: (change) => change(org, client),
    spoil: (faults) => {
      spoil = faults;
    },
    forget: () => world.tokens.clear(),
    restate: (what) => {
      world.restatements.push(what);
    },
    truth: (from, to) => truth(world, Date.parse(from) / HOUR_MS, Date.parse(to) / HOUR_MS),
    close: async () => {
      await api.close();
      if (login !== api) await login.close();
    },
  };
}
