/** How the client proves itself: as the refused request does it, and as the server wants it. */
import { stepName, wording, type Exchange, type Scene } from '../core/index.ts';
import { readings, type Read } from './readings.ts';

/** The ways in which id and secret are sent. */
export type SecretWay = 'basic' | 'post';
/** What a server may want instead, which no setting of this program turns on. */
export type OtherWay = 'assertion' | 'certificate';

/** A server that asks for the one or the other leaves it open. */
const OR_A_SECRET = /client_secret\b(?! signed)|\bsecret n?or\b|\bor (?:a )?secret\b/i;
const WANTS: readonly (readonly [SecretWay | OtherWay, (text: string) => boolean])[] = [
  [
    'assertion',
    (text) =>
      /\bassertion\b|client_assertion|signed jwt|(?:private_key|client_secret)_jwt/i.test(text) &&
      !OR_A_SECRET.test(text),
  ],
  ['certificate', (text) => /\bm-?tls\b|client certificate|tls_client_auth|with a certificate/i.test(text)],
  ['post', (text) => /supports? [^\n]{0,40}client_secret_post|\bid and secret in the body\b/i.test(text)],
  [
    'basic',
    (text) =>
      /supports? [^\n]{0,40}client_secret_basic|\bin a Basic header\b|No Authorization header reached/i.test(
        text,
      ),
  ],
];

/** What the answer, else the reading of it, says that the server wants; undefined where neither says it. */
export function wayWanted(scene: Scene, step?: string): SecretWay | OtherWay | undefined {
  const read = refusals(scene, step).at(-1);
  if (!read) return undefined;
  const named = [wording(read.exchange), read.reading.causes[0].why].flatMap(
    (text) => WANTS.find(([, says]) => says(text))?.[0] ?? [],
  );
  return named[0];
}

/** The server misses an assertion; else one came, and it did not like that. */
export function missesAnAssertion(scene: Scene, step?: string): boolean {
  const read = refusals(scene, step).at(-1);
  return (
    read !== undefined &&
    /missing|required|\bmust\b|expect|not (?:found|present|provided)/i.test(wording(read.exchange))
  );
}

/** The way in which id and secret were sent: as the request shows, else as the settings say; undefined where neither. */
export function waySent(scene: Scene, step?: string): SecretWay | 'both' | undefined {
  const token = scene.evidence.exchanges.filter((x) => stepName(x.step) === 'token');
  const exchange = token.find((x) => x.step === step) ?? token.at(-1);
  return (exchange && shownIn(exchange)) ?? scene.evidence.settings.clientAuth;
}

function shownIn({
  request: { authorization, bodyCredentials, form },
}: Exchange): SecretWay | 'both' | undefined {
  const scheme = 'scheme' in authorization ? (authorization.scheme ?? '') : '';
  const inHeader = authorization.kind === 'bare' || /^basic$/i.test(scheme);
  const inBody = bodyCredentials?.secret === true || form?.['client_secret'] !== undefined;
  if (inHeader) return inBody ? 'both' : 'basic';
  return inBody ? 'post' : undefined;
}

/** The way to try next: what the server wants, else the one that was not used. */
export function wayToTry(scene: Scene, step?: string): SecretWay | OtherWay {
  const sent = waySent(scene, step);
  const wanted = wayWanted(scene, step);
  // What came so already is not what it lacks.
  if (wanted !== undefined && wanted !== sent) return wanted;
  return sent === 'post' || sent === 'both' ? 'basic' : 'post';
}

function refusals(scene: Scene, step?: string): readonly Read[] {
  const led = readings(scene).filter(
    ({ reading }) => reading.causes[0].code === 'client/auth-method-mismatch',
  );
  return step === undefined ? led : led.filter(({ exchange }) => exchange.step === step);
}
