/** AADSTS codes by number; the table of Microsoft Entra ID has those that need more words. This table is long. */
import { says, type Phrase, type Ranked } from './phrase.ts';

const CODES = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';

type Row = readonly [numbers: string, ...causes: [Ranked, ...Ranked[]]];

/** Words of the path where the tenant should be. */
const PATH_WORD =
  '(?=[^\\n]*(?:[\'"`]|\\btenant )(?:token|authorize|oauth2|v2\\.0|adminconsent|login|organizations|consumers)(?:[\'"`]| not found))';

const ROWS: readonly Row[] = [
  [
    '700016(?=[^\\n]*identifier [\'"`]?(?:undefined|null|none|nil)\\b)',
    [
      'credential/missing',
      0.97,
      'Entra quotes back the word for nothing as the id: the program read an empty setting.',
      'Compare the name of the variable with the one that the program reads, and print it where it runs.',
    ],
    ['client/unknown', 0.1],
  ],
  [
    `90002${PATH_WORD} 900023${PATH_WORD}`,
    [
      'request/wrong-endpoint',
      0.92,
      'Entra takes a word of the path for the tenant: the tenant is missing from the URL, the path stands in it twice, or the older path without v2.0 was asked, which knows no organizations and consumers.',
      'The URL reads https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token.',
    ],
    ['request/wrong-region', 0.5],
  ],
  [
    '900144(?=[^\\n]*grant_?type) 90014(?=[^\\n]*grant_?type) 50001(?=[^\\n]*grant_type)',
    [
      'request/json-body',
      0.8,
      'Entra saw no grant_type: it reads a form, and neither JSON nor the query string.',
    ],
    ['request/missing-grant-type', 0.76],
    ['request/wrong-content-type', 0.5],
  ],
  [
    '900144(?=[^\\n]*client_id) 90014(?=[^\\n]*client_id)',
    ['credential/missing', 0.7, 'Entra saw no client_id in the body.'],
    ['request/json-body', 0.5],
    ['request/wrong-content-type', 0.4],
  ],
  [
    '900144(?=[^\\n]*(?:client_secret|client_assertion)) 90014(?=[^\\n]*client_secret) 70002(?=[^\\n]*must contain)',
    ['credential/missing', 0.75],
    ['client/auth-method-mismatch', 0.65],
    ['client/public', 0.4],
  ],
  [
    '900144(?=[^\\n]*code\\b) 90014(?=[^\\n]*code\\b)',
    ['grant/code-invalid', 0.6],
    ['request/json-body', 0.45],
  ],
  [
    '900144(?=[^\\n]*refresh_token)',
    ['grant/refresh-token-invalid', 0.7, 'No refresh token was sent.'],
    ['grant/wrong-type-sent', 0.5],
  ],
  [
    '500011(?=[^\\n]*principal named [^\\n ]{0,120}default)',
    [
      'scope/malformed',
      0.85,
      'The name that was looked for ends in default: the slash before .default is missing or misplaced.',
    ],
    ['scope/wrong-audience', 0.4],
  ],
  ['900144(?=[^\\n]*resource)', ['scope/not-requested', 0.75], ['scope/wrong-audience', 0.5]],
  [
    '90014(?=[^\\n]*\\bscope\\b)',
    ['scope/not-requested', 0.9, 'No scope arrived with the request.'],
    ['request/json-body', 0.3],
  ],
  [
    '90023(?=[^\\n]*[Pp]ublic client)',
    [
      'client/public',
      0.85,
      'The app is registered for public clients (mobile, desktop), which send no secret.',
    ],
    ['client/auth-method-mismatch', 0.5],
  ],
  [
    '50012(?=[^\\n]*(?:time range|expired|not within)) 700024 7000214(?=[^\\n]*time)',
    [
      'connection/clock-skew',
      0.85,
      'The signed assertion lies outside its valid time: the clock of the machine that signs it is wrong, or it was kept too long.',
      'Compare `date -u` with the time in the answer.',
    ],
    ['client/auth-method-mismatch', 0.3],
  ],
  ['50012(?=[^\\n]*[Ii]nvalid client secret)', ['client/wrong-secret', 0.9], ['request/wrong-region', 0.2]],
  [
    '50012 700023 700030 5002723 50027',
    ['client/auth-method-mismatch', 0.6],
    ['client/wrong-secret', 0.4],
    ['connection/clock-skew', 0.35],
  ],
  [
    '50013 5002738 501314',
    ['scope/wrong-audience', 0.6],
    ['endpoint/token-malformed', 0.4],
    ['connection/clock-skew', 0.3],
  ],
  [
    '900432 900439 900384 90051 900491',
    [
      'request/wrong-region',
      0.92,
      'The application lives in another cloud (government, China) than the login host that was asked.',
      'US government: login.microsoftonline.us; China: login.partner.microsoftonline.cn.',
    ],
    ['request/wrong-endpoint', 0.3],
  ],
  [
    '90036 900371 90015 90016 90027 90087',
    ['request/wrong-endpoint', 0.5],
    ['request/malformed-command', 0.4],
    ['connection/outage', 0.35],
  ],
  [
    '50003 50006 50007 50008 75011 7500514',
    ['client/auth-method-mismatch', 0.5],
    ['client/wrong-secret', 0.35],
  ],
  [
    '50020 90072 50177 50178 500207',
    [
      'request/wrong-region',
      0.75,
      'The account belongs to another tenant, or is of a kind that this application does not admit.',
      'Compare the tenant of the account with the tenant in the URL, and the supported account types of the app registration.',
    ],
    ['endpoint/policy-denied', 0.35],
    ['endpoint/consent-missing', 0.25],
  ],
  [
    '500208 500212 50177 50107 500200 500202 500203 500212',
    ['request/wrong-region', 0.55],
    ['endpoint/policy-denied', 0.5],
  ],
  [
    '50131 50133 500133 70043 50173 50078 50132',
    ['grant/refresh-token-invalid', 0.85],
    ['endpoint/policy-denied', 0.35],
  ],
  [
    '50053',
    [
      'endpoint/policy-denied',
      0.6,
      'Too many wrong passwords, or an address of bad repute: sign-in is held back.',
    ],
    ['endpoint/ip-blocked', 0.45],
    ['client/wrong-secret', 0.45],
  ],
  [
    '50057 50144 135010',
    ['client/disabled', 0.75, 'The account is disabled, or its password has expired.'],
    ['client/wrong-secret', 0.4],
  ],
  [
    '50058 50129 16000 16001 16003 165900',
    ['grant/wrong-type-sent', 0.5, 'Nobody is signed in, and the request asked not to show a page.'],
    ['endpoint/consent-missing', 0.4],
    ['endpoint/policy-denied', 0.3],
  ],
  [
    '51004 90123 50034',
    ['request/wrong-region', 0.6, 'The account does not exist in the directory that was asked.'],
    ['client/wrong-secret', 0.5],
  ],
  [
    '53011 53009 53010 53001 53002 53000 530021 530022 5300036 530035',
    ['endpoint/policy-denied', 0.93],
    ['endpoint/ip-blocked', 0.25],
  ],
  [
    "650053(?=[^\\n]{0,80}asked\\sfor\\sscope\\s'[^'\\n]*[,;+][^'\\n]*')",
    [
      'scope/malformed',
      0.9,
      'Microsoft quotes several scopes as one: they were not separated by a blank.',
      'The scope parameter separates scopes by one blank.',
    ],
    ['scope/unknown', 0.3],
  ],
  [
    "650053(?=[^\\n]{0,80}asked\\sfor\\sscope\\s'[\\w.:/-]+')",
    [
      'scope/unknown',
      0.88,
      'The resource has no scope with the name that Microsoft quotes; a name without a resource before it is looked for at Microsoft Graph.',
      'Compare it with the permissions reference of the resource; a scope of another API is written with its application ID URI in front.',
    ],
    ['scope/wrong-audience', 0.4],
    ['scope/malformed', 0.2],
  ],
  [
    '650054 650053(?=[^\\n]*00000003-0000-0000)',
    [
      'scope/unknown',
      0.75,
      'A scope without a resource before it is taken as one of Microsoft Graph, which has none of this name.',
      'Write it as <application id URI>/<scope>.',
    ],
    ['scope/malformed', 0.5],
    ['scope/wrong-audience', 0.4],
  ],
  [
    '650055 500014 5000224',
    [
      'client/disabled',
      0.65,
      'The resource (its service principal) is disabled in this tenant, or the tenant’s subscription has lapsed.',
    ],
    ['endpoint/feature-missing', 0.55],
  ],
  [
    '65005(?=[^\\n]*(?:resource|access)) 650052 65002',
    ['endpoint/feature-missing', 0.5],
    ['scope/wrong-audience', 0.48],
    ['endpoint/consent-missing', 0.45],
  ],
  ['67016 67003 900982 901002', ['scope/malformed', 0.5], ['request/wrong-endpoint', 0.4]],
  [
    '70002(?=[^\\n]*(?:invalid_grant|70008|54005)) 70000(?=[^\\n]*(?:expired|redeemed))',
    ['grant/code-invalid', 0.75],
    ['grant/refresh-token-invalid', 0.5],
  ],
  [
    '70005 700051 70007 700054 70003',
    ['grant/not-allowed', 0.85, 'The response type or grant is not switched on for this application.'],
    ['grant/wrong-type-sent', 0.4],
  ],
  ['70012 90020 90022 50196', ['connection/outage', 0.6], ['endpoint/rate-limited', 0.4]],
  [
    '70016 70020 70019 70018',
    ['grant/code-invalid', 0.75, 'The device code is pending, expired or wrong.'],
    ['grant/not-allowed', 0.2],
  ],
  [
    '7000012 7000014 7000016',
    [
      'grant/code-invalid',
      0.7,
      'The grant was obtained for another tenant, or is not one of this application.',
    ],
    ['request/wrong-region', 0.5],
  ],
  ['700020 700022', ['scope/not-allowed', 0.5], ['scope/malformed', 0.45]],
  [
    '7000215(?=[^\\n]*(?:not the client secret ID|secret ID))',
    [
      'client/wrong-secret',
      0.85,
      'The secret is wrong: Entra itself says that the value is wanted and not the secret’s ID.',
    ],
    ['credential/needs-form-encoding', 0.15],
  ],
  [
    '7000272 7000273 7000274 7000275 700224 700225 700226',
    ['client/auth-method-mismatch', 0.7],
    ['client/wrong-secret', 0.3],
  ],
  ['7000116 7000117', ['client/disabled', 0.95]],
  [
    '90013 90014 90006 90012 90007 90024',
    ['request/malformed-command', 0.45],
    ['request/json-body', 0.35],
    ['connection/outage', 0.2],
  ],
  [
    '9002313 900910',
    ['request/malformed-command', 0.5],
    ['request/json-body', 0.4],
    ['request/wrong-content-type', 0.35],
  ],
  [
    '9002332 9002331 9002341 50197',
    [
      'request/wrong-endpoint',
      0.6,
      'The application takes another kind of account than this endpoint serves.',
    ],
    ['request/wrong-region', 0.4],
  ],
  ['9000101 900383 90130 90010', ['request/wrong-endpoint', 0.75], ['request/wrong-region', 0.35]],
  [
    '90009 90056 90102 90112',
    ['grant/not-allowed', 0.4],
    ['request/wrong-endpoint', 0.4],
    ['client/unknown', 0.3],
  ],
  [
    '1000000 1000002 1000031',
    ['client/unknown', 0.5],
    ['request/wrong-region', 0.45],
    ['client/disabled', 0.3],
  ],
  ['100007 100032', ['client/auth-method-mismatch', 0.4], ['grant/not-allowed', 0.3]],
  [
    '120002 120003 120004 120005 120008 120009 120011 120012 120013 120014 120015 120016',
    ['client/wrong-secret', 0.6],
    ['endpoint/policy-denied', 0.3],
  ],
  ['130004 130005 130006 130007 130500', ['endpoint/policy-denied', 0.6]],
  ['135011 50187 50155', ['endpoint/policy-denied', 0.8]],
  ['240001 240002', ['endpoint/missing-permission', 0.6], ['endpoint/user-context', 0.4]],
  [
    '501241 50124 50125 50127 500021 500022',
    [
      'endpoint/policy-denied',
      0.7,
      'A policy of the tenant (tenant restrictions, token protection) denies it.',
    ],
    ['request/wrong-region', 0.25],
  ],
  ['50085 50089 50130 50135 50140 50143', ['grant/refresh-token-invalid', 0.6], ['grant/code-invalid', 0.3]],
  ['501481 9002325 50148', ['grant/pkce-mismatch', 0.85], ['client/public', 0.3]],
  [
    '9002326 9002327',
    [
      'client/auth-method-mismatch',
      0.75,
      'A code of a single-page app may be redeemed by a browser only (with an Origin), and others’ only without: the platform of the redirect URI is the wrong one.',
    ],
    ['grant/redirect-uri-mismatch', 0.5],
    ['client/public', 0.4],
  ],
];

/** Rows for codes by number; they stand before those of the table. */
export const entraCodes: readonly Phrase[] = ROWS.map(([numbers, ...causes]) => {
  const either = numbers.split(/ (?=\d)/).join('|');
  return says(new RegExp(`AADSTS(?:${either})(?!\\d)|\\berror_codes: (?:${either})(?!\\d)`), causes, CODES);
});
