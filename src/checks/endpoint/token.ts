/** The token itself is refused: too old, not as it was issued, or of another environment. */
import {
  answeredAt,
  answersTo,
  bodyField,
  cause,
  defineCheck,
  issuedToken,
  statusOf,
  stepName,
  type AuthorizationShape,
  type Cause,
  type Check,
  type Exchange,
  type FindingCode,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { placeTitle } from '../asking.ts';
import { sentAsTheClient, wantsBearer } from '../basic-call.ts';
import { proof } from '../proof.ts';
import { about, ledBy, names, shown, text, type ReadFacts } from '../readings.ts';

const RFC6750_2_1 = {
  title: 'RFC 6750 §2.1, bearer header',
  url: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.1',
};
const RFC6750_3_1 = {
  title: 'RFC 6750 §3.1, error codes',
  url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
};
const IDLE = {
  title: 'Genesys Cloud: FAQ on token and inactivity time-outs',
  url: 'https://developer.genesys.cloud/forum/t/frequently-asked-questions/12251',
  provider: 'genesys-cloud',
};

/** Calls with a token in the header; who introspects shows its own credentials there (RFC 7662 §2.1). */
function calls(scene: Scene): Exchange[] {
  return scene.evidence.exchanges.filter(
    (x) => !['token', 'discovery', 'introspection'].includes(stepName(x.step)),
  );
}

/** What was seen directly comes first; an answer that it explains already makes no second finding. */
function withReadings(direct: Sighting<ReadFacts>[], code: FindingCode, scene: Scene): Sighting<ReadFacts>[] {
  const explained = new Set(direct.flatMap((s) => s.explains));
  return [...direct, ...ledBy(code, scene).filter((s) => !s.explains.every((step) => explained.has(step)))];
}

/** A JWT whose own time (`exp`, RFC 9068 §2.2, in seconds) had passed when the call was refused. */
function pastItsTime(scene: Scene): Sighting<ReadFacts>[] {
  const issued = answersTo(scene.evidence, 'token').findLast(issuedToken);
  const token = issued?.outcome.kind === 'answered' ? issued.outcome.token : undefined;
  const exp = token?.kind === 'jwt' ? token.claims['exp'] : undefined;
  if (typeof exp !== 'number' || !issued) return [];
  const refused = calls(scene).filter((x) => statusOf(x) === 401);
  return refused.slice(-1).flatMap((last) => {
    const at = answeredAt(last, scene);
    if (at === undefined || exp * 1000 >= Date.parse(at)) return [];
    const instead = namedInstead(last, scene);
    const open = instead.length > 0 || (scene.mode === 'climb' && hasLifeLeft(issued));
    return [
      {
        facts: { ...about(last), exp },
        certainty: 'proved' as const,
        evidence: [{ at: `${issued.step}: token.exp`, shows: `${exp}, which is before ${at}` }, shown(last)],
        explains: refused.map((x) => x.step),
        sufficient: !open,
        ...(open && { likelihood: 0.6, alternatives: instead }),
      },
    ];
  });
}

/** What the refusal names instead, by its words or by the other claims of the token. */
function namedInstead(refused: Exchange, scene: Scene): readonly Cause[] {
  const causes = scene.profile.read(refused, scene)?.causes ?? [];
  return causes.filter((c) => c.code !== 'endpoint/token-expired' && (c.likelihood ?? 0) >= 0.7);
}

/** The answer that issued it says that it lives on: then one of the two is wrong. */
function hasLifeLeft(issued: Exchange): boolean {
  return Number(bodyField(issued, 'expires_in') ?? 0) > 0;
}

/**
 * How the Authorization header of a call is deformed; undefined for a good or a masked one.
 * @param bearer whether the API is known to want a bearer token: others take a Basic header, or a bare key
 */
function deformity(shape: AuthorizationShape, bearer: boolean): { what: string; sure: boolean } | undefined {
  switch (shape.kind) {
    case 'bearer':
      if (shape.token === 'well-formed') return undefined;
      if (shape.token === 'literal')
        return { what: `stands for a token and is none (${shape.literal ?? 'a literal'})`, sure: false };
      return { what: `is not a token${shape.why ? `: ${shape.why}` : ''}`, sure: true };
    case 'basic':
      return { what: 'is a Basic header; the API wants the token: Authorization: Bearer', sure: bearer };
    case 'bare':
      return { what: 'has no scheme; the word Bearer and a space stand before the token', sure: bearer };
    case 'unrecognised':
      return { what: `has the scheme ${shape.scheme}; the API wants Bearer`, sure: false };
    case 'absent':
    case 'masked':
      return undefined;
  }
}

/** Where the API may take another header than a bearer token, the header is what may be wrong. */
function ofTheHeader(shape: AuthorizationShape): Cause[] {
  if (shape.kind === 'bare') return [cause('header/missing-scheme', 0.4)];
  if (shape.kind === 'unrecognised') return [cause('header/wrong-scheme', 0.4)];
  const readable = shape.kind !== 'basic' || (shape.base64 === 'standard' && shape.colon !== false);
  return readable ? [] : [cause('header/bad-base64', 0.4)];
}

function deformed(scene: Scene): Sighting<ReadFacts>[] {
  const seen = calls(scene).flatMap((exchange) => {
    const status = statusOf(exchange);
    // A paste may show the call alone, or an API that says 400 or 403 to what it cannot read.
    const pasted =
      scene.mode === 'everything' &&
      (exchange.outcome.kind === 'not-shown' || status === 400 || status === 403);
    const { authorization } = exchange.request;
    // What a shell replaces before it is sent, where nothing says that the token was refused.
    const replaced =
      authorization.kind === 'bearer' && /^\$/.test(authorization.literal ?? '') && status !== 401;
    const found =
      (status === 401 || pasted) && !replaced
        ? deformity(authorization, wantsBearer(exchange, scene))
        : undefined;
    const otherName = sentAsTheClient(scene).includes(exchange);
    return found ? [{ exchange, ...found, sure: found.sure && status === 401 && !otherName }] : [];
  });
  return seen.slice(-1).map(({ exchange, what, sure }) => ({
    facts: { ...about(exchange), what },
    certainty: sure ? ('proved' as const) : ('suspected' as const),
    evidence: [{ at: `${exchange.step}: request.headers.authorization`, shows: what }, shown(exchange)],
    explains: seen.map((s) => s.exchange.step),
    sufficient: sure,
    ...(!sure && { likelihood: 0.4, alternatives: ofTheHeader(exchange.request.authorization) }),
  }));
}

const expired = defineCheck<ReadFacts>({
  code: 'endpoint/token-expired',
  severity: 'error',
  blocks: true,
  title: 'The token has ended',
  page: 'A token ends at its time, by the idle time-out of the organization, when it is revoked, and when its client is disabled. Genesys Cloud has no code of its own for it: bad.credentials can mean any of these, a deformed token, or one of another region. Its tokens are opaque, so their age can not be read from them. A JWT carries its end in exp.',
  references: [RFC6750_3_1, IDLE],
  look: (scene) => withReadings(pastItsTime(scene), 'endpoint/token-expired', scene),
  cause: (facts, scene) =>
    typeof facts['exp'] === 'number'
      ? `The token ended at ${new Date(facts['exp'] * 1000).toISOString()}, before the call was made.`
      : `The API does not take the token any more. ${scene.evidence.settings.readyToken ? 'It was given ready made, so its age is not known.' : 'It may have ended by its age, by an idle time-out, or because it was revoked.'}`,
  fix: (_, scene) => [
    scene.evidence.settings.readyToken
      ? {
          who: 'you',
          action:
            'Give client id and secret instead of a ready token, so that a new token can be fetched when one ends.',
        }
      : {
          who: 'you',
          action: 'Fetch a new token and call at once; on a 401 throw the token away and fetch one, once.',
        },
    proof(scene),
  ],
});

const malformed = defineCheck<ReadFacts>({
  code: 'endpoint/token-malformed',
  severity: 'error',
  blocks: true,
  title: 'The call does not carry the token as it was issued',
  page: 'The API found no bearer token that it can read: the header is missing, has no or another scheme, or holds the token quoted, cut, with a line break, or a placeholder for it. The whole line is "Authorization: Bearer", a space, and the token byte for byte (RFC 6750 §2.1).',
  references: [RFC6750_2_1],
  look: (scene) => withReadings(deformed(scene), 'endpoint/token-malformed', scene),
  cause: (facts) =>
    facts['what']
      ? `The Authorization header of the call ${text(facts['what'])}.`
      : 'The API finds no token that it can read in the call: the header is missing, or does not hold the token as it was issued.',
  fix: (_, scene) => [
    {
      who: 'you',
      action:
        'Send Authorization: Bearer, one space, and access_token from the token response: no quotes, no line break, nothing cut off.',
    },
    {
      who: 'you',
      action: `A ready token in WHY403_ACCESS_TOKEN${scene.profile.id === 'genesys-cloud' ? ' or GENESYSCLOUD_ACCESS_TOKEN' : ''} is the bare token, without the word Bearer.`,
    },
    proof(scene),
  ],
});

const elsewhere = defineCheck<ReadFacts>({
  code: 'endpoint/token-wrong-environment',
  severity: 'error',
  blocks: true,
  title: 'The token is of another environment than the API that it is shown to',
  page: 'A token is good only where it was issued: in its region, tenant, or stage (test, production). Login host and API host must belong together; at Genesys Cloud both end in the domain of the region.',
  references: [RFC6750_3_1],
  look: (scene) => ledBy('endpoint/token-wrong-environment', scene),
  cause: (_, scene) => {
    const { tokenUrl, apiUrl } = scene.evidence.settings;
    const shownHosts = [tokenUrl, apiUrl].filter((x): x is string => x !== undefined);
    return `The API that was called does not know the token; it seems to have been issued elsewhere${shownHosts.length > 0 ? ` (${names(shownHosts)})` : ''}.`;
  },
  fix: (_, scene) => [
    {
      who: 'you',
      action: `Use the login host and the API host of one and the same region or tenant${placeTitle(scene) ? `: ${placeTitle(scene)}` : ''}.`,
      where: scene.profile.signposts.place,
    },
    proof(scene),
  ],
});

export const token: readonly Check[] = [expired, malformed, elsewhere];
