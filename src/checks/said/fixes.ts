/** What to do about a cause that only a paste or a vendor's wording names; the checks' own fixes know more facts. */
import { stageOf, type FindingCode, type FixStep, type Scene } from '../../core/index.ts';
import { messageToAdmin } from '../asking.ts';
import { otherPlace, proof, type ProofOptions } from '../proof.ts';

interface AdminTask {
  readonly action: string;
  readonly problem: string;
  readonly please: string;
}

const ADMIN: { readonly [code in FindingCode]?: AdminTask } = {
  'client/unknown': {
    action: 'Look whether a client with this id exists in the very place that was asked.',
    problem: 'The server does not know its id.',
    please: 'look whether it exists, and in which tenant, region or environment',
  },
  'client/wrong-secret': {
    action:
      'Open the client: is it there and active, and when was its secret changed last? Only if nobody has the present one, make a new secret: that ends the old one for every program.',
    problem: 'The server refuses its secret.',
    please:
      'tell me when its secret was changed last; if nobody has the present one, make a new one and pass it on over a safe way',
  },
  'client/disabled': {
    action: 'Open the client and switch it on again, if it is still wanted.',
    problem: 'It seems to be disabled.',
    please: 'switch it on again, or name the client to use instead',
  },
  'client/public': {
    action: 'Read the type of the client; a service needs a confidential one.',
    problem: 'It seems to be registered as a public client.',
    please: 'make it confidential, or make a new confidential one',
  },
  'client/auth-method-mismatch': {
    action: 'Read how the client is registered to prove itself.',
    problem: 'The server does not take its credentials in the way they are sent.',
    please: 'tell me the authentication method that it is registered for',
  },
  'grant/not-allowed': {
    action: 'Allow the client the grant that it uses.',
    problem: 'It is not allowed to use its grant.',
    please: 'allow it the client credentials grant (or the one that it is meant to use)',
  },
  'grant/redirect-uri-mismatch': {
    action: 'Register the redirect URI, letter for letter as the program sends it.',
    problem: 'Its redirect URI is not registered.',
    please: 'register the redirect URI that I name below',
  },
  'scope/not-allowed': {
    action: 'Allow the client the scope, or take it out of the request.',
    problem: 'It may not have a scope that it asks for.',
    please: 'allow it the scope',
  },
  'scope/wrong-audience': {
    action: 'Read the identifier of the API and use it as audience, scope or resource.',
    problem: 'The token is for another API.',
    please: 'tell me the identifier (audience) of the API',
  },
  'endpoint/missing-permission': {
    action: 'Give the client a role with the permission that the call demands.',
    problem: 'A call is refused because a permission is missing.',
    please: 'give it the permission that the call demands',
  },
  'endpoint/missing-scope': {
    action: 'Allow the client the scope that the call demands.',
    problem: 'A call is refused because a scope is missing.',
    please: 'allow it the scope that the call demands',
  },
  'endpoint/consent-missing': {
    action: 'Consent to the permissions of the application, for the whole organization.',
    problem: 'Nobody has consented to what it asks for.',
    please: 'consent to its permissions',
  },
  'endpoint/feature-missing': {
    action: 'Look whether the feature, licence or API is switched on.',
    problem: 'A call is refused because a feature seems not to be switched on.',
    please: 'switch it on, or tell me that it is not licensed',
  },
  'endpoint/ip-blocked': {
    action: 'Put the address from which the program calls on the list of allowed ones.',
    problem: 'Its address seems to be refused.',
    please: 'allow the address from which it calls',
  },
  'endpoint/policy-denied': {
    action: 'Read the sign-in or audit log; it names the policy that denies.',
    problem: 'A policy seems to deny it.',
    please: 'tell me the policy that denies it, and whether an exception is possible',
  },
};

/** The steps for a cause, from its one telling observation. */
export function fixFor(code: FindingCode, tell: string, scene: Scene): FixStep[] {
  const task = ADMIN[code];
  const where = signpost(code, scene);
  const steps: FixStep[] = [{ who: 'you', action: tell }];
  if (task) {
    steps.push({
      who: 'admin',
      action: task.action,
      where,
      message: messageToAdmin(scene, { problem: task.problem, please: [task.please], where }),
    });
  }
  return [...steps, proof(scene, proofOptions(code, scene))];
}

/** What the last step must not repeat: the place or the scope that is in doubt. */
function proofOptions(code: FindingCode, scene: Scene): ProofOptions {
  switch (stageOf(code)) {
    case 'connection':
      return { anyGrant: true };
    case 'grant':
      return code === 'grant/wrong-type-sent'
        ? { anyGrant: true }
        : { anotherGrant: code !== 'grant/not-allowed' };
    case 'scope':
      return /not-requested|unknown|malformed/.test(code) ? { instead: { scope: 'SCOPE' } } : {};
    case 'request':
      if (code === 'request/wrong-endpoint') return { elsewhere: true };
      return code === 'request/wrong-region' ? otherPlace(scene) : {};
    case 'credential':
    case 'header':
    case 'client':
    case 'endpoint':
      return {};
  }
}

function signpost(code: FindingCode, { profile }: Scene): string {
  const { client, grant, access, features, policies, place } = profile.signposts;
  if (code === 'endpoint/feature-missing') return features;
  if (code === 'endpoint/policy-denied') return policies;
  if (code === 'endpoint/ip-blocked')
    return 'the list of allowed addresses of the organization, or of the client';
  switch (stageOf(code)) {
    case 'grant':
      return grant;
    case 'scope':
    case 'endpoint':
      return access;
    case 'request':
      return place;
    case 'credential':
    case 'header':
    case 'connection':
    case 'client':
      return client;
  }
}
