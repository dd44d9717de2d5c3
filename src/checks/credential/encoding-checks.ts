/** Form-encoding of id and secret before base64 (RFC 6749 §2.3.1): too little, or too much. */
import {
  answersTo,
  bodyText,
  defineCheck,
  issuedToken,
  statusOf,
  type Check,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof, tokenUrlWord, withRun } from '../proof.ts';
import { ledBy, shown } from '../readings.ts';
import { deformed, type CredentialFacts } from './sightings.ts';
import { nameOf, placeToEdit, subject } from './texts.ts';

const FORM_ENCODED = {
  title: 'RFC 6749 §2.3.1: id and secret are form-encoded before Basic',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
};
const APPENDIX_B = {
  title: 'RFC 6749 appendix B: how form-encoding is done',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#appendix-B',
};

/** The server's reading names the code although no value is shown. */
function fromReading(code: Check['code'], scene: Scene): Sighting<CredentialFacts>[] {
  return ledBy(code, scene).map((sighting) => ({
    ...sighting,
    facts: {
      which: 'id and secret',
      at: String(sighting.facts.step),
      what: sighting.why ?? 'the answer speaks of their encoding',
      from: 'paste' as const,
      masked: false,
    },
  }));
}

/** What a probe has shown is no warning. */
const STOPS = { severity: 'error', blocks: true } as const;

const needsFormEncoding = defineCheck<CredentialFacts>({
  code: 'credential/needs-form-encoding',
  severity: 'warning',
  blocks: false,
  // A token shows that this program's encoding is right; other tools on the same machine may still not encode.
  refutable: false,
  title: 'The value must be form-encoded before it goes into the Basic header',
  page:
    'RFC 6749 wants id and secret each form-encoded (as in an HTML form: + becomes %2B, % becomes %25) before they ' +
    'are joined by a colon and put into base64. Most values survive without it, and many tools never do it; this one ' +
    'does not survive: a server that decodes turns a + into a space. This program encodes it, so a live run only ' +
    'warns that curl -u and others may not. In a pasted header it can be the very cause. It is told from ' +
    'client/wrong-secret by sending id and secret in the body, where they are always encoded.',
  references: [FORM_ENCODED, APPENDIX_B],
  look(scene) {
    const probed = fromReading('credential/needs-form-encoding', scene).filter((s) => s.sufficient);
    if (scene.mode === 'climb' && probed.length > 0) return probed.map((s) => ({ ...s, ...STOPS }));
    const own = deformed('needs-form-encoding', scene).filter((s) => carried(s.facts, scene));
    if (scene.mode === 'climb') {
      // A given header goes out as it is; the pair of the settings is encoded by this program.
      return own.map((s) => (s.facts.from === 'settings' ? { ...s, explains: [] } : s));
    }
    if (own.length > 0) return own.map((s) => (inBasic(s.facts, scene) ? s : onlySet(s)));
    return fromReading('credential/needs-form-encoding', scene);
  },
  cause: (facts, scene) =>
    scene.mode === 'climb' && facts.from === 'settings'
      ? `${subject(facts)} holds characters that form-encoding changes. This program encodes it, as RFC 6749 wants; ` +
        'curl -u and many libraries do not, and with them the same secret is refused.'
      : `${subject(facts)} ${facts['inBasic'] === false ? 'may have been' : 'was'} put into base64 as it is: ` +
        `${facts.what}. A server that follows RFC 6749 decodes it once more and compares another value (a + becomes a space).`,
  fix: (facts, scene) => [
    {
      who: 'you',
      action:
        `Form-encode the ${nameOf(facts)} before base64: encodeURIComponent (JavaScript), urllib.parse.quote_plus ` +
        '(Python), URLEncoder.encode (Java). Or send client_id and client_secret in the body, if the server takes them there.',
      where: placeToEdit(facts, scene),
      command:
        'curl -sS --data-urlencode "client_id=$CLIENT_ID" --data-urlencode "client_secret@secret.txt" ' +
        `-d grant_type=client_credentials ${tokenUrlWord(scene)} -o /dev/null -w "%{http_code}\\n"`,
    },
    proof(scene, {
      shows: 'Check again: this program sends it encoded, so a token shows that the value is right.',
    }),
  ],
});

/** In the body the values are form-encoded anyway, so only Basic is at stake. */
function carried(facts: CredentialFacts, { evidence }: Scene): boolean {
  if (evidence.settings.clientAuth === 'post') return facts.from !== 'settings';
  const sent = answersTo(evidence, 'token').map(({ request }) => request);
  const inBody = sent.filter((r) => r.bodyCredentials?.secret && r.authorization.kind === 'absent');
  return facts.from === 'header' || inBody.length === 0 || inBody.length < sent.length;
}

/** Whether a header, or code that makes one, is shown to carry the value. */
function inBasic({ from }: CredentialFacts, { evidence }: Scene): boolean {
  const headers = [
    evidence.authorization,
    ...answersTo(evidence, 'token').map((x) => x.request.authorization),
  ];
  const isBasic = headers.some(
    (h) => h?.kind === 'basic' || (h?.kind === 'masked' && /^basic$/i.test(h.scheme ?? '')),
  );
  return from === 'header' || isBasic;
}

/** A setting alone does not show how it is sent; a library may encode it. */
function onlySet(sighting: Sighting<CredentialFacts>): Sighting<CredentialFacts> {
  return {
    ...sighting,
    facts: { ...sighting.facts, inBasic: false },
    certainty: 'suspected',
    severity: 'warning',
    sufficient: false,
  };
}

const overEncoded = defineCheck<CredentialFacts>({
  code: 'credential/over-encoded',
  severity: 'warning',
  blocks: false,
  title: 'The value seems to be form-encoded once too often',
  page:
    'The value holds %XX sequences: it was form-encoded before it was stored, or the server does not decode what RFC ' +
    '6749 §2.3.1 tells clients to encode. Either way the server compares %2B with +. It is told from ' +
    'client/wrong-secret by sending id and secret in the body (--client-auth post), and by storing the plain value.',
  references: [FORM_ENCODED, APPENDIX_B],
  look(scene) {
    // A probe got a token with the very same value where it was not encoded.
    const [probed] = ledBy('credential/over-encoded', scene).filter((s) => s.sufficient);
    if (probed) return [{ ...probed, ...STOPS, facts: probedFacts(probed.facts['stored'] === true, scene) }];
    const own = deformed('over-encoded', scene);
    if (own.length > 0) return own;
    return [...undecoded(scene), ...fromReading('credential/over-encoded', scene)];
  },
  cause: (facts) =>
    facts.what === UNDECODED
      ? `${subject(facts)} holds characters that this program form-encodes, as RFC 6749 wants, and the server refused ` +
        'the client. A server that does not decode them compares another value.'
      : `${subject(facts)} looks encoded already: ${facts.what}. If that is not how it was issued, the server compares ` +
        'the encoded form with the plain one.',
  fix: (facts, scene) => [
    facts.what === UNDECODED
      ? withRun(
          scene,
          'Send id and secret in the body once. If that works, the server does not decode the Basic header.',
          { instead: { 'client-auth': 'post' } },
        )
      : {
          who: 'you',
          action: `Store the plain ${nameOf(facts)} as it was issued, with + / = instead of %2B %2F %3D.`,
          where: placeToEdit(facts, scene),
        },
    proof(scene),
  ],
});

/** Which value it is about: the one that encoding changes, or both. */
function probedFacts(stored: boolean, scene: Scene): CredentialFacts {
  const [own] = [...deformed('over-encoded', scene), ...deformed('needs-form-encoding', scene)];
  const otherwise = { which: 'id and secret', at: 'token', from: 'settings', masked: false } as const;
  return { ...(own?.facts ?? otherwise), what: stored ? STORED : UNDECODED };
}

const STORED = 'in a header that the server decodes it is right, and in the form body it is refused';
const UNDECODED = 'this program form-encoded it for the Basic header, and the client was refused';

/** Sent encoded by this program, as the RFC wants, and refused: a server that does not decode would do that. */
function undecoded(scene: Scene): Sighting<CredentialFacts>[] {
  if (scene.mode !== 'climb' || scene.evidence.authorization) return [];
  const [changed] = deformed('needs-form-encoding', scene).filter((s) => carried(s.facts, scene));
  const refused = answersTo(scene.evidence, 'token').filter((x) => bodyText(x, 'error') === 'invalid_client');
  const rawRefused = (scene.evidence.probes ?? []).some(
    (x) => x.subject === 'basic-encoding=raw' && statusOf(x) !== undefined && !issuedToken(x),
  );
  if (!changed || refused.length === 0 || rawRefused) return [];
  return [
    {
      ...changed,
      facts: { ...changed.facts, what: UNDECODED },
      certainty: 'suspected',
      evidence: [...changed.evidence, ...refused.map(shown)],
      explains: refused.map((x) => x.step),
      likelihood: 0.3,
      why: 'The value was form-encoded for the Basic header, as RFC 6749 wants; a server that does not decode it refuses it.',
      tell: 'Run again with --client-auth post: there the question does not arise.',
    },
  ];
}

export const encodingChecks: readonly [Check, Check] = [needsFormEncoding, overEncoded];
