/** The token lacks a scope, or the client lacks the organisation's consent. */
import {
  cause,
  defineCheck,
  grantedScope,
  requestedScope,
  scopeList,
  statusOf,
  stepName,
  visibleLine,
  type Cause,
  type Check,
  type FindingCode,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { clientTitle, holdingsOf, messageToAdmin } from '../asking.ts';
import { proof } from '../proof.ts';
import { isSignIn } from '../sign-in.ts';
import { ledBy, names, readings, sightingOf, text, texts, type Read, type ReadFacts } from '../readings.ts';
import { codeOfMissingScope, grantedScopes } from '../scopes.ts';

const RFC6750_3_1 = {
  title: 'RFC 6750 §3.1, insufficient_scope',
  url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
};
const ENFORCEMENT = {
  title: 'Genesys Cloud: OAuth scope enforcement',
  url: 'https://help.mypurecloud.com/articles/enabling-oauth-scope-enforcement/',
  provider: 'genesys-cloud',
};

/** The scopes of the token, by the server's own word or by what was granted. */
function scopesOf(scene: Scene): readonly string[] | undefined {
  return holdingsOf(scene).client?.scopes ?? grantedScopes(scene);
}

/** Calls that want different scopes are all refused for it, even the one that every token may make. */
function refusedForAll(scene: Scene): boolean {
  const answers = scene.evidence.exchanges.filter(
    (x) => stepName(x.step) !== 'token' && statusOf(x) !== undefined,
  );
  const refused = readings(scene).filter(
    ({ reading }) => reading.causes[0].code === 'endpoint/missing-scope',
  );
  const wanted = new Set(refused.map(({ reading }) => names(texts(reading.facts['scopes']))));
  return wanted.size > 1 && refused.length === answers.length;
}

/**
 * The other ways to a token without the scope, where the token request is known and did not name it: that the client
 * may not have it is then only one of them.
 */
function unasked(needed: readonly string[], { evidence, profile }: Scene): Cause[] {
  const requested = scopeList(requestedScope(evidence));
  if (profile.access === 'roles' || requested.length === 0) return [];
  if (needed.some((scope) => requested.includes(scope))) return [];
  const notRequested = cause(
    'scope/not-requested',
    0.85,
    `The token was asked for with ${names(requested)}, which is not what the endpoint wants${needed.length > 0 ? ` (${names(needed, 'or')})` : ''}.`,
    'Ask for it as well: if the token request is then refused, or the scope is left out of the token, the client may not have it.',
  );
  if (grantedScope(evidence)?.by !== 'unsaid') return [notRequested];
  const unknown = cause(
    'scope/unknown',
    0.7,
    `${names(requested)} was asked for, and no scope is named in the token that came: the server may not know the name.`,
  );
  return [notRequested, unknown];
}

/** A scope refusal, settled by what the token has: lacking it is a missing scope, having it a missing consent. */
function settle(read: Read, scene: Scene): { code: FindingCode; sighting: Sighting<ReadFacts> } {
  const base = sightingOf([read]);
  const needed = texts(read.reading.facts['scopes']);
  const have = scopesOf(scene);
  const open = unasked(needed, scene);
  const facts = { ...base.facts, needed, ...(have && { have }), unasked: open.length > 0 };
  const others = (code: FindingCode) => read.reading.causes.filter((cause) => cause.code !== code);
  if (have && needed.length > 0 && !needed.some((scope) => have.includes(scope))) {
    const why = `The token has ${names(have) || 'no scope'}; the endpoint wants ${names(needed, 'or')}.`;
    // Where roles give access, a token of the client's own has no scope at all, so that it lacks one tells nothing.
    const usual = scene.profile.access === 'roles' && have.length === 0;
    const settled = usual
      ? { alternatives: base.alternatives ?? [] }
      : { certainty: 'proved' as const, sufficient: true, alternatives: open };
    return {
      code: 'endpoint/missing-scope',
      sighting: { ...base, facts, ...settled, why },
    };
  }
  const has = have && needed.some((scope) => have.includes(scope));
  if (has || (!have && refusedForAll(scene))) {
    const [lead] = read.reading.causes;
    return {
      code: 'endpoint/consent-missing',
      sighting: {
        ...base,
        facts,
        certainty: 'suspected',
        sufficient: false,
        alternatives: [lead, ...others(lead.code)].filter(
          (cause) => cause.code !== 'endpoint/consent-missing',
        ),
        why: has
          ? 'The token has the scope, and the API refuses it all the same: the client may not be authorized in this organization.'
          : 'Every call is refused for its scope, whichever scope it wants: the client may not be authorized in this organization at all.',
        tell: 'An admin looks whether the client is authorized; if it is, the client has no scope at all.',
        likelihood: 0.7,
      },
    };
  }
  const alternatives = [...(base.alternatives ?? []), ...open];
  return { code: 'endpoint/missing-scope', sighting: { ...base, facts, alternatives } };
}

function look(code: FindingCode, scene: Scene): Sighting<ReadFacts>[] {
  const settled = readings(scene)
    .filter((read) => codeOfMissingScope(read, scene) === 'endpoint/missing-scope')
    .map((read) => settle(read, scene));
  return settled.flatMap((one) => (one.code === code ? [one.sighting] : []));
}

function called(facts: ReadFacts): string {
  return facts.subject === undefined ? 'The endpoint' : visibleLine(facts.subject);
}

const missingScope = defineCheck<ReadFacts>({
  code: 'endpoint/missing-scope',
  severity: 'error',
  blocks: true,
  title: 'The token lacks the scope that the endpoint demands',
  page: 'The token is good, but none of its scopes opens this endpoint: insufficient_scope (RFC 6750), or app.not.authorized.for.scope at Genesys Cloud. Genesys Cloud enforces scopes only where the organization has switched that on, and not for client credentials as far as is documented; there a role is what is missing as a rule.',
  references: [RFC6750_3_1, ENFORCEMENT],
  look: (scene) => look('endpoint/missing-scope', scene),
  cause(facts, scene) {
    const have = texts(facts['have']);
    const unusual =
      scene.profile.access === 'roles' && !isSignIn(scene)
        ? ' By the documentation scopes do not apply to client credentials here; this organization enforces them all the same.'
        : '';
    const has = facts['have'] === undefined ? '' : ` The token has ${names(have) || 'none'}.`;
    const asked = names(scopeList(requestedScope(scene.evidence)));
    const request = facts['unasked']
      ? ` The token request asked for ${asked} only, so nothing shows whether the client may have it.`
      : '';
    return `${called(facts)} demands the scope ${names(texts(facts['needed']), 'or') || '(not named)'}, and the token does not have it.${has}${request}${unusual}`;
  },
  fix(facts, scene) {
    const scopes = texts(facts['needed']);
    const [scope] = scopes;
    const { signposts, access } = scene.profile;
    const where = access === 'roles' ? signposts.client : signposts.access;
    const what = scope ? `the scope ${names([scope])}` : 'the scope that the endpoint demands';
    const unasked = facts['unasked'] === true;
    // Beside scopes that the token is not known to have, the new one is asked for alone.
    const asWell = unasked && facts['have'] !== undefined;
    const wanted = [
      ...new Set([...(asWell ? scopeList(requestedScope(scene.evidence)) : []), scope ?? 'SCOPE']),
    ];
    const instead = scene.profile.access === 'roles' ? {} : { scope: wanted.join(' ') };
    const allow: FixStep = {
      who: 'admin',
      action: `${unasked ? 'If the server refuses it then, or leaves it out of the token: allow' : 'Allow'} ${what} for ${clientTitle(scene)}.`,
      where,
      message: messageToAdmin(scene, {
        problem: `${called(facts)} answers that the scope is missing.`,
        please: [
          `allow ${what}${scopes.length > 1 ? ` (any of ${names(scopes, 'or')} is enough)` : ''}`,
          'authorize the client for it, where the organization asks for that',
        ],
        where,
        endpoint: facts.subject,
        instead,
      }),
    };
    const kept = `${isSignIn(scene) ? 'sign in anew' : 'fetch a new token'}; one that was issued keeps the scopes that it had.`;
    const ask: FixStep = {
      who: 'you',
      action:
        scene.profile.access === 'roles'
          ? `Then ${kept}`
          : `${!unasked ? 'Then ask for it' : asWell ? 'Ask for it as well' : 'Ask for it instead'} (scope=${names([wanted.join(' ')])}) and ${kept}`,
    };
    return [
      ...(unasked ? [ask, allow] : [allow, ask]),
      proof(scene, {
        ...(facts.subject !== undefined && { endpoint: facts.subject }),
        instead,
      }),
    ];
  },
});

const consentMissing = defineCheck<ReadFacts>({
  code: 'endpoint/consent-missing',
  severity: 'error',
  blocks: true,
  title: 'Nobody has authorized the client in this organization yet',
  page: 'The client and its scopes are right, but an administrator of the organization or tenant whose data is asked for has not agreed: admin consent, an authorized application, or an installed app. It is suspected where a token has the scope and is refused for it all the same.',
  references: [ENFORCEMENT],
  look: (scene) => [...look('endpoint/consent-missing', scene), ...ledBy('endpoint/consent-missing', scene)],
  cause: (facts, scene) =>
    `${called(facts)} refuses ${clientTitle(scene)} although the token is good${texts(facts['have']).length > 0 ? ` and has ${names(texts(facts['have']))}` : ''}: the consent of an administrator seems to be missing.${text(facts['detail']) ? ` ${visibleLine(text(facts['detail']))}` : ''}`,
  fix(facts, scene) {
    const where =
      scene.profile.id === 'genesys-cloud'
        ? 'Admin > Integrations > Authorized Applications (needs the permission oauth:client:authorize)'
        : scene.profile.signposts.access;
    return [
      {
        who: 'admin',
        action: `Authorize ${clientTitle(scene)} for this organization.`,
        where,
        message: messageToAdmin(scene, {
          problem: `${called(facts)} refuses it; it is not authorized in our organization yet, as it seems.`,
          please: ['authorize the client (grant admin consent)'],
          where,
          endpoint: facts.subject,
        }),
      },
      { who: 'you', action: 'Then fetch a new token.' },
      proof(scene, facts.subject === undefined ? {} : { endpoint: facts.subject }),
    ];
  },
});

export const scopeOfToken: readonly Check[] = [missingScope, consentMissing];
