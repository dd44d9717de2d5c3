/**
 * Source code and settings that build a token request, in whatever language: read by the words that OAuth itself
 * prescribes, not by the language's grammar.
 */
import { type CodeCredentials, credentialsOf } from './code-credentials.ts';
import { isOAuthUrl, isTokenUrl, urlsIn } from '../core/index.ts';
import { methodWritten } from './method.ts';
import { plainQuotes } from './piece.ts';

export interface CodeFacts extends CodeCredentials {
  readonly tokenUrl?: string;
  readonly apiUrl?: string;
  /** As the code calls it; undefined where it does not say. */
  readonly method?: string;
  readonly form: { readonly [name: string]: string };
  readonly bodyForm?: 'form' | 'json';
  readonly contentType?: string;
  readonly id?: string;
  readonly secret?: string;
  /** The pair goes into the body. */
  readonly inBody: boolean;
}

const FORM_NAMES = [
  'grant_type',
  'scope',
  'audience',
  'resource',
  'redirect_uri',
  'refresh_token',
  'code',
  'code_verifier',
  'username',
];

/** @param text code or settings, as pasted */
export function codeFacts(text: string): CodeFacts {
  const plain = plainQuotes(text.slice(0, 100_000));
  const urls = urlsIn(plain);
  const tokenUrl = urls.find(isTokenUrl);
  const apiUrl = urls.find((url) => !isOAuthUrl(url) && /\/api\/|\/v\d+(?:\.\d+)?\//i.test(url));
  const form: { [name: string]: string } = {};
  for (const name of FORM_NAMES) {
    const value = assigned(plain, name);
    if (value !== undefined) form[name] = value;
  }
  const pair =
    /\bauth\s{0,3}[=:]\s{0,3}(?:\w+\.)?(?:HTTPBasicAuth)?\s{0,3}\(\s{0,3}["']([^"'\n]{1,300})["']\s{0,3},\s{0,3}["']([^"'\n]{0,300})["']/i.exec(
      plain,
    );
  const id = pair?.[1] ?? literal(plain, '(?:oauth_?)?client_?id');
  const secret = pair?.[2] ?? literal(plain, '(?:oauth_?)?client_?secret');
  const json =
    /\bjson\s{0,3}[=:]\s{0,3}(?:\w+\b(?!['"])|\{)|JSON\.stringify\s{0,3}\(|\b(?:jsonencode|json_encode|json\.dumps|JSON\.generate|JsonConvert\.SerializeObject|JsonSerializer\.Serialize)\s{0,3}\(|\bPostAsJsonAsync\b|\.json\s{0,3}\(\s{0,3}\{|content-?type[\"'\]]{0,3}\s{0,3}[:=,]\s{0,3}[\"']application\/json/i.test(
      plain,
    ) && !/x-www-form-urlencoded/i.test(plain);
  const credentials = credentialsOf(plain);
  const method = methodWritten(plain);
  const contentType = /\bcontent-?type["']?\s{0,3}[:=,]\s{0,3}["']([\w./+-]{3,60})/i.exec(plain)?.[1];
  return {
    ...(tokenUrl !== undefined && { tokenUrl }),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(method !== undefined && { method }),
    form,
    ...(form.grant_type !== undefined && { bodyForm: json ? ('json' as const) : ('form' as const) }),
    ...(contentType !== undefined && { contentType }),
    ...(id !== undefined && { id }),
    ...(secret !== undefined && { secret }),
    ...credentials,
    basic: pair !== null || credentials.basic,
    inBody:
      pair === null &&
      !/["'`]Basic\s/i.test(plain) &&
      form.grant_type !== undefined &&
      /["']client_?secret["']\s{0,3}[:=,]|[?&"'\s]client_secret=/i.test(plain),
  };
}

/** The value that code gives a name: `"x": "v"`, `x=v&…`, `('x', 'v')`, `append("x", "v")`. */
function assigned(text: string, name: string): string | undefined {
  const quoted = new RegExp(
    `["']${name}["']\\s{0,4}(?:[:=,]|=>)\\s{0,4}[bfu]?["']([^"'\\n]{0,400})["']`,
    'i',
  ).exec(text);
  if (quoted) return quoted[1];
  const inline = new RegExp(`(?:^|[?&"'\\s])${name}=([\\w:.%+/~-]{1,400})`, 'i').exec(text);
  if (inline) return decoded(inline[1] ?? '');
  const bare = new RegExp(`(?:^|[\\s{,(.])${name}\\s{0,3}[:=]\\s{0,3}["']([^"'\\n]{0,400})["']`, 'i').exec(
    text,
  );
  if (bare) return bare[1];
  // A line of YAML, whose values need no quotes.
  return new RegExp(`^[ \\t]*(?:-[ \\t]+)?${name}:[ \\t]+([\\w.:/-]{1,200})[ \\t]*$`, 'im').exec(text)?.[1];
}

function literal(text: string, name: string): string | undefined {
  const found = new RegExp(
    `\\b${name}["']?\\s{0,3}(?:[:=]|=>)\\s{0,3}[fbu]?(["'])((?:(?!\\1)[^\\n]){0,400})\\1`,
    'i',
  ).exec(text)?.[2];
  // `"client_id=" + id + "&…"`: what stands between two strings is an expression.
  return found !== undefined && /^\s?[+.&]\s|\s[+.&]\s?$/.test(found) ? undefined : found;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
