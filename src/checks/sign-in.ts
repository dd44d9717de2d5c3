/** Whether a person signs in, or the client asks for a token of its own: what is said of scopes differs. */
import { answersTo, type Scene } from '../core/index.ts';

const SIGN_IN =
  /\bresponse_type=(?:code|(?:id_)?token)\b|\bcode_(?:challenge|verifier)\b|\bPKCE\b|\bcode authori[sz]ation\b|\bauthori[sz]ation[ _-]code\b|\bimplicit (?:grant|flow|client)\b/i;
const OF_ITS_OWN = /\bclient[ _-]credentials?\b|\bgrant_type=client_credentials\b/i;

/** The paste shows or tells of a sign-in, and of no token for the client itself. */
export function isSignIn({ evidence }: Scene): boolean {
  const grants = answersTo(evidence, 'token').flatMap(({ request }) => request.form?.['grant_type'] ?? []);
  if (grants.length > 0) return grants.every((grant) => /^(?:authorization_code|refresh_token)$/.test(grant));
  const { paste = '' } = evidence;
  return SIGN_IN.test(paste) && !OF_ITS_OWN.test(paste);
}

/** The scopes that the addresses of sign-ins ask for, in the order of the paste. */
export function scopesOfSignIns({ evidence: { paste = '' } }: Scene): string[] {
  const urls = paste.slice(0, 50_000).match(/https?:\/\/[^\s"'<>]{4,1500}/g) ?? [];
  return urls
    .filter((url) => /[?&]response_type=/.test(url) && URL.canParse(url))
    .flatMap((url) => (new URL(url).searchParams.get('scope') ?? '').split(/\s+/))
    .filter((scope) => /^[\w.:/-]+$/.test(scope));
}
