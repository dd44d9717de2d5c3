/** The proxy among the settings: its variables have names of their own, and one name each scheme. */
import { exceptionsIn, proxiesFor, shownProxy, type GivenProxy } from '../io/proxy.ts';
import { Secret } from '../io/secrets.ts';
import { choose, type Layer } from './settings-layers.ts';
import type { SettingSource } from './settings-sources.ts';

type Env = { readonly [name: string]: string | undefined };

/**
 * The proxy that a flag, a profile or the config file names; which source counts for `https:` is noted.
 * @param sources gets a line for `-v`
 */
export function proxyOf(
  layers: readonly Layer[],
  env: Env,
  sources: SettingSource[],
): GivenProxy | undefined {
  const { chosen, ignored } = choose(layers, 'proxy');
  const inFile = layers.find(({ kind }) => kind === 'file')?.given.get('proxy');
  const given = chosen && {
    value: new Secret(chosen.value),
    from: chosen.from,
    behindVariables: chosen === inFile,
  };
  const lost = ignored.map(({ from, value }) => ({ name: from, value }));
  const [first, ...others] = [...proxiesFor('https:', env, given), ...lost];
  if (first) {
    const passed = others.map(
      ({ name, value }) => `${name} (${value === first.value ? 'the same' : shownProxy(value)})`,
    );
    sources.push({ setting: 'proxy', from: first.name, shown: shownProxy(first.value), ignored: passed });
  }
  const without = exceptionsIn(env);
  if (without) sources.push({ setting: 'no-proxy', from: without.name, shown: without.value, ignored: [] });
  return given;
}
