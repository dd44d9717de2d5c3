/** Whether a value from a file is evidence of schema 1: enough of its form that no check can stumble over it. */

type Fields = { readonly [name: string]: unknown };
type Rule = (value: unknown, at: string) => string | undefined;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Rule = (value, at) => (typeof value === 'string' ? undefined : `${at} is not a text`);
const number: Rule = (value, at) => (typeof value === 'number' ? undefined : `${at} is not a number`);
const truth: Rule = (value, at) => (typeof value === 'boolean' ? undefined : `${at} is not true or false`);
const anything: Rule = () => undefined;
const oneOf =
  (...words: readonly string[]): Rule =>
  (value, at) =>
    words.includes(value as string) ? undefined : `${at} is none of: ${words.join(', ')}`;
const matching =
  (pattern: RegExp, what: string): Rule =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `${at} is not ${what}`;
const listOf =
  (rule: Rule): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is not a list`;
    for (const [i, item] of value.entries()) {
      const wrong = rule(item, `${at}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
const mapOf =
  (rule: Rule): Rule =>
  (value, at) => {
    if (!isFields(value)) return `${at} is not an object`;
    for (const [name, field] of Object.entries(value)) {
      const wrong = rule(field, `${at}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
/** Fields whose name ends in `?` may be absent; fields that are not named are ignored. */
const fields =
  (rules: { readonly [name: string]: Rule }): Rule =>
  (value, at) => {
    if (!isFields(value)) return `${at} is not an object`;
    for (const [key, rule] of Object.entries(rules)) {
      const name = key.replace(/\?$/, '');
      if (value[name] === undefined) {
        if (key.endsWith('?')) continue;
        return `${at}.${name} is missing`;
      }
      const wrong = rule(value[name], `${at}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
/** The field `kind` says which rules hold. */
const byKind =
  (kinds: { readonly [kind: string]: Rule }): Rule =>
  (value, at) => {
    const kind = isFields(value) ? value['kind'] : undefined;
    if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind))
      return `${at}.kind is none of: ${Object.keys(kinds).join(', ')}`;
    return kinds[kind]?.(value, at);
  };

const SECRET = fields({
  length: number,
  looksLike: oneOf('absent', 'uuid', 'placeholder', 'mask', 'base64-pair', 'other'),
  base64Pair: oneOf('no', 'of-this-pair', 'of-some-pair'),
  'issuedAs?': oneOf('id', 'secret'),
  quoted: truth,
  'variable?': text,
  'bracketed?': truth,
  'nothing?': truth,
  carriageReturn: truth,
  edgeWhitespace: oneOf('none', 'start', 'end', 'both'),
  nonAscii: listOf(fields({ name: text, index: number })),
  changedByFormEncoding: truth,
  formEncodedAlready: truth,
  hasColon: truth,
  hasControl: truth,
});

const AUTHORIZATION = byKind({
  absent: anything,
  masked: fields({ 'scheme?': text }),
  basic: fields({
    scheme: text,
    base64: oneOf('standard', 'url-safe', 'wrapped', 'unpadded', 'invalid', 'empty'),
    'twice?': truth,
    'foreign?': listOf(text),
    'decoded?': fields({ 'id?': text, idShape: SECRET, secretShape: SECRET }),
  }),
  bearer: fields({ token: oneOf('well-formed', 'malformed', 'literal'), 'literal?': text, 'why?': text }),
  bare: fields({ looksLike: text }),
  unrecognised: fields({ scheme: text }),
});

const BODY = byKind({
  none: anything,
  json: fields({ value: anything }),
  ...Object.fromEntries(['html', 'text', 'xml', 'cut'].map((kind) => [kind, fields({ text })])),
});

const OUTCOME = byKind({
  answered: fields({
    status: number,
    headers: mapOf(text),
    body: BODY,
    'token?': byKind({
      opaque: fields({ length: number }),
      jwt: fields({ header: mapOf(anything), claims: mapOf(anything) }),
    }),
    'clockSkewMs?': number,
  }),
  unanswered: fields({ why: text, detail: text, 'code?': text, 'issuer?': text }),
  'not-sent': fields({ reason: text }),
  'not-shown': anything,
});

const STEP = matching(
  /^(?:discovery|token|introspection|whoami|organization|grants|divisions|divisions-permitted|permissions|products|queues|catalogue|endpoint|probe|second-token|client-record)(?:\/\d+)?$/,
  'the name of a step',
);

const EXCHANGES = listOf(
  fields({
    step: STEP,
    'subject?': text,
    request: fields({
      authorization: AUTHORIZATION,
      'method?': text,
      'url?': text,
      'contentType?': text,
      'via?': text,
      'form?': mapOf(text),
    }),
    outcome: OUTCOME,
  }),
);

const EVIDENCE = fields({
  provider: text,
  capturedAt: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'a time such as 2026-11-23T09:00:00Z'),
  settings: fields({
    ...Object.fromEntries(
      ['region', 'tokenUrl', 'apiUrl', 'issuer', 'introspectionUrl', 'requestedScope', 'audience'].map(
        (name) => [`${name}?`, text],
      ),
    ),
    'clientAuth?': oneOf('basic', 'post'),
    'readyToken?': truth,
    'offline?': truth,
    'flags?': listOf(
      fields({ name: matching(/^[a-z]+(?:-[a-z]+)*$/, 'the name of a flag'), 'value?': text }),
    ),
  }),
  'client?': fields({ 'id?': text, idShape: SECRET, secretShape: SECRET, swapped: truth, 'source?': text }),
  'authorization?': AUTHORIZATION,
  needs: listOf(fields({ method: text, path: text, 'wantedBy?': text, 'send?': truth })),
  exchanges: EXCHANGES,
  'probes?': EXCHANGES,
  said: listOf(fields({ where: text, key: text, 'shape?': SECRET, 'text?': text })),
  'paste?': text,
});

/**
 * @returns what is wrong with the value, naming the field, or undefined. Unknown fields are ignored; an unknown kind
 * or a newer schema is not.
 */
export function checkEvidence(value: unknown): string | undefined {
  if (!isFields(value)) return 'this is not evidence: an object was expected.';
  const { schema } = value;
  if (typeof schema === 'number' && schema > 1) {
    return `this is evidence of schema ${schema}, written by a newer why403; this one reads schema 1.`;
  }
  if (schema !== 1) return 'this is not evidence: "schema": 1 was expected.';
  const wrong = EVIDENCE(value, 'evidence');
  return wrong === undefined ? undefined : `this is not evidence that can be judged: ${wrong}.`;
}
