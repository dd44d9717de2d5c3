/** The form of the token request: its content type, its body, its grant type. */
import {
  issuedToken,
  answersTo,
  bodyText,
  defineCheck,
  statusOf,
  visibleLine,
  type Check,
  type Exchange,
  type Facts,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof, tokenUrlWord } from '../proof.ts';
import { asksOtherwise } from '../shown-place.ts';
import { ownFirst } from '../own-first.ts';
import type { ReadFacts } from '../readings.ts';
import { namesWhatWasSent, readsJson, speaksOfContent, takesGrantType } from './body-read.ts';

const TOKEN_REQUEST = {
  title: 'RFC 6749 §4.4.2: the token request is a form with grant_type=client_credentials',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2',
};
const FORM = {
  title: 'RFC 6749 appendix B: application/x-www-form-urlencoded',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#appendix-B',
};

interface BodyFacts extends Facts {
  /** What the request shows; empty where only an answer speaks of it. */
  readonly what: string;
  /** The answer's side, as a sentence. */
  readonly said?: string;
}

/** A token request whose body is not the form it should be, as a sighting; none where the answer shows that it was read. */
function malformed(exchange: Exchange, what: string): Sighting<BodyFacts>[] {
  if (namesWhatWasSent(exchange)) return [];
  const error = bodyText(exchange, 'error') ?? bodyText(exchange, 'code') ?? '';
  const saidSo = statusOf(exchange) === 415 || /^(?:unsupported_grant_type|invalid_request)$/.test(error);
  const wasRead = speaksOfContent(exchange, error);
  const seen: Sighting<BodyFacts> = {
    facts: { what },
    certainty: wasRead ? 'suspected' : 'proved',
    evidence: [
      { at: `${exchange.step}: request`, shows: what, ...(exchange.source && { source: exchange.source }) },
    ],
    explains: wasRead ? [] : [exchange.step],
    // Some servers do read JSON; only an answer about the request itself leaves no doubt.
    sufficient: saidSo,
    likelihood: saidSo ? 0.9 : 0.7,
    tell: 'Send the same as a form and compare the answer.',
  };
  return [seen];
}

const said = (s: Sighting<ReadFacts>): BodyFacts => ({ what: '', ...(s.why && { said: s.why }) });

/** What is seen in brackets, what is said as a sentence of its own. */
const shownOrSaid = (facts: BodyFacts): string =>
  `${facts.what ? ` (${facts.what})` : ''}.${facts.said ? ` ${facts.said}` : ''}`;

const asForm = (scene: Scene): FixStep[] => [
  {
    who: 'you',
    action:
      'Send the body as a form: Content-Type: application/x-www-form-urlencoded and ' +
      `${asksOtherwise(scene) ? 'grant_type among its parameters' : 'grant_type=client_credentials'}. In ` +
      'Python requests use data=… (not json=…), in axios a URLSearchParams object, in curl -d without a Content-Type header.',
    ...(!asksOtherwise(scene) && {
      command: `curl -sS -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials ${tokenUrlWord(scene)} -o /dev/null -w "%{http_code}\\n"`,
    }),
  },
  proof(scene, { shows: 'See that the same client gets a token when the request is a form.' }),
];

const wrongContentType = defineCheck<BodyFacts>({
  code: 'request/wrong-content-type',
  severity: 'error',
  blocks: true,
  title: 'The Content-Type does not say that the body is a form',
  page:
    'The body of the token request is a form, but its Content-Type says something else, so the server does not look ' +
    'for parameters in it and misses grant_type. It is told from request/json-body by the body itself, which is a ' +
    'form here.',
  references: [FORM, TOKEN_REQUEST],
  look: (scene) =>
    ownFirst(
      answersTo(scene.evidence, 'token').flatMap((x) => {
        const { contentType, bodyForm } = x.request;
        const type = contentType?.split(';')[0]?.trim().toLowerCase();
        if (!type || type === 'application/x-www-form-urlencoded') return [];
        if (bodyForm !== 'form' && type !== 'multipart/form-data') return [];
        return malformed(x, `Content-Type: ${visibleLine(contentType ?? '')}`);
      }),
      'request/wrong-content-type',
      scene,
      said,
    ),
  cause: (facts) =>
    'The token endpoint reads parameters from application/x-www-form-urlencoded only, and the request does not say ' +
    `that this is what it carries${shownOrSaid(facts)}`,
  fix: (_facts, scene) => asForm(scene),
});

const jsonBody = defineCheck<BodyFacts>({
  code: 'request/json-body',
  severity: 'error',
  blocks: true,
  title: 'The token request carries JSON instead of a form',
  page:
    'RFC 6749 makes the token request a form. A JSON body is not read, so to the server grant_type is missing, and it ' +
    'answers unsupported_grant_type, invalid_request or even invalid_client, which points at the wrong thing. HTTP ' +
    'libraries send JSON by default when they are given an object. A few servers (Auth0) accept JSON as well.',
  references: [TOKEN_REQUEST, FORM],
  look: (scene) =>
    ownFirst(
      answersTo(scene.evidence, 'token').flatMap((x) =>
        x.request.bodyForm === 'json' && !issuedToken(x) && !readsJson(x, scene)
          ? malformed(x, 'a JSON body')
          : [],
      ),
      'request/json-body',
      scene,
      said,
    ),
  cause: (facts) =>
    'The token endpoint expects a form (application/x-www-form-urlencoded) and finds neither grant_type nor client_id ' +
    `in anything else${shownOrSaid(facts)}`,
  fix: (_facts, scene) => asForm(scene),
});

const missingGrantType = defineCheck<BodyFacts>({
  code: 'request/missing-grant-type',
  severity: 'error',
  blocks: true,
  title: 'The token request has no grant_type',
  page:
    'grant_type says what the client asks for; without it no server can answer. It gets lost when a shell cuts the ' +
    'command at an unquoted &, when the body is not sent at all, when it stands in a header, or when a library ' +
    'method is called that does not set it. It is told from grant/wrong-type-sent by there being none at all.',
  references: [TOKEN_REQUEST],
  look: (scene) =>
    ownFirst(
      answersTo(scene.evidence, 'token').flatMap((x): Sighting<BodyFacts>[] => {
        const { form, bodyForm, method, url } = x.request;
        const bodyKnown = bodyForm === 'form' || (bodyForm === 'none' && method === 'POST');
        if (!bodyKnown || form?.['grant_type'] || url === undefined || !takesGrantType(x)) return [];
        const what =
          form && Object.keys(form).length > 0
            ? `only ${Object.keys(form).map(visibleLine).join(', ')}`
            : 'no parameters';
        return malformed(x, what).map((seen) => ({ ...seen, sufficient: true, likelihood: 0.9 }));
      }),
      'request/missing-grant-type',
      scene,
      said,
    ),
  cause: (facts) =>
    `The server finds no grant_type in the token request, so it does not know what is asked for${shownOrSaid(facts)}`,
  fix: (_facts, scene) => asForm(scene),
});

export const bodyChecks: readonly [Check, Check, Check] = [wrongContentType, jsonBody, missingGrantType];
