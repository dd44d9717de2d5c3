/** What a paste says about the place that was asked: scheme, host, environment, tenant. */
import type { SaidRule } from './rule.ts';

const TEST = /\b(?:sandbox|staging|uat|pre-?prod(?:uction)?|test (?:environment|system|mode|server))\b/i;
const LIVE = /\b(?:prod(?:uction)?|live)\b/i;
const PLACE = '(?:tenant|region|realm|environment|authority|directory|issuer|data ?cent(?:er|re)|login host)';

export const places: readonly SaidRule[] = [
  {
    id: 'plain-http',
    code: 'request/wrong-endpoint',
    likelihood: 0.88,
    when: (look) =>
      look.tokenRefused() &&
      [
        ...`${look.context}\n${look.token.map((x) => x.request.url ?? '').join('\n')}`.matchAll(
          /\bhttp:\/\/([\w.-]{3,100})/gi,
        ),
      ].some((m) => look.scene.profile.hostRole((m[1] ?? '').toLowerCase()) === 'token'),
    why: 'The login host is asked over http://; it redirects to https://, and a redirected POST arrives as a GET without its body.',
    tell: 'Write https:// and ask again.',
  },
  {
    id: 'callback-asked',
    code: 'request/wrong-endpoint',
    likelihood: 0.96,
    when: (look) =>
      look.tokenRefused() &&
      look.token.some((x) => /\/[\w.]*(?:redirect|callback)[\w.]*(?:[?#]|$)/i.test(x.request.url ?? '')),
    why: 'The address that is asked is where answers are sent back to, and no token endpoint.',
    tell: 'Read token_endpoint in the metadata document of the server.',
  },
  {
    id: 'place-hard-coded',
    code: 'request/wrong-region',
    likelihood: 0.8,
    pattern: new RegExp(
      `\\b${PLACE}(?: ?id)?\\b[^\\n.]{0,30}\\b(?:hard-?coded|fixed|default(?:s|ed)?|wrong|incorrect|different|another|other|mismatch\\w*)\\b|\\b(?:hard-?coded|wrong|incorrect|different|another|mismatch\\w*)\\b[^\\n.]{0,20}\\b${PLACE}\\b`,
      'i',
    ),
    where: ['prose', 'config'],
    when: (look) =>
      look.tokenRefused() &&
      (look.tokenError(/invalid_client|unauthorized_client|invalid_grant/) ||
        look.answered(/AADSTS(?:700016|90002|50020|900023)/)),
    why: 'The paste tells of a tenant, region or environment that is fixed or another one than the client’s.',
    tell: 'Compare the place in the URL that is asked with the one where the client was made.',
  },
  {
    id: 'sandbox-login',
    code: 'request/wrong-region',
    likelihood: 0.72,
    pattern:
      /\b(?:sandbox|staging|uat|developer edition)\b[^\n.]{0,80}\b(?:url|domain|host|login|base_?url|endpoint|server|auth|org)\b|\b(?:url|domain|host|login|base_?url|endpoint|server|org)\b[^\n.]{0,60}\b(?:sandbox|staging|uat)\b/i,
    where: ['prose', 'config'],
    when: (look) =>
      look.tokenError(/invalid_grant|invalid_client|invalid_client_id|unauthorized_client/) &&
      !look.answered(/refresh|authori[sz]ation code|redirect/i) &&
      !look.says(/\btest\.salesforce\.com/i),
    why: 'A sandbox has a login host of its own, and the usual host does not know its users and clients.',
    tell: 'Ask at the login host of the sandbox (Salesforce: test.salesforce.com or its My Domain).',
  },
  {
    id: 'issuer-differs',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.84,
    pattern:
      /\btokens?\b[^\n.]{0,80}\b(?:generated|issued|created|obtained|made|signed|comes)\b[^\n.]{0,40}\b(?:different|another|other|wrong)\b|\biss(?:uer)?\b[^\n.]{0,60}\b(?:differ\w*|mismatch\w*|not (?:the same|equal|match\w*))|\biss(?:uer)?\b[^\n.]{0,60}n[’']t match|\bhost\.docker\.internal\b/i,
    when: (look) => look.endpointStatus(0, 401, 403) && !look.answered(/audience|scope/i),
    why: 'The paste tells that the token was issued under another address than the one that the API trusts.',
    tell: 'Compare the iss claim of the token with the issuer in the settings of the API, letter for letter.',
  },
  {
    id: 'token-of-other-environment',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.88,
    when: (look) =>
      look.endpointStatus(0, 401, 403) &&
      TEST.test(look.context) &&
      LIVE.test(look.context) &&
      !look.answered(/scope|permission|expired(?! ?,)|rate/i),
    why: 'The paste tells of two environments; a token or key of one is refused by the other.',
    tell: 'Make the token in the very environment whose API is called.',
  },
];
