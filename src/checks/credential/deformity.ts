/** The first deformity that fits a value, in the order of the contract's table. */
import type { CODES, ProviderProfile } from '../../core/index.ts';
import type { Place } from './places.ts';

export type CredentialSlug = (typeof CODES)['credential'][number];

/**
 * @returns the slug of the one finding about this value; undefined: nothing shows that it is deformed.
 * The order decides: a placeholder with quotes around it is a placeholder.
 */
export function firstFit(place: Place, profile: ProviderProfile): CredentialSlug | undefined {
  const { shape } = place;
  if (shape.looksLike === 'absent' || shape.length === 0) return 'missing';
  if (place.swapped) return 'swapped';
  if (shape.base64Pair !== 'no') return 'already-encoded';
  if (shape.cutAt === undefined && isPlaceholder(place)) return 'placeholder';
  if (mangling(place, profile)) return 'mangled';
  if (shape.edgeWhitespace !== 'none') return 'whitespace';
  if (shape.nonAscii.length > 0) return 'non-ascii';
  if (profile.credential.formEncoded && shape.changedByFormEncoding && !shape.formEncodedAlready) {
    return 'needs-form-encoding';
  }
  if (shape.formEncodedAlready) return 'over-encoded';
  // A header whose value fits nothing above and still isn't the configured one was cut or mistyped.
  return place.differs || hasForeignForm(place, profile) ? 'mangled' : undefined;
}

/** An id without the form that the provider gives to ids: cut, or another thing's. In a paste it may be a mask. */
export function hasForeignForm({ shape, which, from }: Place, profile: ProviderProfile): boolean {
  return (
    which === 'id' && from !== 'paste' && profile.credential.idForm === 'uuid' && shape.looksLike !== 'uuid'
  );
}

/** `$NAME` is a variable that nobody expanded, not a placeholder. */
function isPlaceholder({ shape }: Place): boolean {
  return (shape.looksLike === 'placeholder' || shape.looksLike === 'mask') && shape.variable === undefined;
}

/** How it was mangled, in words; undefined: it was not. */
export function mangling({ shape, which }: Place, profile: ProviderProfile): string | undefined {
  if (shape.quoted) return 'quotation marks were kept as its first and last character';
  if (shape.bracketed) return 'brackets stand around it, and what was issued stands within';
  if (shape.variable !== undefined) return `it is the unexpanded variable ${shape.variable}`;
  if (shape.carriageReturn) return 'a carriage return (CR, the Windows line break) stands in it';
  if (shape.cutAt === '#') return 'it ends where a # starts a comment, so the rest was cut off';
  if (shape.cutAt === '$') return 'it ends where a $ starts a variable, so the shell cut the rest off';
  if (shape.edgeWhitespace === 'none' && shape.hasControl) return 'a control character stands inside it';
  // RFC 7617 §2: the first colon ends the user-id. Form-encoding (RFC 6749 §2.3.1) would hide it.
  if (which === 'id' && shape.hasColon && !profile.credential.formEncoded) {
    return 'a colon stands in it, and everything after the first colon is read as the secret';
  }
  return undefined;
}
