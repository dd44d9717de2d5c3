/** Microsoft Entra ID: the AADSTS codes, and the words of Microsoft Graph and ADFS beside them. This table is long. */
import type { Exchange, Scene } from '../../core/index.ts';
import { entraCodes } from './entra-codes.ts';
import { microsoftApis } from './microsoft-apis.ts';
import { contextOf, says, wordsOf, type Phrase, type Ranked } from './phrase.ts';
import type { Vendor } from './vendor.ts';

const CODES = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';
const GRAPH = 'https://learn.microsoft.com/graph/errors';
const GRAPH_AUTH = 'https://learn.microsoft.com/graph/resolve-auth-errors';
const CLIENT_CREDENTIALS =
  'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow';
const ADFS =
  'https://learn.microsoft.com/windows-server/identity/ad-fs/overview/ad-fs-openid-connect-oauth-flows-scenarios';

/** A row for one or several AADSTS numbers. */
function aadsts(
  numbers: string,
  causes: readonly [Ranked, ...Ranked[]],
  more: Partial<Pick<Phrase, 'forced' | 'proves' | 'when'>> = {},
): Phrase {
  return says(
    new RegExp(
      `AADSTS(?:${numbers.replaceAll(' ', '|')})\\b|\\berror_codes: (?:${numbers.replaceAll(' ', '|')})\\b`,
    ),
    causes,
    CODES,
    more,
  );
}

const APP_ONLY =
  /client[ _]credentials|ClientSecretCredential|AcquireTokenForClient|acquire_token_for_client|acquireTokenByClientCredential|ClientCredentialProvider/i;

/** The scope named in AADSTS1002012 and 70011 is none that a Microsoft API has: neither a URI, a GUID nor `Name.Verb`. */
function foreignScope(exchange: Exchange, scene: Scene): boolean {
  const scope =
    /(?:value for scope|The scope|input parameter 'scope'[^\n]{0,60}?scope) '?([^\s']+)'? (?:is not|isn't) valid/.exec(
      wordsOf(exchange, scene),
    )?.[1];
  if (scope === undefined) return false;
  return /^[a-z]+(?:[-:_][a-z]+)+$/.test(scope) && !/^offline_access$/.test(scope);
}

/** A resource without a scope after it: `https://graph.microsoft.com`. */
function bareResource(exchange: Exchange, scene: Scene): boolean {
  return /The scope '?(?:https:\/\/[\w.-]+\/?|api:\/\/[\w-]+\/?|[\da-f]{8}-[\da-f-]{27})(?: (?:openid|profile|email|offline_access)){0,4}'? (?:is not|isn't) valid/i.test(
    wordsOf(exchange, scene),
  );
}

/** The person says that the permissions were added, and nothing of consent or granting. */
function addedNotGranted(_: Exchange, scene: Scene): boolean {
  const context = contextOf(scene);
  const added =
    /\b(?:add|added|adding|gave|give|giving|set|assigned|selected|configured|registered)\b[^.\n]{0,80}\b(?:permissions?|scopes?|roles?)\b|permissions? (?:are|were|is) (?:added|set|configured|assigned)/i;
  const granted = /\bgrant(?:ed|ing|s)?\b|\bconsent/i;
  return added.test(context) && !granted.test(context);
}

const secretRows: readonly Phrase[] = [
  aadsts(
    '7000222',
    [
      [
        'client/wrong-secret',
        0.95,
        'Entra says that the client secret has expired.',
        'Certificates & secrets of the app registration shows the date.',
      ],
    ],
    {
      forced: true,
      proves: 'connection',
    },
  ),
  aadsts('7000215 70002', [
    [
      'client/wrong-secret',
      0.85,
      'Entra says that the client secret is wrong; often the secret’s ID was copied and not its value.',
      'Certificates & secrets: the value is shown only once, the ID always. A GUID is never the value.',
    ],
    ['credential/needs-form-encoding', 0.2],
    ['request/wrong-region', 0.15],
  ]),
  aadsts('7000216', [
    ['credential/missing', 0.6, 'Entra wants a client secret or an assertion and got neither.'],
    ['client/auth-method-mismatch', 0.5],
  ]),
  aadsts('7000218', [
    [
      'client/auth-method-mismatch',
      0.7,
      'Entra treats the client as a confidential one (platform Web) and got neither secret nor assertion; a browser or desktop app has none to send.',
      'Authentication of the app registration: a browser app belongs under Single-page application, a desktop app under Mobile and desktop or "Allow public client flows".',
    ],
    ['client/public', 0.55],
    ['credential/missing', 0.45],
  ]),
  aadsts('700025', [
    [
      'client/public',
      0.6,
      'The client is a public one (its redirect URI is registered under Single-page application or Mobile and desktop), so it must not send a secret; a service needs the platform Web.',
      'Authentication of the app registration: under which platform does the redirect URI stand?',
    ],
    ['client/auth-method-mismatch', 0.58],
  ]),
  aadsts('700027 700024 50012 700021 7000214 700030', [
    [
      'client/auth-method-mismatch',
      0.55,
      'The signed assertion of the client could not be validated: another certificate, another audience, or a time that has passed.',
      'Compare the thumbprint of the certificate with the one uploaded to the app registration.',
    ],
    ['client/wrong-secret', 0.45],
    ['connection/clock-skew', 0.3],
  ]),
  aadsts('700213 700211 700212 7002138', [
    [
      'client/auth-method-mismatch',
      0.7,
      'No federated credential of the app registration matches the assertion (issuer, subject or audience).',
    ],
    ['client/unknown', 0.2],
  ]),
];

const clientRows: readonly Phrase[] = [
  aadsts('700016', [
    [
      'client/unknown',
      0.75,
      'No application with this id exists in the tenant that was asked: deleted, never installed there, or a wrong id.',
      'Entra admin center, Enterprise applications of that tenant: is there one with this application id?',
    ],
    [
      'request/wrong-region',
      0.6,
      'The request may have gone to another tenant than the one in which the application lives.',
      'Compare the tenant in the token URL with the directory id on the overview page of the app registration.',
    ],
    ['client/disabled', 0.2],
  ]),
  aadsts('700038 900021 900144(?=[^\\n]*client_id)', [
    ['credential/missing', 0.6, 'The client id is empty or no valid application id.'],
    ['credential/placeholder', 0.55],
  ]),
  aadsts(
    '7000112 7000113 70001(?=[^\\n]*disabled)',
    [['client/disabled', 0.9, 'The application is disabled in this tenant.']],
    {
      forced: true,
    },
  ),
  aadsts('70001', [
    ['client/unknown', 0.75],
    ['request/wrong-region', 0.5],
  ]),
  aadsts('90002 900023 90019 90013(?=[^\\n]*tenant) 50020(?=[^\\n]*tenant) 90072 50128 50059 900382', [
    [
      'request/wrong-region',
      0.85,
      'The tenant in the URL does not exist, or is not the one of this account or application.',
      'Compare the tenant in the token URL with the directory (tenant) id of the app registration.',
    ],
    ['request/wrong-endpoint', 0.3],
    ['credential/placeholder', 0.2],
  ]),
  aadsts('50194 9001023 90130', [
    [
      'request/wrong-region',
      0.8,
      'The application is not multi-tenant (or this account or flow cannot use it), so /common is the wrong place; its own tenant must be named.',
    ],
    ['request/wrong-endpoint', 0.6],
  ]),
  aadsts('900561 900971 9000411', [
    [
      'request/wrong-endpoint',
      0.7,
      'The endpoint takes only POST requests (or only one answer address), so the request was sent in another way than it must be.',
    ],
    ['request/malformed-command', 0.3],
  ]),
  aadsts('50105', [
    [
      'endpoint/policy-denied',
      0.75,
      'The application demands an assignment, and the user or client is not assigned to a role of it.',
    ],
    ['endpoint/missing-permission', 0.7],
  ]),
  aadsts('501051', [
    [
      'endpoint/missing-permission',
      0.75,
      'The calling application is not assigned to a role of the application that it asks a token for.',
    ],
    ['endpoint/consent-missing', 0.5],
  ]),
];

const grantRows: readonly Phrase[] = [
  aadsts(
    '700082',
    [['grant/refresh-token-invalid', 0.97, 'The refresh token has expired through inactivity.']],
    { forced: true },
  ),
  aadsts(
    '700084',
    [
      [
        'grant/refresh-token-invalid',
        0.97,
        'A refresh token of a single-page app lives for 24 hours and cannot be extended.',
      ],
    ],
    { forced: true },
  ),
  aadsts(
    '50173 50089 70008(?=[^\\n]*refresh) 700081 700083 70043 50133 50132 50078 500133 70000(?=[^\\n]*refresh)',
    [
      [
        'grant/refresh-token-invalid',
        0.9,
        'The grant was revoked or has expired: the password changed, the session was ended, or the token grew too old.',
      ],
      ['endpoint/policy-denied', 0.2],
    ],
  ),
  aadsts('54005 70008 700009 70000(?=[^\\n]*code) 9002313(?=[^\\n]*code)', [
    ['grant/code-invalid', 0.85, 'The authorization code was already used or has expired.'],
    ['grant/refresh-token-invalid', 0.3],
  ]),
  aadsts('70000', [
    ['grant/code-invalid', 0.55],
    ['grant/refresh-token-invalid', 0.5],
    ['grant/redirect-uri-mismatch', 0.2],
  ]),
  aadsts(
    '50011 500117 50117 500112 900971 700054(?=[^\\n]*redirect)',
    [
      [
        'grant/redirect-uri-mismatch',
        0.95,
        'The redirect URI of the request is not one that is registered for the application.',
        'Authentication of the app registration: the URI must stand there letter for letter.',
      ],
    ],
    { forced: true },
  ),
  aadsts('9002325 9002326 9002327 50148 501481 700005 501482', [
    [
      'grant/pkce-mismatch',
      0.7,
      'The proof key is missing or does not match, or a code of a single-page app is redeemed from somewhere else.',
    ],
    ['client/auth-method-mismatch', 0.45],
    ['grant/redirect-uri-mismatch', 0.3],
  ]),
  aadsts('70003 700054 700051 7000114 50125(?=[^\\n]*grant) 700007', [
    ['grant/not-allowed', 0.85, 'The application is not allowed to use this grant or response type.'],
    ['grant/wrong-type-sent', 0.3],
  ]),
  aadsts('70004 90023', [
    ['grant/wrong-type-sent', 0.5],
    ['grant/redirect-uri-mismatch', 0.4],
    ['request/malformed-command', 0.3],
  ]),
  aadsts('50126 50034 50056 50053 50055 50057 50144 50064 50068', [
    [
      'client/wrong-secret',
      0.55,
      'The name or the password of the user was refused (a password grant); that is no matter of the client.',
    ],
    ['client/disabled', 0.3],
    ['request/wrong-region', 0.25],
  ]),
  aadsts('900144(?=[^\\n]*scope) 90014(?=[^\\n]*scope)', [
    ['scope/not-requested', 0.85, 'The v2.0 endpoint demands a scope parameter.'],
    ['request/wrong-endpoint', 0.3],
  ]),
  aadsts('900144 90014 9002313 9001013', [
    [
      'request/malformed-command',
      0.45,
      'The request is malformed: a parameter that is needed is missing or spoiled.',
    ],
    ['request/json-body', 0.4],
    ['request/missing-grant-type', 0.35],
    ['grant/code-invalid', 0.3],
  ]),
];

const scopeRows: readonly Phrase[] = [
  aadsts(
    '1002012 70011',
    [
      [
        'request/wrong-endpoint',
        0.9,
        'The scope has the form of another authorization server, so the request went to Microsoft and belonged elsewhere.',
        'Read in the documentation of the API which server issues its tokens.',
      ],
      ['scope/malformed', 0.5],
      ['scope/unknown', 0.45],
      ['scope/wrong-audience', 0.4],
    ],
    { when: foreignScope },
  ),
  says(
    /AADSTS1002012\b|AADSTS70011\b[^\n]{0,300}(?:\.default|Client credential)/,
    [
      [
        'scope/malformed',
        0.85,
        'Client credentials take one scope only: the resource’s identifier followed by /.default. Delegated scopes such as user_impersonation do not fit.',
        'The scope parameter must read https://resource/.default.',
      ],
      ['scope/unknown', 0.4],
      ['scope/not-allowed', 0.35],
    ],
    CLIENT_CREDENTIALS,
  ),
  aadsts(
    '70011',
    [
      [
        'scope/malformed',
        0.8,
        'The scope is the name of a resource and no scope of it: /.default (client credentials) or a permission must follow.',
      ],
      ['scope/unknown', 0.45],
      ['scope/wrong-audience', 0.35],
    ],
    { when: bareResource },
  ),
  aadsts(
    '70011',
    [
      [
        'scope/malformed',
        0.8,
        'The paste gets a token for a program: client credentials take one scope only, the resource’s identifier followed by /.default.',
        'The scope parameter must read https://resource/.default.',
      ],
      ['scope/unknown', 0.5],
      ['scope/not-allowed', 0.4],
    ],
    { when: (_, scene) => APP_ONLY.test(contextOf(scene)) },
  ),
  aadsts('70011 1002016 28002 28003 650053', [
    [
      'scope/unknown',
      0.65,
      'The resource has no scope with this name, or the scope is not one that the endpoint takes.',
    ],
    ['scope/malformed', 0.6],
    ['scope/not-allowed', 0.35],
  ]),
  aadsts('500011 650057 50001 650052', [
    [
      'scope/wrong-audience',
      0.75,
      'The resource that the token is asked for is not known in this tenant, or not among the API permissions of the application.',
    ],
    ['request/wrong-region', 0.4],
    ['endpoint/consent-missing', 0.35],
    ['scope/unknown', 0.3],
  ]),
  aadsts('65001 65004 90094 650056 90093 90095 650051 90008 900941 900981', [
    [
      'endpoint/consent-missing',
      0.9,
      'Nobody with the right to do so has consented to what the application asks for.',
      'API permissions of the app registration: is the status "Granted for …"?',
    ],
    ['scope/not-allowed', 0.3],
  ]),
  aadsts('65002 65005', [
    [
      'scope/not-allowed',
      0.65,
      'The application asks for something that its registration or the owner of the API does not allow.',
    ],
    ['endpoint/consent-missing', 0.5],
    ['scope/wrong-audience', 0.3],
  ]),
];

const policyRows: readonly Phrase[] = [
  aadsts(
    '53003 53000 53001 53002 53004 530003 530002 530032 53009 53010 53011 530034 500571 50097 50158 5300035',
    [
      [
        'endpoint/policy-denied',
        0.9,
        'A Conditional Access policy denies the sign-in.',
        'The sign-in log of Entra ID names the policy under "Conditional Access".',
      ],
      ['endpoint/ip-blocked', 0.3],
    ],
  ),
  aadsts('50076 50079 50072 50074 50129 50131 50155 50005', [
    [
      'endpoint/policy-denied',
      0.8,
      'A policy demands a second factor or a managed device, which a service cannot give.',
    ],
    ['grant/wrong-type-sent', 0.3],
  ]),
  aadsts('90033 90055 50196 9000410 90009', [
    ['endpoint/rate-limited', 0.6],
    ['connection/outage', 0.5],
  ]),
];

const graphRows: readonly Phrase[] = [
  says(
    /Authorization_RequestDenied|Insufficient privileges to complete the operation/i,
    [
      [
        'endpoint/consent-missing',
        0.83,
        'The permissions seem to be added and not consented to: only after "Grant admin consent" do they stand in the token.',
        'Look at the roles claim of the token at jwt.ms: is the permission there? If not, consent is missing.',
      ],
      ['endpoint/missing-permission', 0.7],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    GRAPH_AUTH,
    { when: addedNotGranted },
  ),
  says(
    /Authorization_RequestDenied|Insufficient privileges to complete the operation/i,
    [
      [
        'endpoint/missing-permission',
        0.75,
        'The token carries no permission that this call takes; for client credentials it must be an application permission, not a delegated one.',
        'Compare the roles claim of the token with the "Application" row of the call’s documentation.',
      ],
      ['endpoint/consent-missing', 0.6],
      ['endpoint/user-context', 0.2],
    ],
    GRAPH_AUTH,
  ),
  says(
    /Authorization_IdentityNotFound|identity of the calling application could not be established/i,
    [
      [
        'request/wrong-region',
        0.6,
        'The application has no service principal in the tenant that the token is for; /common or another tenant was asked.',
      ],
      ['endpoint/token-wrong-environment', 0.55],
      ['endpoint/consent-missing', 0.4],
    ],
    GRAPH_AUTH,
  ),
  says(
    /Invalid audience|InvalidAudience|audience (?:is invalid|validation failed)/i,
    [['scope/wrong-audience', 0.95, 'The token is for another API than the one that was called.']],
    GRAPH_AUTH,
  ),
  says(
    /me request is only valid with delegated authentication flow|requires (?:a )?delegated|not supported in app-only|app-only (?:tokens?|access|context)|BadRequest[^\n]{0,60}\/me request/i,
    [
      [
        'endpoint/user-context',
        0.95,
        'The call is about the signed-in user, and an application token has none.',
        'Use /users/{id} in place of /me.',
      ],
    ],
    GRAPH,
    { forced: true },
  ),
  says(
    /Lifetime validation failed|token is expired|CompactToken validation failed with reason code: 80049228|Access token has expired/i,
    [['endpoint/token-expired', 0.9]],
    GRAPH_AUTH,
  ),
  says(
    /CompactToken parsing failed|IDX12741|IDX12709|IDX14100|JWT is not well formed|CompactToken validation failed with reason code: 80049217|token (?:contains|is) (?:not|an invalid)|Access token is empty/i,
    [['endpoint/token-malformed', 0.9]],
    GRAPH_AUTH,
    { on: 'endpoint' },
  ),
  says(
    /IDX10214|IDX10208|SecurityTokenInvalidAudienceException/i,
    [
      [
        'scope/wrong-audience',
        0.9,
        'The API refuses the audience of the token: the scope of this API was not asked for, or the API expects another name.',
      ],
      ['scope/not-requested', 0.4],
    ],
    'https://learn.microsoft.com/aspnet/core/security/authentication/configure-jwt-bearer-authentication',
  ),
  says(
    /IDX10205|IDX10204|SecurityTokenInvalidIssuerException|IDX1050[0-9]|IDX10501|SecurityTokenSignatureKeyNotFound|IDX10511/i,
    [
      [
        'endpoint/token-wrong-environment',
        0.8,
        'The API does not accept the issuer or the key of the token: another tenant, version or environment issued it.',
      ],
      ['scope/wrong-audience', 0.4],
      ['endpoint/token-malformed', 0.2],
    ],
    'https://learn.microsoft.com/aspnet/core/security/authentication/configure-jwt-bearer-authentication',
  ),
  says(
    /ErrorAccessDenied|Access is denied\. Check credentials|MissingClaimScope|Missing (?:role|scope) permissions|scp or roles claim|either scp or roles/i,
    [
      ['endpoint/missing-permission', 0.75],
      ['endpoint/consent-missing', 0.6],
      ['endpoint/policy-denied', 0.3],
    ],
    GRAPH,
    { on: 'endpoint' },
  ),
  says(
    /AuthorizationFailed|does not have authorization to perform action/i,
    [
      [
        'endpoint/missing-permission',
        0.9,
        'The service principal holds no Azure role with this action on this scope.',
        'Access control (IAM) of the resource: the role assignments of the service principal.',
      ],
      ['endpoint/missing-division', 0.3],
    ],
    'https://learn.microsoft.com/azure/role-based-access-control/troubleshooting',
  ),
  says(
    /InvalidAuthenticationTokenTenant|wrong issuer/i,
    [
      ['endpoint/token-wrong-environment', 0.9],
      ['request/wrong-region', 0.6, 'The token was asked for at another tenant’s address.'],
    ],
    GRAPH_AUTH,
  ),
  says(
    /InvalidAuthenticationToken\b/i,
    [
      ['endpoint/token-malformed', 0.55],
      ['endpoint/token-expired', 0.5],
      ['scope/wrong-audience', 0.45],
    ],
    GRAPH_AUTH,
  ),
];

/** Messages of AADSTS codes as people quote them without the number. */
const withoutNumber: readonly Phrase[] = [
  says(
    /resource principal named/i,
    [
      [
        'scope/wrong-audience',
        0.8,
        'The resource is not known in this tenant: its identifier is mistyped (it ends with the host), or belongs to another tenant.',
        'The resource must be the application ID URI of the API, without a path behind it.',
      ],
      ['request/wrong-region', 0.4],
      ['scope/unknown', 0.3],
    ],
    CODES,
  ),
  says(
    /asked for scope ?'[^'\n]{1,120}' ?that doesn't exist on the resource ?'00000003-0000-0000/i,
    [
      [
        'scope/unknown',
        0.75,
        'A scope without a resource before it is taken as one of Microsoft Graph, which has none of this name.',
        'Write it as <application id URI>/<scope>.',
      ],
      ['scope/malformed', 0.5],
      ['scope/wrong-audience', 0.4],
    ],
    CODES,
    { when: (x, scene) => !/scope ?'[^'\n]{1,60},/.test(wordsOf(x, scene)) },
  ),
  says(
    /has not consented to use the application|needs permission to access resources in your organization|admin approval required/i,
    [['endpoint/consent-missing', 0.92]],
    CODES,
  ),
  says(
    /reply (?:URL|address) specified in the request does not match/i,
    [['grant/redirect-uri-mismatch', 0.96]],
    CODES,
  ),
  says(
    /Selected user account does not exist in tenant|Tenant '?[\w.-]{1,80}'? not found/i,
    [
      ['request/wrong-region', 0.85],
      ['endpoint/policy-denied', 0.25],
    ],
    CODES,
  ),
];

const adfsRows: readonly Phrase[] = [
  says(
    /MSIS9631|Multiple client authentication methods/i,
    [['header/duplicate-credentials', 0.95, 'ADFS got the credentials in the header and in the body.']],
    ADFS,
    { forced: true },
  ),
  says(
    /MSIS9(?:329|602)|'resource' parameter[^\n]{0,60}(?:invalid|does not correspond)/i,
    [
      [
        'scope/wrong-audience',
        0.9,
        'The resource that is asked for is not the identifier of a relying party or Web API in ADFS.',
        'Compare it, letter for letter, with the identifiers of the relying party trust (Get-AdfsRelyingPartyTrust).',
      ],
      ['scope/unknown', 0.2],
    ],
    ADFS,
  ),
  says(
    /MSIS9605\b/i,
    [
      [
        'endpoint/consent-missing',
        0.6,
        'The client was not granted the Web API that is asked for.',
        'Get-AdfsApplicationPermission shows what it has; Grant-AdfsApplicationPermission gives it.',
      ],
      ['scope/not-allowed', 0.56],
      ['scope/wrong-audience', 0.45],
      ['client/unknown', 0.2],
    ],
    ADFS,
  ),
  says(
    /MSIS9(?:607|223)\b/i,
    [
      ['client/unknown', 0.9, 'ADFS has no client with this identifier.'],
      ['request/wrong-region', 0.3],
    ],
    ADFS,
  ),
  says(
    /MSIS9(?:604|608|321)/i,
    [
      ['client/unknown', 0.5],
      ['scope/wrong-audience', 0.45],
      ['grant/not-allowed', 0.3],
    ],
    ADFS,
  ),
  says(
    /MSIS9611\b[^\n]{0,200}(?:grant|authorization_code)/i,
    [
      ['grant/not-allowed', 0.6, 'This ADFS, or its version, does not take the grant type that was sent.'],
      ['grant/wrong-type-sent', 0.5],
      ['request/json-body', 0.15],
    ],
    ADFS,
  ),
  says(
    /MSIS9615\b/i,
    [
      ['grant/refresh-token-invalid', 0.92],
      ['grant/code-invalid', 0.1],
    ],
    ADFS,
  ),
  says(
    /MSIS9612\b/i,
    [
      ['grant/code-invalid', 0.88],
      ['grant/redirect-uri-mismatch', 0.2],
    ],
    ADFS,
  ),
  says(
    /MSIS9(?:606|609)|MSIS3127|MSIS9325/i,
    [
      ['grant/code-invalid', 0.5],
      ['scope/wrong-audience', 0.4],
      ['client/wrong-secret', 0.3],
    ],
    ADFS,
  ),
  says(
    /MSIS9(?:622|623|624|625|627|628|629)/i,
    [
      ['client/wrong-secret', 0.6],
      ['client/auth-method-mismatch', 0.5],
    ],
    ADFS,
  ),
];

export const entra: Vendor = {
  id: 'entra-id',
  title: 'Microsoft Entra ID',
  aliases: [
    'azure',
    'azure ad',
    'azure active directory',
    'aad',
    'entra',
    'entra id',
    'microsoft',
    'microsoft graph',
    'microsoft identity platform',
    'msal',
    'azure ad graph',
    'office 365',
    'microsoft adfs',
    'adfs',
    'onedrive',
    'sharepoint',
    'outlook',
    'exchange',
    'exchange online',
    'azure sql',
    'azure devops',
    'azure databricks',
    'business central',
    'dataverse',
    'power platform',
    'azure api management',
    'key vault',
    'dynamics',
    'power bi',
  ],
  signs: [
    /AADSTS\d{4,7}|login\.microsoftonline\.|Authorization_RequestDenied|MSIS\d{4}|MSALErrorDomain|AADB2C\d{5}|SmtpClientAuthentication|\.prod\.outlook\.com/,
  ],
  tokenHosts:
    /(?:^|\.)login\.(?:microsoftonline\.(?:com|us|de)|partner\.microsoftonline\.cn|windows\.net|microsoft\.com|live\.com)$|\.b2clogin\.com$|\.ciamlogin\.com$/,
  apiHosts:
    /(?:^|\.)graph\.(?:microsoft\.com|windows\.net)$|(?:^|\.)management\.azure\.com$|\.dynamics\.com$|\.sharepoint\.com$/,
  signposts: {
    client: 'Entra admin center > App registrations > the application > Certificates & secrets',
    grant: 'Entra admin center > App registrations > the application > Authentication',
    access:
      'Entra admin center > App registrations > the application > API permissions (and Grant admin consent)',
    features: 'Microsoft 365 admin center > Billing > Licenses, or the settings of the service',
    policies: 'Entra admin center > Sign-in logs > the entry: Conditional Access',
    place: 'Entra admin center > App registrations > the application > Overview: Directory (tenant) ID',
  },
  docs: { title: 'Microsoft Entra ID: error codes', url: CODES },
  phrases: [
    ...entraCodes,
    ...withoutNumber,
    ...microsoftApis,
    ...secretRows,
    ...clientRows,
    ...grantRows,
    ...scopeRows,
    ...policyRows,
    ...graphRows,
    ...adfsRows,
  ],
};
