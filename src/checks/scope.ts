/** Stage `scope`: is what was asked for what was granted? */
import {
  defineCheck,
  requestedScope,
  scopeList,
  type Check,
  type FixStep,
  type Scene,
} from '../core/index.ts';
import { clientTitle, messageToAdmin } from './asking.ts';
import { proof } from './proof.ts';
import { ledBy, names, text, texts, type ReadFacts } from './readings.ts';
import { isSignIn } from './sign-in.ts';
import {
  foreignAudience,
  illFormed,
  missingHere,
  narrowed,
  notThere,
  unlisted,
  withReading,
} from './scope-sightings.ts';

const RFC6749_3_3 = {
  title: 'RFC 6749 §3.3, scope',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.3',
};
const RFC9068_2_2 = {
  title: 'RFC 9068 §2.2, claims of an access token',
  url: 'https://www.rfc-editor.org/rfc/rfc9068#section-2.2',
};
const NOT_PERMISSIONS = {
  title: 'Genesys: scopes and permissions are not interchangeable',
  url: 'https://github.com/GenesysCloudBlueprints/copilot-conversation-inspector',
  provider: 'genesys-cloud',
};

function askFor(scopes: readonly string[], scene: Scene): FixStep[] {
  const all = [...new Set([...scopeList(requestedScope(scene.evidence)), ...scopes])].join(' ') || 'SCOPE';
  return [
    {
      who: 'you',
      action: `Ask for the token with scope=${names([all])} (several are separated by one space, WHY403_SCOPE or --scope).`,
    },
    proof(scene, { instead: { scope: all } }),
  ];
}

function allowFor(scopes: readonly string[], problem: string, scene: Scene): FixStep {
  const what = scopes.length > 0 ? `the scope ${names(scopes)}` : 'the scope that the program asks for';
  return {
    who: 'admin',
    action: `Allow ${what} for the client.`,
    where: scene.profile.signposts.access,
    message: messageToAdmin(scene, {
      problem,
      please: [`allow ${what} for this client`],
      where: scene.profile.signposts.access,
    }),
  };
}

/** Those that a probe saw refused one by one, else all that were asked for. */
function refusedOnes(facts: ReadFacts, scene: Scene): string[] {
  const probed = texts(facts['refusedScopes']);
  return probed.length > 0 ? probed : scopeList(requestedScope(scene.evidence));
}

export const checks: readonly Check[] = [
  defineCheck<ReadFacts>({
    code: 'scope/not-requested',
    severity: 'error',
    blocks: true,
    title: 'The token was asked for without the scope that the endpoint wants',
    page: 'The token request named no scope, and the server gave a token without the one that the endpoint demands. Where scopes live in the token they must be asked for; without the parameter a server gives its default, which may be nothing (RFC 6749 §3.3). If other scopes were asked for, this is a candidate beside endpoint/missing-scope: only asking for the scope shows whether the client may have it.',
    references: [RFC6749_3_3],
    look: (scene) => [...missingHere('scope/not-requested', scene), ...ledBy('scope/not-requested', scene)],
    cause: (facts) =>
      `The token request names no scope, and the endpoint demands ${names(texts(facts['needed']), 'or') || 'one'}.`,
    fix: (facts, scene) => askFor(texts(facts['needed']).slice(0, 1), scene),
  }),
  defineCheck<ReadFacts>({
    code: 'scope/not-allowed',
    severity: 'error',
    blocks: true,
    title: 'The client may not have a scope that it asks for',
    page: 'The server knows the scope, but the client is not allowed it, so the token request is refused with invalid_scope. Ask for less, or have the scope allowed for the client.',
    references: [RFC6749_3_3],
    look: (scene) => ledBy('scope/not-allowed', scene),
    cause: (facts, scene) =>
      `The server refuses the token because of the scope: ${clientTitle(scene)} asks for ${names(scopeList(requestedScope(scene.evidence))) || 'a scope'} and is not allowed ${names(texts(facts['refusedScopes'])) || 'all of it'}.`,
    fix: (facts, scene) => [
      { who: 'you', action: 'Leave out the scopes that the program does not need.' },
      allowFor(refusedOnes(facts, scene), 'Its token request is refused with invalid_scope.', scene),
      proof(scene),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'scope/unknown',
    severity: 'error',
    blocks: true,
    title: 'A requested scope does not exist',
    page: 'The provider has no scope of this name. Genesys Cloud writes scopes as noun or noun:readonly (analytics, analytics:readonly); domain:entity:action is the form of a permission, and names such as analytics:reporting or user:read exist nowhere. With client credentials scopes do not apply there by the documentation: the roles of the client decide.',
    references: [RFC6749_3_3, NOT_PERMISSIONS],
    look: (scene) => withReading('scope/unknown', [...notThere(scene), ...unlisted(scene)], scene),
    cause(facts, scene) {
      const seen = text(facts['why']);
      if (seen) return seen;
      const unknown = texts(facts['unknown']);
      const list = names(unknown.length > 0 ? unknown : refusedOnes(facts, scene), 'or');
      if (scene.profile.access !== 'roles')
        return `The server does not know a scope of the request${list ? `: ${list}` : ''}.`;
      const none = `${scene.profile.title} has no scope ${list}.`;
      return isSignIn(scene)
        ? none
        : `${none} By its documentation scopes do not apply to client credentials; the roles of the client decide.`;
    },
    fix: (_, scene) => [
      scene.profile.access === 'roles' && !isSignIn(scene)
        ? {
            who: 'you',
            action:
              'Ask for the token without scope; give the client a role with the permission instead, if one is missing.',
          }
        : scene.profile.access === 'roles'
          ? {
              who: 'you',
              action:
                'Ask for scopes that the client has; they are written noun or noun:readonly, and a permission is none.',
            }
          : {
              who: 'you',
              action:
                'Read the names of the scopes in the documentation of the API (scopes_supported of the server lists them) and ask for those.',
            },
      proof(scene, { instead: { scope: scene.profile.access === 'roles' ? undefined : 'SCOPE' } }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'scope/malformed',
    severity: 'error',
    blocks: true,
    title: 'The scope parameter is not written as RFC 6749 wants it',
    page: 'Scopes are separated by one space, and none holds quotes, backslashes or anything outside printable ASCII (RFC 6749 §3.3). A list with commas is taken for one long scope, which nobody has.',
    references: [RFC6749_3_3],
    look: (scene) => withReading('scope/malformed', illFormed(scene), scene),
    cause: (facts) =>
      `The scope parameter ${text(facts['what'], 'is not written as RFC 6749 §3.3 wants it')}.`,
    fix: (_, scene) => [
      {
        who: 'you',
        action:
          'Write the scopes with one space between two, without quotes around or between them; the form encodes the space.',
      },
      proof(scene, { instead: { scope: 'SCOPE' } }),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'scope/granted-narrower',
    severity: 'error',
    blocks: true,
    title: 'Less was granted than was asked for',
    page: 'The server issued a token, but with fewer scopes than were requested (it says so in scope, RFC 6749 §5.1, or in the token). Calls that need the lost ones fail later with 403, which looks like a fault of the API.',
    references: [RFC6749_3_3],
    look: (scene) => withReading('scope/granted-narrower', narrowed(scene), scene),
    cause: (facts, scene) =>
      `${names(texts(facts['needed'])) || 'A scope'} was asked for and not granted to ${clientTitle(scene)}${facts['maybe'] === true ? ', unless the wildcard that was granted stands for it' : ''}.`,
    fix: (facts, scene) => [
      allowFor(texts(facts['needed']), 'It asks for a scope and gets a token without it.', scene),
      { who: 'you', action: 'Then fetch a new token; one that was issued keeps the scopes that it had.' },
      proof(scene),
    ],
  }),
  defineCheck<ReadFacts>({
    code: 'scope/wrong-audience',
    severity: 'error',
    blocks: true,
    title: 'The token is made for another API',
    page: 'A token names the API that it is for (aud, RFC 9068 §2.2), and an API refuses tokens that name another. The audience comes from the scope, from a parameter such as audience or resource, or from the settings of the client.',
    references: [RFC9068_2_2],
    look: (scene) => withReading('scope/wrong-audience', foreignAudience(scene), scene),
    cause(facts) {
      const audience = names(texts(facts['audience']));
      const wanted = text(facts['wanted']);
      return `The token is for ${audience || 'another audience'}${wanted ? `, and the API is ${wanted}` : ' than the API that was called'}.`;
    },
    fix: (facts, scene) => [
      {
        who: 'you',
        action: `Ask for a token of the API that you call${text(facts['wanted']) ? ` (${text(facts['wanted'])})` : ''}: by the scope, audience or resource parameter that the provider documents.`,
      },
      allowFor([], 'Its token names another audience than the API.', scene),
      proof(scene),
    ],
  }),
];
