/** Which source supplied each setting and which were ignored, without any secret. For `-v`. */
import type { Secret } from '../io/secrets.ts';
import { redactedUrl } from '../io/redact.ts';
import type { Given } from './settings-layers.ts';

export interface SettingSource {
  readonly setting: string;
  readonly from: string;
  /** What may be shown of the value. */
  readonly shown: string;
  readonly ignored: readonly string[];
}

/** A fingerprint of a secret value: equal ones are equal within this run, and say nothing outside of it. */
export function fingerprintOf(secret: Secret, key: Buffer): string {
  return secret.empty ? 'empty' : `fingerprint ${secret.fingerprint(key)}`;
}

/** A setting that is no secret: the value itself, URLs without what is secret in them. */
export function plainSource(setting: string, chosen: Given, ignored: readonly Given[]): SettingSource {
  const shown = (value: string): string =>
    (/:\/\/|\?/.test(value) ? redactedUrl(value) : value).replaceAll('\n', ', ');
  return {
    setting,
    from: chosen.from,
    shown: shown(chosen.value),
    ignored: ignored.map(
      (one) => `${one.from} (${one.value === chosen.value ? 'the same' : shown(one.value)})`,
    ),
  };
}

/** One line a setting: `region  eu-central-1  from --region; ignored: GENESYSCLOUD_REGION (us-east-1)`. */
export function explainSources(sources: readonly SettingSource[]): string[] {
  const width = Math.max(0, ...sources.map(({ setting }) => setting.length));
  return sources.map(({ setting, from, shown, ignored }) => {
    const rest = ignored.length === 0 ? '' : `; ignored: ${ignored.join(', ')}`;
    return `${setting.padEnd(width)}  ${shown}  from ${from}${rest}`;
  });
}
