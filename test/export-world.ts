/** An export against a sandbox, as `why403 export` puts it together, with a clock that tests may turn. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportGated } from '../src/app/export-gated.ts';
import type { GatedExport, GatedResult } from '../src/app/export-gated.ts';
import { genesysCatalogue } from '../src/app/catalogue.ts';
import { clientShape, HOUR_MS } from '../src/core/index.ts';
import type { Hour } from '../src/core/index.ts';
import { bundledDataset } from '../src/datasets/index.ts';
import { parsePattern } from '../src/export/pattern.ts';
import { createHttp } from '../src/io/http.ts';
import { Secret } from '../src/io/secrets.ts';
import { openTokenCache } from '../src/io/token-cache.ts';
import { profileOf } from '../src/providers/index.ts';
import { csvFormat } from '../src/render/rows-csv.ts';
import { builtInOrg, startSandbox } from '../src/sandbox/server.ts';
import type { Sandbox, SandboxOptions } from '../src/sandbox/server.ts';

export interface World {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly root: string;
  now: Date;
  /** Runs an export at the world's time. */
  run(
    over?: Partial<GatedExport['job']['policy']> & {
      since?: string;
      acceptRemovals?: boolean;
      out?: string;
      gated?: Partial<GatedExport>;
    },
  ): Promise<GatedResult>;
  /** Every visible file below the root, by path. */
  files(): Record<string, string>;
  close(): Promise<void>;
}

export async function openWorld(options: Partial<SandboxOptions> & { at?: string } = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'why403-export-'));
  const root = join(folder, 'archive');
  const sandbox = await startSandbox({ org: builtInOrg('genesys'), clock: () => world.now, ...options });
  const http = createHttp({ env: {}, userAgent: 'why403/test', now: () => world.now.getTime() });
  const world: World = {
    sandbox,
    folder,
    root,
    now: new Date(options.at ?? '2026-11-23T10:17:00Z'),
    async run({ since, acceptRemovals = false, out = '%Y-%m-%d.csv', gated, ...policy } = {}) {
      const { env } = sandbox;
      const [id, value] = [env['WHY403_CLIENT_ID'] ?? '', env['WHY403_CLIENT_SECRET'] ?? ''];
      const secret = new Secret(value);
      const profile = profileOf('genesys-cloud')!;
      const dataset = bundledDataset('queue-hourly')!;
      const settings = { tokenUrl: `${env['WHY403_LOGIN_URL']}/oauth/token`, apiUrl: env['WHY403_API_URL']! };
      return exportGated({
        live: {
          profile,
          catalogue: genesysCatalogue({}),
          settings,
          client: clientShape(id, value, 'uuid', 'test'),
          needs: dataset.needs,
          capturedAt: world.now,
        },
        job: {
          dataset,
          pattern: parsePattern(out),
          policy: {
            settleMs: 600_000,
            revisitMs: 6 * HOUR_MS,
            deepRevisitMs: 8 * 24 * HOUR_MS,
            full: false,
            ...policy,
          },
          acceptRemovals,
          ...(since ? { since: since as Hour } : {}),
        },
        connection: {
          http,
          settings,
          credentials: { id, secret },
          formEncoded: false,
          idForm: 'uuid',
          allowedOrigins: [settings.tokenUrl, settings.apiUrl],
          timeoutMs: 10_000,
          now: () => world.now.getTime(),
        },
        apiUrl: settings.apiUrl,
        cache: {
          store: await openTokenCache({ XDG_CACHE_HOME: join(folder, 'cache') }),
          key: { loginHost: new URL(settings.tokenUrl).host, clientId: id, secret },
        },
        format: csvFormat(),
        root,
        lockTtlMs: 6 * HOUR_MS,
        now: () => world.now,
        steady: () => world.now.getTime(),
        wait: () => {
          world.now = new Date(world.now.getTime() + 1000);
          return Promise.resolve();
        },
        ...gated,
      });
    },
    files: () =>
      Object.fromEntries(walk(root).map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')])),
    async close() {
      http.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

function walk(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)],
    )
    .sort();
}
