/** Where the settings of a run come from: flags, a profile, variables, the config file. Nothing is resolved here. */
import { readSettingsFiles } from '../io/settings-files.ts';
import { fileLayer, flagLayer, variableLayers, type Layer } from './settings-layers.ts';
import { single, type SettingsArgs } from './settings-options.ts';
import type { Terminal } from './terminal.ts';

/** The sources of settings, those that win first; warnings about the files among them; the profile that was named. */
export async function gather(
  args: SettingsArgs,
  terminal: Terminal,
): Promise<{ layers: Layer[]; notes: string[]; profile?: string }> {
  const flags = flagLayer(args);
  const flag = single(args.profile, '--profile');
  const variable = terminal.env['WHY403_PROFILE'];
  const from = flag ? '--profile' : 'WHY403_PROFILE';
  const name = flag ?? variable;
  const files = await readSettingsFiles(terminal.env, name ? { name, from } : undefined, terminal.signal);
  return {
    layers: [
      flags,
      ...(files.profile ? [fileLayer('profile', files.profile)] : []),
      ...variableLayers(terminal.env),
      ...(files.defaults ? [fileLayer('file', files.defaults)] : []),
    ],
    notes: [...(files.profile?.notes ?? []), ...(files.defaults?.notes ?? [])],
    ...(name && { profile: name }),
  };
}
