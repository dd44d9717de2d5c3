/** Stage `client`: does the server know this client, as a confidential one? */
import {
  defineCheck,
  type Check,
  type FindingCode,
  type FixStep,
  type Scene,
  type Sighting,
} from '../core/index.ts';
import { clientTitle, messageToAdmin, placeTitle } from './asking.ts';
import { missesAnAssertion, waySent, wayToTry } from './client-auth.ts';
import { proof } from './proof.ts';
import { ledBy, text, type ReadFacts } from './readings.ts';

const RFC6749_5_2 = {
  title: 'RFC 6749 §5.2, error response',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
};

interface Texts {
  readonly title: string;
  readonly page: string;
  cause(facts: ReadFacts, scene: Scene): string;
  fix(facts: ReadFacts, scene: Scene): FixStep[];
}

function refusedClient(code: FindingCode, texts: Texts): Check {
  return defineCheck<ReadFacts>({
    code,
    severity: 'error',
    blocks: true,
    references: [RFC6749_5_2],
    look: (scene) => ledBy(code, scene).map(named),
    ...texts,
    // What a probe or a second client has shown says more than what the answer leaves open.
    cause: (facts, scene) => text(facts['settled']) || texts.cause(facts, scene),
  });
}

/** Where the answer leaves nothing else, what it says is the cause. */
function named(sighting: Sighting<ReadFacts>): Sighting<ReadFacts> {
  const { certainty, alternatives = [], why } = sighting;
  const isAll = certainty === 'proved' && alternatives.length === 0 && why !== undefined;
  return isAll ? { ...sighting, facts: { ...sighting.facts, named: why } } : sighting;
}

const roles = (scene: Scene): boolean => scene.profile.access === 'roles';

/** Where the region or issuer is read, with the user's own setting beside it. */
function compareRegion(scene: Scene): FixStep {
  const asked = placeTitle(scene);
  return {
    who: 'you',
    action: `Compare the place that was asked${asked ? ` (${asked})` : ''} with the one where the client was made. A server knows only its own clients.`,
    where: scene.profile.signposts.place,
  };
}

/** Nothing says that it is the secret, so the place and the client are looked at first. */
function secretByExclusion(scene: Scene): FixStep[] {
  return [
    compareRegion(scene),
    {
      who: 'admin',
      action:
        'Open the client: if it is there and active, the secret is what is left. Only then make a new secret; it ends the old one at once, for every program that uses this client.',
      where: scene.profile.signposts.client,
      message: messageToAdmin(scene, {
        problem: 'The login server refuses its id and secret and does not say which is wrong.',
        please: [
          'look whether the client exists, is active and made for client credentials',
          'if so, make a new secret and pass it on over a safe way (the old one ends at once)',
        ],
        where: scene.profile.signposts.client,
      }),
    },
  ];
}

/** The server says itself that it is the secret. */
function newSecret(scene: Scene): FixStep {
  const { client: where } = scene.profile.signposts;
  return {
    who: 'admin',
    action:
      'Make a new secret for the client and pass it on over a safe way. Where a client has one secret only, the new one ends the old at once, for every program that uses it.',
    where,
    message: messageToAdmin(scene, {
      problem: 'The login server knows the client and refuses its secret.',
      please: ['make a new secret and pass it on over a safe way', 'tell me when it ends'],
      where,
    }),
  };
}

function sourceOf(scene: Scene): string {
  const source = scene.evidence.client?.source;
  return source ? `the place that the pair comes from (${source})` : 'the place where your program reads it';
}

export const checks: readonly Check[] = [
  refusedClient('client/unknown', {
    title: 'The server may not know this client id',
    page: 'The login server found no client with this id. The id is mistyped, the client was deleted, or it belongs to another organization, region or tenant. Genesys Cloud answers a wrong secret, an unknown id and a disabled client with one and the same text, so there the id is only one of several candidates; until 2023 it said "client not found".',
    cause: (_, scene) =>
      `${cap(clientTitle(scene))} is not known to the server that was asked${at(scene)}, or it does not want to say so. The id may be mistyped, deleted, or of another organization.`,
    fix: (_, scene) => [
      compareRegion(scene),
      {
        who: 'admin',
        action: `Look for the client by its id and tell whoever runs the program the id as it stands there.`,
        where: scene.profile.signposts.client,
        message: messageToAdmin(scene, {
          problem: 'The login server refuses it as an invalid client.',
          please: [
            'look whether a client with this id exists here',
            'send me the id as it stands in the list',
          ],
          where: scene.profile.signposts.client,
        }),
      },
      {
        who: 'you',
        action: `Put the id into ${sourceOf(scene)}, as it was given${scene.profile.credential.idForm === 'uuid' ? ': a UUID of 36 characters' : ''}.`,
      },
      proof(scene),
    ],
  }),
  refusedClient('client/wrong-secret', {
    title: 'The secret may not be the one that the client has now',
    page: 'The login server refused the pair of id and secret. The secret is mistyped, cut, expired, or was replaced by a newer one. Genesys Cloud answers a wrong secret, an unknown id, a disabled client and (as far as is known) a wrong region with one and the same body, so this is the likeliest of four and never proved by that answer alone. Look at the client before you make a new secret: a new one ends the old at once, for every program that uses it.',
    cause: (facts, scene) =>
      text(facts['named']) ||
      `The login server refused ${clientTitle(scene)}${at(scene)}. It does not say which of the causes below it was; a secret that is mistyped, cut or replaced is the likeliest.`,
    fix: (facts, scene) => [
      ...(facts['named'] === undefined ? secretByExclusion(scene) : [newSecret(scene)]),
      {
        who: 'you',
        action: `Put the secret into ${sourceOf(scene)} by copying, without quotes, spaces or a line break.`,
      },
      proof(scene),
    ],
  }),
  refusedClient('client/disabled', {
    title: 'The client may be disabled',
    page: 'A disabled client gets no token and the tokens that it had are invalid. Genesys Cloud gives it the same answer as a wrong secret; an older client that was deleted is inactive for seven days first and can be restored in that time.',
    cause: (_, scene) =>
      `${cap(clientTitle(scene))} is disabled or about to be deleted${at(scene)}, so it gets no token.`,
    fix: (_, scene) => [
      {
        who: 'admin',
        action: 'Open the client, read its state and switch it on again if it is still wanted.',
        where: scene.profile.signposts.client,
        message: messageToAdmin(scene, {
          problem: 'The login server gives it no token; it may be disabled.',
          please: [
            'read the state of the client',
            'make it active again, or tell me which client to use instead',
          ],
          where: scene.profile.signposts.client,
        }),
      },
      proof(scene),
    ],
  }),
  refusedClient('client/public', {
    title: 'The client is public, so it can not use its own credentials',
    page: 'A public client has no secret to prove itself with, and the client credentials grant is only for confidential ones (RFC 6749 §4.4). Genesys Cloud has no such switch: there the grant type of the client says it all.',
    cause: (_, scene) =>
      `${cap(clientTitle(scene))} is registered as a public client${at(scene)}; only a confidential one may use the client credentials grant (RFC 6749 §4.4).`,
    fix: (_, scene) => [
      {
        who: 'admin',
        action:
          'Make the client confidential (client authentication on), or make a new confidential client for this service.',
        where: scene.profile.signposts.client,
        message: messageToAdmin(scene, {
          problem: 'The server treats it as a public client, and a service needs a confidential one.',
          please: ['make it a confidential client, or make a new one', 'pass its secret on over a safe way'],
          where: scene.profile.signposts.client,
        }),
      },
      { who: 'you', action: `Put the id and secret into ${sourceOf(scene)}.` },
      proof(scene),
    ],
  }),
  refusedClient('client/auth-method-mismatch', {
    title: 'The credentials come in a way that the server does not take from this client',
    page: 'A client proves itself in one way: in a Basic header, in the form body, with a signed assertion or a certificate. A server may take only the way that the client is registered for, and must not be sent two at once (RFC 6749 §2.3).',
    cause: (_, scene) =>
      `The server does not take the credentials of ${clientTitle(scene)} in the way they were sent (${scene.evidence.settings.clientAuth ?? 'as shown'}).`,
    fix: (facts, scene) => [
      roles(scene)
        ? {
            who: 'you',
            action:
              'Send id and secret in the Basic header alone; Genesys Cloud takes them in the form body too, but not mangled by either.',
          }
        : sendOtherwise(facts, scene),
      {
        who: 'admin',
        action: 'Read which authentication method the client is registered for.',
        where: scene.profile.signposts.client,
        message: messageToAdmin(scene, {
          problem: 'The server refuses the way in which its id and secret are sent.',
          please: [
            'tell me which client authentication method it is registered for (Basic header, form body, other)',
          ],
          where: scene.profile.signposts.client,
          instead: mendedWay(facts, scene),
        }),
      },
      proof(scene, { instead: mendedWay(facts, scene) }),
    ],
  }),
];

const AS_SETTING = {
  basic: 'in a Basic header (client_secret_basic)',
  post: 'in the form body (client_secret_post)',
} as const;

const OTHERWISE = {
  assertion:
    'Prove the client with a signed JWT (client_assertion_type and client_assertion) in place of the secret, or have it registered for id and secret.',
  certificate:
    'Prove the client with its certificate (mutual TLS) in place of the secret, or have it registered for id and secret.',
} as const;

const OF_AN_ASSERTION =
  'Compare the signed JWT (its key, aud, iss, sub and times) with what the client is registered with. If none was sent, the server wants one.';

/** The way that the server wants; where it does not say, the one that was not used. */
function sendOtherwise({ step }: ReadFacts, scene: Scene): FixStep {
  const way = wayToTry(scene, step);
  if (way === 'assertion' && !missesAnAssertion(scene, step)) return { who: 'you', action: OF_AN_ASSERTION };
  if (way === 'assertion' || way === 'certificate') return { who: 'you', action: OTHERWISE[way] };
  const both = waySent(scene, step) === 'both';
  const action = both
    ? `Send id and secret once: ${AS_SETTING[way]}, and not in the other place as well.`
    : `Send id and secret ${AS_SETTING[way]}.`;
  return { who: 'you', action };
}

/** The flag of the check, as it is once the way is the right one. */
function mendedWay({ step }: ReadFacts, scene: Scene): { readonly [flag: string]: string | undefined } {
  if (roles(scene)) return {};
  const way = wayToTry(scene, step);
  return { 'client-auth': way === 'basic' || way === 'post' ? way : undefined };
}

function at(scene: Scene): string {
  const place = placeTitle(scene);
  return place ? ` in ${place}` : '';
}

function cap(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
