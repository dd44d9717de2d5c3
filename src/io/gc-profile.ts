/**
 * A profile of the Genesys `gc` CLI in our words. Its keys: build/gc/config/config.go of platform-client-sdk-cli
 * (`client_credentials` holds the client id; grant type 1 is client credentials, 2 implicit, 3 PKCE).
 */

type Section = { readonly [key: string]: unknown };

/** @returns settings by flag name, and remarks on what can't be carried over */
export function gcSettings(section: Section): { values: ReadonlyMap<string, string>; notes: string[] } {
  const field = (name: string): string => {
    const value = Object.entries(section).find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const values = new Map<string, string>();
  const notes: string[] = [];
  const take = (name: string, value: string): void => void (value !== '' && values.set(name, value));
  take('region', field('environment'));
  take('client-id', field('client_credentials'));
  take('client-secret', field('client_secret'));
  take('access-token', field('access_token'));
  take('proxy', proxyUrl(field));
  const gateway = addressOf(field, 'gateway');
  if (gateway !== undefined) {
    const paths = field('gateway_pathparams');
    take('login-url', gateway + (pathParam(paths, 'login') ?? ''));
    take('api-url', gateway + (pathParam(paths, 'api') ?? ''));
    if (field('gateway_username') !== '') {
      notes.push(
        "The gateway's user name and password in the gc profile are not used; why403 sends the client's own credentials.",
      );
    }
  }
  const grant = field('grant_type');
  if (grant === '2' || grant === '3') {
    const name = grant === '2' ? 'the implicit grant' : 'PKCE';
    notes.push(
      `The gc profile logs a person in by ${name}; why403 tests the client credentials grant with its client.`,
    );
  }
  return { values, notes };
}

function addressOf(field: (name: string) => string, kind: 'proxy' | 'gateway'): string | undefined {
  const host = field(`${kind}_host`);
  if (host === '') return undefined;
  const port = field(`${kind}_port`);
  return `${field(`${kind}_protocol`) || 'https'}://${host}${port === '' ? '' : `:${port}`}`;
}

function proxyUrl(field: (name: string) => string): string {
  const address = addressOf(field, 'proxy');
  const user = field('proxy_username');
  if (address === undefined || user === '') return address ?? '';
  const pair = `${encodeURIComponent(user)}:${encodeURIComponent(field('proxy_password'))}`;
  return address.replace('://', `://${pair}@`);
}

/** `{login: /loginpath, api: /apipath}`, as gc writes it. */
function pathParam(text: string, name: string): string | undefined {
  for (const pair of text.replace(/^\s*\{|\}\s*$/g, '').split(',')) {
    const [key = '', value = ''] = pair.split(/:(.*)/s);
    if (key.trim() === name && value.trim() !== '') return `/${value.trim().replace(/^\/+/, '')}`;
  }
  return undefined;
}
