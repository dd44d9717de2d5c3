/**
 * Which token requests would tell apart what one refusal leaves open: each differs from the refused one in one thing.
 * None holds a value that is not the user's own; one whose bytes in the header differ from the configured secret
 * counts as a wrong secret, because a server that counts those may lock the client.
 */
import { answersTo, issuedToken, statusOf, type Ask, type Exchange, type Scene } from '../core/index.ts';

/** `lockout-risk` also sends what the server may count as a wrong secret. */
export type ProbeLevel = 'safe' | 'lockout-risk';

export interface ProbePlan {
  readonly asks: readonly Ask[];
  /** What is not probed, and why, in sentences. */
  readonly left: readonly string[];
}

/** So that a long list of scopes does not become a flood. */
const MOST_SCOPES = 6;

type Variant = Pick<Ask, 'otherwise' | 'form'> & { readonly subject: string };

/** The probes for a scene whose climb has ended; they are meant to be sent one after another. */
export function probePlan(scene: Scene, level: ProbeLevel): ProbePlan {
  const refused = answersTo(scene.evidence, 'token').at(-1);
  if (!refused || !isRefusal(refused))
    return { asks: [], left: ['There is no refused token request, so there is nothing to probe.'] };
  const base = scene.profile.asks('connection', scene).find((ask) => ask.step === 'token');
  const { variants, left } = variantsOf(refused, scene, level);
  if (!base || variants.length === 0) {
    const none = 'No request of this client could tell these causes apart.';
    return { asks: [], left: [...left, none] };
  }
  return {
    asks: variants.map((variant, i) => ({
      ...base,
      step: i === 0 ? 'probe' : `probe/${i + 1}`,
      ...variant,
    })),
    left,
  };
}

function isRefusal(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return !issuedToken(exchange) && status !== undefined && status >= 400 && status < 500 && status !== 429;
}

function variantsOf(
  refused: Exchange,
  scene: Scene,
  level: ProbeLevel,
): { variants: Variant[]; left: string[] } {
  const codes = (scene.profile.read(refused, scene)?.causes ?? []).map((cause) => cause.code);
  if (codes.some((code) => code.startsWith('scope/'))) return scopeVariants(refused, scene);
  const aboutClient =
    codes.length === 0 || codes.some((code) => /^(?:client|credential|header)\//.test(code));
  if (!aboutClient) return { variants: [], left: [] };
  if (scene.evidence.authorization || !scene.evidence.client)
    return { variants: [], left: ['A given header is sent as it is, so it can not be varied.'] };
  return clientVariants(scene, level);
}

function scopeVariants(refused: Exchange, { evidence }: Scene): { variants: Variant[]; left: string[] } {
  const form = refused.request.form ?? {};
  const asked = form['scope'] ?? evidence.settings.requestedScope ?? '';
  const scopes = [...new Set(asked.split(/\s+/).filter((scope) => scope !== ''))];
  if (scopes.length === 0)
    return { variants: [], left: ['No scope was asked for, so none can be left out.'] };
  const grant = { grant_type: 'client_credentials' };
  const alone = scopes.length > 1 ? scopes.slice(0, MOST_SCOPES) : [];
  const skipped = scopes.length > 1 ? scopes.length - alone.length : 0;
  return {
    variants: [
      { subject: 'scope=', form: grant },
      ...alone.map((scope) => ({ subject: `scope=${scope}`, form: { ...grant, scope } })),
    ],
    left: skipped > 0 ? [`Only the first ${MOST_SCOPES} scopes are asked for alone.`] : [],
  };
}

function clientVariants(
  { evidence, profile }: Scene,
  level: ProbeLevel,
): { variants: Variant[]; left: string[] } {
  const { client, settings } = evidence;
  const other = settings.clientAuth === 'post' ? 'basic' : 'post';
  const changes =
    client?.secretShape.changedByFormEncoding === true || client?.idShape.changedByFormEncoding === true;
  const { formEncoded } = profile.credential;
  const variants: Variant[] = [];
  const left: string[] = [];
  // The header holds the secret form-encoded, which is another value for a server that does not decode it.
  const otherIsEncoded = other === 'basic' && formEncoded && changes;
  if (otherIsEncoded && level === 'safe') left.push(risky('the Basic header'));
  else variants.push({ subject: `client-auth=${other}`, otherwise: { clientAuth: other } });
  if (settings.clientAuth === 'post') return { variants, left };
  if (!changes) {
    left.push('Form-encoding does not change this id and secret, so with and without it are one request.');
  } else if (formEncoded) {
    variants.push({ subject: 'basic-encoding=raw', otherwise: { basicEncoding: 'raw' } });
  } else if (level === 'lockout-risk') {
    variants.push({ subject: 'basic-encoding=form', otherwise: { basicEncoding: 'form' } });
  } else left.push(risky('the form-encoded header'));
  return { variants, left };
}

function risky(what: string): string {
  return `Not probed: ${what} holds other bytes than the configured secret, which a server may count as a wrong one. --probe=lockout-risk sends it.`;
}
