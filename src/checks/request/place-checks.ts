/** Whether the token request went to the right place: endpoint and region or tenant. */
import { defineCheck, visibleLine, type Check, type FixStep, type Scene } from '../../core/index.ts';
import { otherPlace, proof } from '../proof.ts';
import { ownFirst } from '../own-first.ts';
import { discoveryFailed, foreignIssuer, foreignTokenEndpoint } from './discovery.ts';
import { misplaced, inventedHosts, type PlaceFacts } from './places.ts';

const wrongEndpoint = defineCheck<PlaceFacts>({
  code: 'request/wrong-endpoint',
  severity: 'error',
  blocks: true,
  title: 'The request does not go to the token endpoint',
  page:
    'The URL is reachable, but the token endpoint is not there: the host of the API instead of that of the login ' +
    'server, a path that does not exist, the admin console instead of the authorization server, an issuer whose ' +
    'discovery document is missing, or names a token endpoint elsewhere, to which no secret is sent unless a setting names it. Such places answer 404, 405, an HTML page, or a 401 that has nothing to do with ' +
    'the secret. It is told from connection/unreachable by there being an answer, and from request/wrong-region by ' +
    'the place not being a token endpoint for anybody.',
  references: [
    { title: 'RFC 6749 §3.2: the token endpoint', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2' },
    {
      title: 'RFC 8414 §3.1: where the metadata is',
      url: 'https://www.rfc-editor.org/rfc/rfc8414#section-3.1',
    },
  ],
  look(scene) {
    const own = [...discoveryFailed(scene), ...foreignTokenEndpoint(scene), ...misplaced(scene)];
    return ownFirst(own, 'request/wrong-endpoint', scene, (s) => ({
      kind: 'said',
      url: '',
      what: s.why ?? 'the answer is not one of a token endpoint',
    }));
  },
  cause(facts, scene) {
    switch (facts.kind) {
      case 'discovery':
        return `The issuer ${facts.url} has no discovery document: ${facts.what}. Without it the token endpoint is not known.`;
      case 'endpoint-elsewhere':
        return `The discovery document of ${facts.url} cannot be used as it is: ${facts.what}.`;
      case 'metadata':
        return `The discovery document of ${facts.url} is not as it should be: ${facts.what}.`;
      case 'issuer':
        return foreign(facts);
      case 'said':
        return facts.what;
      case 'token':
      case 'host':
        return (
          (facts.right === facts.url
            ? `The request to ${facts.url} is none that a token endpoint takes: ${facts.what}.`
            : `${facts.url} is not the token endpoint${facts.right ? `, which is ${facts.right}` : ''}: ${facts.what}.`) +
          (scene.mode === 'climb' ? ' The id and secret were not judged there.' : '')
        );
    }
  },
  fix(facts, scene) {
    if (facts.kind === 'metadata') return mendIssuer(scene);
    return facts.kind === 'endpoint-elsewhere' ? mendEndpoint(facts, scene) : mendPlace(facts, scene);
  },
});

function mendPlace(facts: PlaceFacts, scene: Scene): FixStep[] {
  const { signposts, tokenPath } = scene.profile;
  if (facts.kind === 'discovery') {
    return [
      {
        who: 'you',
        action:
          'Take the issuer exactly as the provider documents it (with the tenant or realm in its path, without ' +
          '/.well-known/…), or name the token endpoint itself with --token-url.',
        where: signposts.place,
      },
      {
        who: 'you',
        action: 'See what the issuer answers.',
        command: `curl -sS -o /dev/null -w '%{http_code} %{content_type}\\n' '${metadataUrl(facts.url)}'`,
      },
      proof(scene),
    ];
  }
  return [
    {
      who: 'you',
      action: facts.right
        ? facts.right === facts.url
          ? 'Send it as a POST with grant_type=client_credentials in its body (curl: -d grant_type=client_credentials).'
          : `Send the token request to ${facts.right} instead.`
        : `Send the token request to the token endpoint of your provider${tokenPath ? ` (its path is ${tokenPath})` : ''}; its documentation or discovery document names it.`,
      where: signposts.place,
    },
    proof(scene, facts.right ? { instead: rightHost(facts.right, scene) } : { elsewhere: true }),
  ];
}

/** A region names its own token endpoint; else the right one is named. */
function rightHost(right: string, { profile }: Scene): { [flag: string]: string | undefined } {
  const own = URL.canParse(right) && profile.hostRole(new URL(right).hostname) === 'token';
  return { 'login-url': undefined, 'token-url': own ? undefined : right };
}

function mendIssuer(scene: Scene): FixStep[] {
  return [
    {
      who: 'you',
      action: 'Use the issuer as the document names it, letter for letter.',
      where: scene.profile.signposts.place,
    },
    proof(scene),
  ];
}

function mendEndpoint({ right }: PlaceFacts, scene: Scene): FixStep[] {
  return [
    {
      who: 'you',
      action: right
        ? `Check with the provider that ${right} is its token endpoint. If it is, say so with --token-url (or WHY403_TOKEN_URL): a secret is sent only to a host that the settings name.`
        : 'Name the token endpoint that the provider documents with --token-url (or WHY403_TOKEN_URL), and tell whoever runs the server that its discovery document is wrong.',
      where: scene.profile.signposts.place,
    },
    proof(scene, { instead: { 'token-url': right ?? 'TOKEN_URL' } }),
  ];
}

function metadataUrl(issuer: string): string {
  return `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`.replaceAll("'", '%27');
}

/** Where a second client found the client. */
function foundIn(scene: Scene): string | undefined {
  const record = scene.profile.holdings?.(scene).records?.find((r) => !r.samePlace && !r.absent);
  return record && visibleLine(record.place);
}

/** A place that is no region of the table (a gateway's host) is set by URLs, which the action names. */
function regionFlag(found: string): { region?: string } {
  return / \(.+\)$/.test(found) ? { region: found.replace(/ .*/, '') } : {};
}

const wrongRegion = defineCheck<PlaceFacts>({
  code: 'request/wrong-region',
  severity: 'error',
  blocks: true,
  title: 'The request goes to another region or tenant than the client is in',
  page:
    'A client exists in one region, tenant or environment only. Everywhere else it is unknown, and most servers say so ' +
    'with the same words as for a wrong secret. Typical: an SDK that was left at its default region, production ' +
    'credentials at the sandbox, a host that a blog post made up. It is told from client/unknown by asking the right ' +
    'place: there the same id works. A discovery document that names another issuer than the one asked for is of another tenant too.',
  references: [
    {
      title: 'RFC 6749 §2.2: a client id is unique to its authorization server',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.2',
    },
  ],
  look(scene) {
    return ownFirst(
      [...inventedHosts(scene), ...foreignIssuer(scene)],
      'request/wrong-region',
      scene,
      (s) => ({
        kind: 'said',
        url: '',
        what: s.why ?? 'the answer is that of another region or tenant',
      }),
    );
  },
  cause(facts, scene) {
    if (facts.kind === 'issuer') return foreign(facts);
    return facts.kind === 'host'
      ? `${facts.url} is no host of ${scene.profile.title}: ${facts.what}. No client is known there.`
      : facts.what;
  },
  fix: (facts, scene) => (facts.kind === 'issuer' ? mendForeign(facts, scene) : mendRegion(scene)),
});

function foreign({ url, what }: PlaceFacts): string {
  return `The discovery document that ${url} serves is that of the issuer ${what}. A document of another issuer must not be used (RFC 8414 §3.3), so nothing of it was.`;
}

function mendForeign({ right }: PlaceFacts, scene: Scene): FixStep[] {
  return [
    {
      who: 'you',
      action: right
        ? `If ${right} is the issuer that you mean, give it just so as --issuer (or WHY403_ISSUER).`
        : 'Take the issuer, letter for letter, from the page of the provider on which your tenant or realm is named.',
      where: scene.profile.signposts.place,
    },
    {
      who: 'you',
      action:
        'If not, ask whoever runs the server to let its discovery document name the issuer under which it is served; until then name the token endpoint itself with --token-url.',
    },
    proof(scene, right ? { instead: { issuer: right } } : { elsewhere: true }),
  ];
}

function mendRegion(scene: Scene): FixStep[] {
  return [
    {
      who: 'you',
      action: foundIn(scene)
        ? `Use the hosts of ${foundIn(scene)} for the token and for the API alike.`
        : `Find out where the client was created, and use the hosts of that place for the token and for the API alike.`,
      where: scene.profile.signposts.place,
    },
    proof(scene, {
      shows: 'Ask there.',
      ...(foundIn(scene) ? regionFlag(foundIn(scene) ?? '') : otherPlace(scene)),
    }),
  ];
}

export const placeChecks: readonly [Check, Check] = [wrongEndpoint, wrongRegion];
