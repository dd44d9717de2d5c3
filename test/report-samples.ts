/** Reports made by hand, one for each thing that a format must be able to show. */
import {
  CODES,
  STAGES,
  instant,
  type Check,
  type Finding,
  type Report,
  type Stage,
  type StageId,
  type StageResult,
} from '../src/core/index.ts';
import { plain, type View } from '../src/render/index.ts';

/** A ladder with a check for every code, as the renderers see it. */
export const ladder: readonly Stage[] = STAGES.map((id) => ({
  id,
  question: `Is the ${id} as it should be?`,
  checks: CODES[id].map(
    (slug) =>
      ({
        code: `${id}/${slug}`,
        severity: 'error',
        blocks: true,
        title: `The ${id} is ${slug.replaceAll('-', ' ')}`,
        page: `What ${slug} means, and how client_credentials tell it from its neighbours.`,
        references: [{ title: 'RFC 6749 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' }],
        look: () => [],
        cause: () => '',
        fix: () => [],
      }) as Check,
  ),
}));

export const view: View = {
  paint: plain,
  width: 80,
  ladder,
  about: {
    provider: 'Genesys Cloud',
    region: 'eu-central-1 (mypurecloud.de)',
    organization: 'Acme Support',
    clientName: 'queue stats',
    clientId: '3f2b8c1e-6a54-4d0f-9b1c-2f7e5d8a9c40',
    endpoints: ['POST /api/v2/analytics/conversations/aggregates/query'],
  },
  command: 'why403 diagnose --region eu-central-1',
  generatedAt: instant(Date.UTC(2026, 10, 23, 9, 30)),
  version: '1.2.3',
};

const clear = (stage: StageId, note = ''): StageResult => ({
  stage,
  status: 'clear',
  findings: [],
  missing: [],
  blockedBy: '',
  note,
});

/** All eight stages; those that are not given are clear. */
function stages(given: Partial<Record<StageId, Partial<StageResult>>>): StageResult[] {
  return STAGES.map((id) => ({ ...clear(id), ...given[id] }));
}

const missingPermission: Finding = {
  code: 'endpoint/missing-permission',
  severity: 'error',
  certainty: 'proved',
  title: 'The client lacks a permission that the endpoint needs',
  cause:
    'POST /api/v2/analytics/conversations/aggregates/query needs analytics:conversationAggregate:view. ' +
    'None of the roles of the client "queue stats" holds it: Employee (division Home).',
  evidence: [
    { at: 'endpoint: status', shows: '403' },
    { at: 'endpoint: response.body.code', shows: 'missing.any.permissions' },
    {
      at: 'endpoint: response.body.message',
      shows:
        'Unable to perform the requested action. You are missing one of the following permissions: [analytics:conversationAggregate:view]',
    },
    { at: 'catalogue', shows: 'ANY of analytics:conversationAggregate:view' },
    {
      at: 'whoami: response.body.OAuthClient.organization.defaultDivisionIdentifier',
      shows: 'roles Employee',
    },
  ],
  fix: [
    {
      who: 'admin',
      action:
        'Give the client a role that holds analytics:conversationAggregate:view, in the divisions whose queues it must see.',
      where: 'Admin > Integrations > OAuth > queue stats > Roles',
      message:
        'Hello,\nthe OAuth client "queue stats" (3f2b8c1e-6a54-4d0f-9b1c-2f7e5d8a9c40) must read queue statistics. ' +
        'Please add a role with the permission Analytics > Conversation Aggregate > View to it, for the division Home.\n' +
        'I will check it with: why403 diagnose',
    },
    { who: 'you', action: 'Wait until the role has spread; that takes some minutes.' },
    {
      who: 'you',
      action: 'Check that the endpoint lets the client in.',
      command:
        "why403 diagnose --region eu-central-1 --endpoint 'POST /api/v2/analytics/conversations/aggregates/query'",
    },
  ],
  references: [
    {
      title: 'OAuth client credentials and roles',
      url: 'https://developer.genesys.cloud/authorization/platform-auth/use-client-credentials',
    },
    { title: 'RFC 6750 §3.1: insufficient_scope', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1' },
  ],
};

const clockSkew: Finding = {
  code: 'connection/clock-skew',
  severity: 'warning',
  certainty: 'proved',
  title: "This machine's clock is 7 minutes slow",
  cause:
    'The server said 09:37:12Z when this machine said 09:30:04Z. Tokens may seem valid after they expired.',
  evidence: [{ at: 'token: response.headers.date', shows: 'Mon, 23 Nov 2026 09:37:12 GMT' }],
  fix: [{ who: 'you', action: 'Let the machine set its clock.', command: 'timedatectl set-ntp true' }],
  references: [],
};

const wrongSecret: Finding = {
  code: 'client/wrong-secret',
  severity: 'error',
  certainty: 'suspected',
  title: 'The secret is not the one that the client has now',
  cause:
    'The login host refused the client without saying why: it answers a wrong secret, an unknown id, a disabled client and another region alike.',
  evidence: [
    { at: 'token: status', shows: '400' },
    { at: 'token: response.body.error', shows: 'invalid_client' },
  ],
  fix: [
    {
      who: 'admin',
      action: 'Look whether the client exists, is active, and make a new secret if nobody knows the old one.',
      where: 'Admin > Integrations > OAuth',
      message: 'Hello,\nplease look up the OAuth client 3f2b8c1e-6a54-4d0f-9b1c-2f7e5d8a9c40.',
    },
    { who: 'you', action: 'Put the new secret where the program reads it.' },
  ],
  references: [{ title: 'RFC 6749 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2' }],
};

const behind = (code: Finding['code'], ...ids: StageId[]): Partial<Record<StageId, Partial<StageResult>>> =>
  Object.fromEntries(ids.map((id) => [id, { status: 'skipped', blockedBy: code }]));

const base = { schema: 1, tool: 'why403', provider: 'genesys-cloud' } as const;

const healthy: Report = {
  ...base,
  stages: stages({ scope: { note: 'Does not apply: on Genesys Cloud a client has roles, not scopes.' } }),
  verdict: { kind: 'healthy', candidates: [] },
};

const warned: Report = {
  ...base,
  stages: stages({ connection: { status: 'found', findings: [clockSkew] } }),
  verdict: { kind: 'healthy', candidates: [] },
};

const proved: Report = {
  ...base,
  stages: stages({
    connection: { status: 'found', findings: [clockSkew] },
    scope: { note: 'Does not apply: on Genesys Cloud a client has roles, not scopes.' },
    endpoint: { status: 'found', findings: [missingPermission] },
  }),
  verdict: {
    kind: 'broken',
    rootCause: 'endpoint/missing-permission',
    certainty: 'proved',
    candidates: [
      {
        code: 'endpoint/missing-permission',
        certainty: 'proved',
        why: 'the answer names the permission',
        tell: '',
      },
    ],
  },
  notes: ['The catalogue of 2026-10-01 was used.'],
};

const suspected: Report = {
  ...base,
  stages: stages({
    client: { status: 'found', findings: [wrongSecret] },
    ...behind('client/wrong-secret', 'grant', 'scope', 'endpoint'),
  }),
  verdict: {
    kind: 'broken',
    rootCause: 'client/wrong-secret',
    certainty: 'suspected',
    candidates: [
      {
        code: 'client/wrong-secret',
        certainty: 'suspected',
        why: 'A rotated or mistyped secret is the most frequent cause of this answer.',
        tell: 'Make a new secret for the client and try it once.',
      },
      {
        code: 'client/unknown',
        certainty: 'suspected',
        why: 'The id may belong to another organisation, or the client was deleted.',
        tell: 'Look for the id under Admin > Integrations > OAuth.',
      },
      {
        code: 'client/disabled',
        certainty: 'suspected',
        why: 'A disabled client is refused with the same words.',
        tell: 'Its row there says Inactive.',
      },
      {
        code: 'request/wrong-region',
        certainty: 'suspected',
        why: 'Each region knows only its own clients.',
        tell: 'The address bar of the admin pages shows the region.',
      },
    ],
  },
};

const unreachable: Report = {
  ...base,
  stages: stages({
    connection: {
      status: 'found',
      findings: [
        {
          code: 'connection/unreachable',
          severity: 'error',
          certainty: 'proved',
          title: 'The login host did not answer',
          cause: 'login.mypurecloud.de refused the connection on port 443.',
          evidence: [{ at: 'token: outcome', shows: 'refused (ECONNREFUSED)' }],
          fix: [
            {
              who: 'you',
              action: 'Look whether this machine reaches the host at all.',
              command: 'curl -sSI https://login.mypurecloud.de/',
            },
          ],
          references: [],
        },
      ],
    },
    ...behind('connection/unreachable', 'client', 'grant', 'scope', 'endpoint'),
  }),
  verdict: {
    kind: 'inconclusive',
    rootCause: 'connection/unreachable',
    certainty: 'proved',
    candidates: [{ code: 'connection/unreachable', certainty: 'proved', why: 'nobody answered', tell: '' }],
  },
};

const unexplained: Report = {
  ...base,
  stages: stages({
    client: { status: 'unknown', missing: ['token'] },
    grant: { status: 'unknown', missing: ['token'] },
    scope: { status: 'unknown', missing: ['token'] },
    endpoint: {
      status: 'unknown',
      missing: ['endpoint POST /api/v2/analytics/conversations/aggregates/query'],
      note: 'not shown',
    },
  }),
  verdict: { kind: 'inconclusive', candidates: [] },
};

const paste = `hi all, i keep getting invalid_grant 😀
here is the curl:
curl -X POST “https://api.mypurecloud.com/api/v2/oauth/token
 -H "Authorization: Basic ••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••"
 -d “grant_type=client_credentials&scope=analytics:reporting”
`;

const at = (piece: string): { from: number; to: number } => {
  const from = paste.indexOf(piece);
  return { from, to: from + piece.length };
};

const pasted: Report = {
  ...base,
  stages: stages({
    credential: {
      status: 'found',
      findings: [
        {
          code: 'credential/placeholder',
          severity: 'note',
          certainty: 'suspected',
          title: 'The credential in the text is masked',
          cause: 'It was masked before it was posted, so nothing can be said about it.',
          evidence: [{ at: 'paste line 4', shows: 'a run of masks', source: at('•'.repeat(92)) }],
          fix: [],
          references: [],
        },
      ],
    },
    request: {
      status: 'found',
      findings: [
        {
          code: 'request/malformed-command',
          severity: 'error',
          certainty: 'proved',
          title: 'The curl command has typographic quotes',
          cause:
            'A shell does not take “ and ” for quotes: the address begins with one, and the & starts a second command.',
          evidence: [
            {
              at: 'paste line 3',
              shows: 'U+201C LEFT DOUBLE QUOTATION MARK, and no closing one',
              source: at('“https'),
            },
            {
              at: 'paste line 5',
              shows: 'the & stands outside of quotes',
              source: at('&scope=analytics:reporting”'),
            },
          ],
          fix: [
            {
              who: 'you',
              action: 'Use straight quotes, and end each line but the last with a backslash.',
              command:
                'curl -X POST "https://login.mypurecloud.com/oauth/token" \\\n  -u "$CLIENT_ID:$CLIENT_SECRET" \\\n  -d "grant_type=client_credentials"',
            },
          ],
          references: [],
        },
      ],
    },
    client: { status: 'unknown', missing: ['token'] },
  }),
  verdict: {
    kind: 'broken',
    rootCause: 'request/malformed-command',
    certainty: 'suspected',
    candidates: [
      {
        code: 'request/malformed-command',
        certainty: 'suspected',
        why: 'As it stands the command cannot work.',
        tell: 'Run the one below.',
      },
    ],
  },
  paste,
};

/** What a server or a forum post could say to break out of a format. */
export const HOSTILE = [
  'plain',
  '\u202egnitset\u202c right to left, zero\u200bwidth, \u001b[31mred\u001b[0m, bell\u0007',
  '<script>alert(1)</script> "\' <img src=x onerror=alert(1)> ]]> <!-- --> &amp; &#x202e;',
  '**bold** [link](javascript:alert(1)) ![img](https://evil.example/x.png) `code` ``` | a | b | @octocat #1 <b>',
  '::error title=x::y\n::set-output name=a::b\r\n::stop-commands::t ##[error]no ##vso[task.complete]',
  'lone \ud800 surrogate, \ufffe not a character, \u0000 nul, 100% \\u{1f600} 日本語 👩‍👩‍👧',
].join('\n');

const hostile: Report = {
  ...base,
  provider: 'generic\u202e',
  stages: stages({
    endpoint: {
      status: 'found',
      note: HOSTILE,
      missing: [HOSTILE],
      findings: [
        {
          code: 'endpoint/policy-denied',
          severity: 'error',
          certainty: 'suspected',
          title: HOSTILE,
          cause: HOSTILE,
          evidence: [
            { at: HOSTILE, shows: HOSTILE },
            { at: 'paste', shows: HOSTILE, source: { from: 7, to: 90 } },
            { at: 'outside', shows: 'a span beyond the end', source: { from: 5000, to: 9000 } },
          ],
          fix: [{ who: 'provider', action: HOSTILE, where: HOSTILE, command: HOSTILE, message: HOSTILE }],
          references: [
            { title: HOSTILE, url: 'javascript:alert(1)' },
            { title: 'x', url: `https://e.example/"><script>` },
          ],
        },
      ],
    },
  }),
  verdict: {
    kind: 'broken',
    rootCause: 'endpoint/policy-denied',
    certainty: 'suspected',
    candidates: [
      { code: 'endpoint/policy-denied', certainty: 'suspected', why: HOSTILE, tell: HOSTILE },
      { code: 'endpoint/ip-blocked', certainty: 'suspected', why: HOSTILE, tell: HOSTILE },
    ],
  },
  notes: [HOSTILE],
  paste: HOSTILE,
};

/** By name; the goldens bear the same names. */
export const reports = {
  healthy,
  warned,
  proved,
  suspected,
  unreachable,
  unexplained,
  pasted,
  hostile,
} as const satisfies Record<string, Report>;
