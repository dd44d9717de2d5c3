/** What is seen of scopes in requests, tokens and answers; `scope.ts` has the words. */
import {
  answersTo,
  bodyField,
  bodyText,
  cause,
  grantedScope,
  issuedToken,
  requestedScope,
  scopeList,
  statusOf,
  type Exchange,
  type FindingCode,
  type Scene,
  type Sighting,
} from '../core/index.ts';
import { ledBy, names, readings, shown, sightingOf, texts, type ReadFacts } from './readings.ts';
import { codeOfMissingScope, grantedScopes, lostScopes } from './scopes.ts';

/** The last token request that was refused for its scope. */
function refusedForScope(scene: Scene): Exchange | undefined {
  return answersTo(scene.evidence, 'token').findLast((x) => bodyText(x, 'error') === 'invalid_scope');
}

/** Missing scopes that this stage, and not the endpoint, answers for; the endpoint was asked already. */
export function missingHere(
  code: 'scope/not-requested' | 'scope/granted-narrower',
  scene: Scene,
): Sighting<ReadFacts>[] {
  return readings(scene)
    .filter((read) => codeOfMissingScope(read, scene) === code)
    .map((read) => {
      const base = sightingOf([read]);
      const needed = texts(read.reading.facts['scopes']);
      const others = (base.alternatives ?? []).filter((one) => one.code !== code);
      // Asked for, refused, and named nowhere: the client may lack a consent instead.
      const unsaid = code === 'scope/granted-narrower' && grantedScope(scene.evidence)?.by === 'unsaid';
      return {
        ...base,
        facts: { ...base.facts, needed },
        ...(unsaid && { certainty: 'suspected' as const }),
        blocks: false,
        sufficient: base.sufficient && needed.length > 0 && !unsaid,
        alternatives: unsaid ? [...others, cause('endpoint/consent-missing', 0.5)] : others,
      };
    });
}

/** Requested scopes that the provider does not have, where its scopes are a known list. */
export function notThere(scene: Scene): Sighting<ReadFacts>[] {
  const unknown = scopeList(requestedScope(scene.evidence)).filter(
    (scope) => scene.profile.knowsScope(scope) === false,
  );
  const refused = refusedForScope(scene);
  if (unknown.length === 0) return [];
  return [
    {
      facts: { step: refused?.step ?? 'token', unknown },
      certainty: 'proved',
      evidence: [
        { at: 'token: request.body.scope', shows: names(unknown) },
        ...(refused ? [shown(refused)] : []),
      ],
      explains: refused ? [refused.step] : [],
      sufficient: refused !== undefined,
      // With roles on the client a foreign scope is not known to do any harm.
      ...(!refused && { severity: 'warning' as const, blocks: false }),
    },
  ];
}

/**
 * Requested scopes that the server does not list, where no scope is named in the token that came. A server need not
 * list all (RFC 8414 §2), so this is suspected, and nothing that was let in speaks of it.
 */
export function unlisted(scene: Scene): Sighting<ReadFacts>[] {
  const { evidence } = scene;
  const document = answersTo(evidence, 'discovery').find(
    (x) => bodyField(x, 'scopes_supported') !== undefined,
  );
  const supported = document && texts(bodyField(document, 'scopes_supported'));
  if (!document || !supported || grantedScope(evidence)?.by !== 'unsaid') return [];
  const unknown = scopeList(requestedScope(evidence)).filter((scope) => !supported.includes(scope));
  const calls = answersTo(evidence, 'endpoint');
  const refused = readings(scene).filter((read) => MISSING.includes(codeOfMissingScope(read, scene)));
  const letIn = calls.some((x) => (statusOf(x) ?? 0) >= 200 && (statusOf(x) ?? 0) < 300);
  if (unknown.length === 0 || (letIn && refused.length === 0)) return [];
  const why = `The discovery document does not list ${names(unknown)}, and no scope is named in the token that came.`;
  return [
    {
      facts: { step: 'token', unknown, why },
      certainty: 'suspected',
      evidence: [
        { at: 'token: request.body.scope', shows: names(unknown) },
        { at: `${document.step}: response.body.scopes_supported`, shows: names(supported) || 'none' },
        ...refused.map(({ exchange }) => shown(exchange)),
      ],
      explains: refused.map(({ exchange }) => exchange.step),
      sufficient: false,
      blocks: false,
      likelihood: 0.96,
      why,
      ...(refused.length === 0 && { severity: 'warning' as const }),
    },
  ];
}

const MISSING: readonly FindingCode[] = ['endpoint/missing-scope', 'scope/granted-narrower'];

/** RFC 6749 §3.3: tokens of %x21 / %x23-5B / %x5D-7E, one space between two. */
export function illFormed(scene: Scene): Sighting<ReadFacts>[] {
  const asked = requestedScope(scene.evidence);
  if (asked === undefined || asked === '') return [];
  const foreign = /[^\x20\x21\x23-\x5b\x5d-\x7e]/.test(asked);
  const joined = !asked.includes(' ') && /[,;+|]/.test(asked);
  const gaps = /^ | $| {2}/.test(asked);
  if (!foreign && !joined && !gaps) return [];
  const refused = refusedForScope(scene);
  const what = foreign
    ? 'holds a character that no scope may have'
    : joined
      ? 'separates scopes with another sign than a space'
      : 'has a space too many';
  return [
    {
      facts: { step: refused?.step ?? 'token', what, asked },
      certainty: joined ? 'suspected' : 'proved',
      evidence: [
        { at: 'token: request.body.scope', shows: names([asked]) },
        ...(refused ? [shown(refused)] : []),
      ],
      explains: refused ? [refused.step] : [],
      sufficient: foreign && refused !== undefined,
      ...(!refused && { severity: 'warning' as const, blocks: false }),
    },
  ];
}

/** The token response says that less was granted; a call that failed for it is explained by `missingHere`. */
export function narrowed(scene: Scene): Sighting<ReadFacts>[] {
  const fromCalls = missingHere('scope/granted-narrower', scene);
  if (fromCalls.length > 0) return fromCalls;
  const granted = grantedScopes(scene);
  const issued = answersTo(scene.evidence, 'token').findLast(issuedToken);
  if (!granted || !issued) return [];
  const { lost, maybe } = lostScopes(scopeList(requestedScope(scene.evidence)), granted);
  if (lost.length === 0) return [];
  return [
    {
      facts: { step: issued.step, needed: lost, granted, maybe },
      certainty: maybe ? 'suspected' : 'proved',
      evidence: [
        { at: `${issued.step}: request.body.scope`, shows: names(scopeList(requestedScope(scene.evidence))) },
        { at: `${issued.step}: granted scope`, shows: names(granted) || 'none' },
      ],
      explains: [],
      sufficient: false,
      severity: 'warning',
      blocks: false,
    },
  ];
}

/** The token names another audience than the API that the settings name. */
export function foreignAudience(scene: Scene): Sighting<ReadFacts>[] {
  const wanted = scene.evidence.settings.audience;
  const issued = answersTo(scene.evidence, 'token').findLast(issuedToken);
  const token = issued?.outcome.kind === 'answered' ? issued.outcome.token : undefined;
  const claim = token?.kind === 'jwt' ? token.claims['aud'] : undefined;
  const audience = typeof claim === 'string' ? [claim] : texts(claim);
  if (!issued || wanted === undefined || audience.length === 0 || audience.includes(wanted)) return [];
  const refused = answersTo(scene.evidence, 'endpoint').filter(
    (x) => statusOf(x) === 401 || statusOf(x) === 403,
  );
  return [
    {
      facts: { step: issued.step, audience, wanted },
      certainty: 'proved',
      evidence: [
        { at: `${issued.step}: token.aud`, shows: names(audience) },
        ...refused.slice(-1).map(shown),
      ],
      explains: refused.map((x) => x.step),
      sufficient: refused.some((x) => statusOf(x) === 401),
      blocks: false,
      ...(refused.length === 0 && { severity: 'warning' as const }),
    },
  ];
}

/** What was seen directly, unless only the provider's reading explains the answer. */
export function withReading(
  code: FindingCode,
  direct: Sighting<ReadFacts>[],
  scene: Scene,
): Sighting<ReadFacts>[] {
  const read = ledBy(code, scene);
  return direct.some((s) => s.explains.length > 0) || read.length === 0 ? direct : read;
}
