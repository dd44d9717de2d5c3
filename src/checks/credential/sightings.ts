/** From a deformed value to a sighting: how sure, how bad, and which answers it explains. */
import type { Facts, Scene, Sighting } from '../../core/index.ts';
import { firstFit, hasForeignForm, mangling, type CredentialSlug } from './deformity.ts';
import { places, type Place } from './places.ts';

export interface CredentialFacts extends Facts {
  readonly which: string;
  readonly at: string;
  /** Where the value came from, e.g. `WHY403_CLIENT_SECRET_FILE`. */
  readonly origin?: string;
  /** What was seen of it, in words. */
  readonly what: string;
  readonly from: Place['from'];
  /** Only a paste shows it, and people mask before they post. */
  readonly masked: boolean;
}

/** Values that may be right although they look so: the server's word is awaited. */
const UNSURE: readonly CredentialSlug[] = ['over-encoded', 'needs-form-encoding'];

/** What a paste alone shows to be wrong: a form of somebody else's place, a header that breaks RFC 6749 §2.3.1. */
const WRONG_BY_ITSELF: readonly CredentialSlug[] = ['swapped', 'needs-form-encoding'];

/** The sightings of one slug; one a value, whatever else would fit it too. */
export function deformed(slug: CredentialSlug, scene: Scene): Sighting<CredentialFacts>[] {
  const hits = places(scene)
    .filter((place) => firstFit(place, scene.profile) === slug)
    .sort((a, b) => b.steps.length - a.steps.length);
  const seen = new Set<string>();
  return hits.flatMap((place) => {
    // The settings and a header show the same defect once: at the one that was sent.
    const key = `${place.which} ${describe(slug, place, scene)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [sightingOf(slug, place, scene)];
  });
}

function sightingOf(slug: CredentialSlug, place: Place, scene: Scene): Sighting<CredentialFacts> {
  const masked = slug === 'placeholder' && scene.mode === 'everything';
  const ruledOut = scene.profile.credential.deformedBlocks && !UNSURE.includes(slug) && !masked;
  const compared = scene.mode === 'climb' && place.from === 'settings' && place.steps.length === 0;
  const what = describe(slug, place, scene);
  return {
    facts: {
      which: place.which,
      at: place.at,
      ...(place.origin && { origin: place.origin }),
      what,
      from: place.from,
      masked,
    },
    certainty: certaintyOf(slug, place, scene, masked),
    evidence: [{ at: place.at, shows: what, ...(place.source && { source: place.source }) }],
    explains: masked && !place.wasSent ? [] : place.steps,
    sufficient: ruledOut && place.from !== 'paste' && !place.differs && place.shape.cutAt === undefined,
    likelihood: likelihoodOf(slug, place, ruledOut),
    severity: severityOf(slug, place, scene, ruledOut, masked, compared),
    blocks: ruledOut && !place.differs && !(compared && scene.evidence.authorization !== undefined),
    why: `The ${place.which === 'id' ? 'client id' : 'client secret'}: ${what}.`,
    tell: TELL[slug],
  };
}

/** Whether the defect is there. A paste may have been rewritten on its way; a look-alike may be real. */
function certaintyOf(
  slug: CredentialSlug,
  place: Place,
  scene: Scene,
  masked: boolean,
): 'proved' | 'suspected' {
  if (masked || place.from === 'paste' || place.differs || slug === 'over-encoded') return 'suspected';
  // Somebody may have a variable of such a name.
  if (place.shape.cutAt !== undefined) return 'suspected';
  const anyFormIsPossible = !scene.profile.credential.deformedBlocks;
  if (anyFormIsPossible && slug === 'placeholder') return 'suspected';
  if (anyFormIsPossible && slug === 'already-encoded' && place.shape.base64Pair === 'of-some-pair') {
    return 'suspected';
  }
  return 'proved';
}

function severityOf(
  slug: CredentialSlug,
  { shape }: Place,
  scene: Scene,
  ruledOut: boolean,
  masked: boolean,
  compared: boolean,
): 'error' | 'warning' | 'note' {
  if (masked) return 'note';
  if (compared && scene.evidence.authorization !== undefined) return 'warning';
  if (ruledOut) return 'error';
  // Such a value is wrong wherever it is shown, with or without an answer.
  const isWrong = WRONG_BY_ITSELF.includes(slug) || shape.cutAt !== undefined;
  return isWrong && scene.mode === 'everything' ? 'error' : 'warning';
}

function likelihoodOf(slug: CredentialSlug, place: Place, ruledOut: boolean): number {
  if (ruledOut && place.from !== 'paste' && !place.differs) return 0.95;
  if (slug === 'placeholder') return place.wasSent ? 0.8 : 0.4;
  if (slug === 'over-encoded' || place.differs) return 0.6;
  if (slug === 'needs-form-encoding') return 0.6;
  return slug === 'swapped' || slug === 'whitespace' || slug === 'non-ascii' ? 0.96 : 0.9;
}

const TELL: Record<CredentialSlug, string> = {
  missing: 'Set it and run again.',
  swapped: 'Exchange the two values and run again.',
  'already-encoded': 'Put the plain secret in its place and run again.',
  placeholder: 'Compare it with the real value at the place where the client is shown.',
  mangled: 'Compare its length with that of the value where the client is shown.',
  whitespace: 'Compare its length with that of the value where the client is shown.',
  'non-ascii': 'Copy the value again from where the client is shown, not from a document or chat.',
  'needs-form-encoding': 'Send id and secret in the body once: there they are always form-encoded.',
  'over-encoded': 'Send id and secret in the body once: there the question does not arise.',
};

/** What was seen, in words; never the value. */
function describe(slug: CredentialSlug, place: Place, scene: Scene): string {
  const { shape, which } = place;
  switch (slug) {
    case 'missing':
      return 'it is missing or empty';
    case 'swapped':
      if (which === 'id' && shape.issuedAs === 'secret') {
        return 'a value with the form of a secret stands in the place of the client id';
      }
      return which === 'secret'
        ? 'a value with the form of a client id stands in the place of the secret'
        : 'its value does not have the form of a client id, and that of the secret does';
    case 'already-encoded':
      return shape.base64Pair === 'of-this-pair'
        ? 'it is the base64 of this very id and secret'
        : 'it is base64 that decodes to a printable id:secret pair';
    case 'placeholder':
      return shape.looksLike === 'mask' ? 'a mask stands in its place' : 'example text stands in its place';
    case 'mangled':
      return mangling(place, scene.profile) ?? unlike(place, scene);
    case 'whitespace':
      return `white space stands at ${EDGE[shape.edgeWhitespace]}`;
    case 'non-ascii':
      return `it holds ${shape.nonAscii
        .slice(0, 3)
        .map(({ name, index }) => `${name} at position ${index + 1}`)
        .join(', ')}${shape.nonAscii.length > 3 ? ` and ${shape.nonAscii.length - 3} more` : ''}`;
    case 'needs-form-encoding':
      return 'it holds characters that form-encoding changes';
    case 'over-encoded':
      return 'it holds %XX sequences and nothing that form-encoding would still change';
  }
}

function unlike(place: Place, scene: Scene): string {
  return !place.differs && hasForeignForm(place, scene.profile)
    ? `it does not have the form of a client id, a UUID of 36 characters; it has ${place.shape.length}`
    : 'the header holds another value than the configured one';
}

const EDGE = { none: 'no edge', start: 'its start', end: 'its end', both: 'both its ends' } as const;
