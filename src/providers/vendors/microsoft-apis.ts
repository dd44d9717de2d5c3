/** Words of Microsoft's APIs, mail servers and libraries beside the AADSTS codes. This table is long. */
import { says, type Phrase } from './phrase.ts';

const GRAPH = 'https://learn.microsoft.com/graph/errors';
const GRAPH_AUTH = 'https://learn.microsoft.com/graph/resolve-auth-errors';
const MAIL =
  'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth';
const SMTP =
  'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission';
const DATAVERSE = 'https://learn.microsoft.com/power-apps/developer/data-platform/authenticate-oauth';
const ARM =
  'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors';
const DEVOPS =
  'https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/service-principal-managed-identity';
const MSAL = 'https://learn.microsoft.com/entra/msal/dotnet/advanced/exceptions/';
const B2C = 'https://learn.microsoft.com/azure/active-directory-b2c/error-codes';
const POWERBI = 'https://learn.microsoft.com/power-bi/developer/embedded/embed-service-principal';
const STORAGE = 'https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory';
const JWT =
  'https://learn.microsoft.com/aspnet/core/security/authentication/configure-jwt-bearer-authentication';

const graph: readonly Phrase[] = [
  says(
    /\bAPI (?:management|access) page\b[^\n]{0,60}\badmin|has not been approved for use in (?:this|your) tenant/i,
    [
      [
        'endpoint/consent-missing',
        0.94,
        'The permission that the web part asks for waits for the approval of an administrator.',
        'SharePoint admin center, Advanced, API access: approve the request.',
      ],
      ['endpoint/missing-permission', 0.2],
    ],
    'https://learn.microsoft.com/sharepoint/api-access',
  ),
  says(
    /Authentication_MissingOrMalformed|Access Token missing or malformed/i,
    [
      [
        'scope/wrong-audience',
        0.6,
        'The API says "missing or malformed" of a token for another API as well: one for graph.microsoft.com is none for graph.windows.net.',
        'Read the aud claim of the token and compare it with the host that is called.',
      ],
      ['endpoint/token-malformed', 0.55],
      ['endpoint/token-expired', 0.2],
    ],
    GRAPH_AUTH,
  ),
  says(
    /RequestFromNonPremiumTenant/i,
    [
      [
        'endpoint/feature-missing',
        0.97,
        'The report belongs to a licence (Entra ID P1 or P2) that this tenant does not have.',
        'Microsoft 365 admin center, Billing: has the tenant a premium licence of Entra ID?',
      ],
    ],
    GRAPH,
  ),
  says(
    /does not have (?:an? |the )?(?:SPO|SharePoint|Exchange|Office ?365|Intune|Teams)? ?licen[cs]e|Tenant does not have a SPO|MailboxNotEnabledForRESTAPI|mailbox is either inactive, soft-deleted, or is hosted on-premise|REST API is not yet supported for this mailbox|not licensed for|NoLicense|requires? (?:an? )?(?:Azure AD |Entra ID |AAD )?(?:premium|P1|P2)|premium license/i,
    [
      [
        'endpoint/feature-missing',
        0.93,
        'The tenant or the account has no licence for what the call is about.',
        'Microsoft 365 admin center, Billing and the licences of the account.',
      ],
      ['endpoint/user-context', 0.15],
    ],
    GRAPH,
  ),
  says(
    /Resource not found for the segment|Unsupported segment type|Invalid version:|The request URI is not valid|Could not find a property named|UnknownError[^\n]{0,40}segment|Bad Request - Invalid URL/i,
    [
      ['endpoint/not-found', 0.88, 'The path is none of this API or of this version of it.'],
      ['endpoint/feature-missing', 0.1],
    ],
    GRAPH,
    { on: 'endpoint' },
  ),
  says(
    /Request_ResourceNotFound/i,
    [
      [
        'endpoint/user-context',
        0.82,
        '/me is the signed-in user, and an application token has none: name the user, /users/{id}.',
      ],
      ['endpoint/not-found', 0.5],
    ],
    GRAPH,
    { on: 'endpoint', when: (x) => /\/me(?:[/?]|$)/i.test(x.request.url ?? x.subject ?? '') },
  ),
  says(
    /AppId: ?"?[\w-]{8,60}"? is not allowed/i,
    [
      ['endpoint/policy-denied', 0.66, 'The service lets only applications in that it has approved.'],
      ['endpoint/feature-missing', 0.5],
      ['endpoint/missing-permission', 0.3],
    ],
    GRAPH,
    { on: 'endpoint' },
  ),
  says(
    /Request_ResourceNotFound|itemNotFound|ErrorItemNotFound|ResourceNotFound|does not exist or one of its queried reference-property objects/i,
    [
      ['endpoint/not-found', 0.7, 'There is nothing with this id in the tenant that the token is for.'],
      ['endpoint/missing-permission', 0.35],
      ['endpoint/token-wrong-environment', 0.25],
    ],
    GRAPH,
    { on: 'endpoint' },
  ),
  says(
    /ErrorExceededMessageLimit|ErrorServerBusy|ApplicationThrottled|TooManyRequests|activityLimitReached|MailboxConcurrency/i,
    [['endpoint/rate-limited', 0.96]],
    'https://learn.microsoft.com/graph/throttling',
    { on: 'endpoint' },
  ),
  says(
    /permissions prevented the action|\(TableData [\w ]{2,60} (?:Read|Insert|Modify|Delete)/i,
    [
      [
        'endpoint/missing-permission',
        0.9,
        'Business Central: the permission sets of this user or Entra application lack the table that the answer names.',
      ],
      ['endpoint/feature-missing', 0.2],
    ],
    'https://learn.microsoft.com/dynamics365/business-central/dev-itpro/administration/automation-apis-using-s2s-authentication',
    { on: 'endpoint' },
  ),
  says(
    /RAOP|ApplicationAccessPolicy|Access to OData is disabled|\[?RAOP\]?|blocked by (?:application access|tenant) policy/i,
    [
      [
        'endpoint/policy-denied',
        0.94,
        'An application access policy of Exchange keeps the application out of this mailbox.',
        'Test-ApplicationAccessPolicy in Exchange Online PowerShell names the policy.',
      ],
      ['endpoint/missing-permission', 0.3],
    ],
    'https://learn.microsoft.com/graph/auth-limit-mailbox-access',
  ),
  says(
    /No application (?:roles|permissions)|roles? claim|requires? one of the following (?:scopes|roles)|API requires one of|Application is not authorized|scp, roles|Missing scope permissions on the request/i,
    [
      ['endpoint/missing-permission', 0.8],
      ['endpoint/consent-missing', 0.55],
      ['endpoint/user-context', 0.2],
    ],
    GRAPH_AUTH,
    { on: 'endpoint' },
  ),
  says(
    /generalException[^\n]{0,80}unauthenticated|\bunauthenticated\b|Unsupported app only token|app-?only access token failed/i,
    [
      [
        'client/auth-method-mismatch',
        0.55,
        'SharePoint takes app-only tokens of a certificate, not those of a client secret.',
        'Ask for the token with a certificate once.',
      ],
      ['endpoint/user-context', 0.4],
      ['scope/wrong-audience', 0.35],
    ],
    'https://learn.microsoft.com/sharepoint/dev/solution-guidance/security-apponly-azuread',
    { on: 'endpoint' },
  ),
];

const mail: readonly Phrase[] = [
  says(
    /SmtpClientAuthentication is disabled|5\.7\.139[^\n]{0,120}(?:disabled|basic authentication)|basic authentication is disabled|smtp_auth_disabled|LogonDenied-BasicAuthBlocked/i,
    [
      [
        'endpoint/policy-denied',
        0.92,
        'SMTP AUTH is switched off for the tenant or the mailbox.',
        'Get-TransportConfig and Get-CASMailbox show SmtpClientAuthenticationDisabled.',
      ],
      ['endpoint/feature-missing', 0.4],
    ],
    SMTP,
  ),
  says(
    /5\.7\.60|SendAsDenied|not allowed to send as|Client does not have permissions to send as/i,
    [['endpoint/missing-permission', 0.95, 'The account may not send as this address.']],
    SMTP,
  ),
  says(
    /5\.7\.(?:3|8|139|57)\b|Authentication unsuccessful|AUTHENTICATE failed|User is authenticated but not connected|A\w* NO (?:AUTHENTICATE|LOGIN)|LOGIN failed|XOAUTH2|SASL authentication failed/i,
    [
      [
        'endpoint/missing-permission',
        0.6,
        'The token was issued, and the mailbox does not open to it: the service principal must be registered in Exchange with the object id of the enterprise application (not that of the app registration), and have FullAccess to the mailbox.',
        'Get-ServicePrincipal and Get-MailboxPermission in Exchange Online PowerShell.',
      ],
      [
        'scope/wrong-audience',
        0.45,
        'The token must be for https://outlook.office365.com/.default, not for Graph.',
      ],
      ['endpoint/policy-denied', 0.35],
      ['endpoint/consent-missing', 0.3],
    ],
    MAIL,
  ),
];

const business: readonly Phrase[] = [
  says(
    /not a member of the organization|user is not a member|0x80072560|The user is not found in|does not exist in (?:this )?(?:Dataverse|organization)|No application user/i,
    [
      [
        'endpoint/missing-permission',
        0.85,
        'The application is no user of this environment: an application user with a security role must be made there.',
        'Power Platform admin center > the environment > Application users.',
      ],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    DATAVERSE,
    { on: 'endpoint' },
  ),
  says(
    /prv[A-Z]\w+|SecLib::(?:AccessCheckEx|CheckPrivilege)|Principal user[^\n]{0,80}is missing|Internal_TenantNotFound|Authentication_InvalidCredentials|The user or service principal[^\n]{0,40}(?:not|no)/,
    [
      ['endpoint/missing-permission', 0.85],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    DATAVERSE,
    { on: 'endpoint' },
  ),
  says(
    /PowerBINotAuthorizedException|PowerBINotLicensedException|API is not accessible for application|ServicePrincipal[^\n]{0,60}not (?:enabled|allowed)/i,
    [
      [
        'endpoint/policy-denied',
        0.6,
        'A tenant setting lets service principals use the Power BI API only if they are in its list.',
        'Power BI admin portal > Tenant settings > Service principals can use Fabric APIs.',
      ],
      ['endpoint/missing-permission', 0.55],
      ['endpoint/feature-missing', 0.4],
    ],
    POWERBI,
  ),
  says(
    /LinkedAuthorizationFailed|RoleAssignmentNotFound|AuthorizationPermissionMismatch|not authorized to perform this operation using this permission|ForbiddenByRbac|Caller is not authorized to perform action on resource|KeyVaultAccessForbidden|does not have secrets? (?:get|list|set) permission|does not have authorization/i,
    [
      [
        'endpoint/missing-permission',
        0.92,
        'The service principal holds no role (or access policy) with this action on this resource.',
        'Access control (IAM) of the resource: the role assignments of the service principal.',
      ],
      ['endpoint/policy-denied', 0.15],
    ],
    STORAGE,
  ),
  says(
    /ForbiddenByFirewall|Client address is not authorized|AuthorizationFailure[^\n]{0,60}(?:network|ip)|is not allowed to access the server|Client with IP address/i,
    [['endpoint/ip-blocked', 0.96]],
    STORAGE,
  ),
  says(/RequestDisallowedByPolicy|ScopeLocked|ForbiddenByPolicy/i, [['endpoint/policy-denied', 0.96]], ARM),
  says(
    /MissingSubscriptionRegistration|SubscriptionNotRegistered|NoRegisteredProviderFound|subscription is not registered to use namespace|FeatureNotEnabled/i,
    [['endpoint/feature-missing', 0.95]],
    ARM,
  ),
  says(
    /InvalidResourceType|SubscriptionNotFound|ResourceGroupNotFound|The subscription '[^'\n]{0,60}' could not be found/i,
    [
      ['endpoint/not-found', 0.6],
      ['endpoint/token-wrong-environment', 0.5],
      ['endpoint/missing-permission', 0.45],
    ],
    ARM,
    { on: 'endpoint' },
  ),
  says(
    /TF400813|VS800075|VS402337|TF401019|is not authorized to access this resource|The identity[^\n]{0,60}has not been materialized/i,
    [
      [
        'endpoint/missing-permission',
        0.85,
        'The service principal is no user of this Azure DevOps organization, or has no right in the project.',
        'Organization settings > Users.',
      ],
      ['endpoint/token-wrong-environment', 0.3],
    ],
    DEVOPS,
  ),
  says(
    /Login failed for user '<token-identified principal>'|token-identified principal/i,
    [
      [
        'endpoint/missing-permission',
        0.88,
        'The database has no user for this principal: CREATE USER … FROM EXTERNAL PROVIDER.',
      ],
      ['scope/wrong-audience', 0.3],
    ],
    'https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-service-principal-tutorial',
  ),
];

const libraries: readonly Phrase[] = [
  says(
    /MSALDeclinedScopes|declined scopes|Code=-50003|server returned (?:less|fewer) scopes|AcquiredScopes[^\n]{0,40}missing/i,
    [
      [
        'scope/granted-narrower',
        0.9,
        'The server granted fewer scopes than the library asked for, and the library takes that for an error.',
        'Leave out what is never granted as a scope (offline_access, openid, profile).',
      ],
      ['endpoint/consent-missing', 0.4],
    ],
    MSAL,
  ),
  says(
    /IDX10(?:223|230|225)|SecurityTokenExpiredException|Lifetime validation failed/i,
    [
      ['endpoint/token-expired', 0.92],
      ['connection/clock-skew', 0.3],
    ],
    JWT,
  ),
  says(
    /IDX10222|SecurityTokenNotYetValidException/i,
    [
      ['connection/clock-skew', 0.95],
      ['endpoint/token-expired', 0.1],
    ],
    JWT,
  ),
  says(
    /IDX20803|IDX20804|Unable to obtain configuration from|Unable to retrieve document from/i,
    [
      [
        'request/wrong-endpoint',
        0.55,
        'The discovery document could not be read: its address is wrong, or nobody answers there.',
      ],
      ['connection/unreachable', 0.5],
      ['connection/tls-or-proxy', 0.45],
    ],
    JWT,
  ),
  says(
    /IDX10206|IDX10000|IDX12729|IDX10609|IDX12723|Signature validation failed. Token does not have a kid/i,
    [
      ['endpoint/token-malformed', 0.7],
      ['scope/wrong-audience', 0.4],
    ],
    JWT,
  ),
  says(
    /AADB2C90(?:075|078|079|080|083|088|129|289|208)/i,
    [
      ['grant/refresh-token-invalid', 0.6],
      ['grant/code-invalid', 0.45],
      ['client/wrong-secret', 0.3],
    ],
    B2C,
  ),
  says(
    /AADB2C90(?:006|007|117)|AADB2C90046/i,
    [
      ['grant/redirect-uri-mismatch', 0.6],
      ['scope/not-allowed', 0.3],
    ],
    B2C,
  ),
  says(
    /AADB2C90(?:205|057|055|054|049|013|010|011|012|019|068)|AADB2C90(?:0|1)\d\d/i,
    [
      ['scope/not-allowed', 0.45],
      ['client/unknown', 0.4],
      ['grant/not-allowed', 0.35],
    ],
    B2C,
  ),
  says(
    /supplied grant_type \[?\w+\]?[^\n]{0,40}token_type \[?\w+\]? combination is not supported|combination is not supported/i,
    [
      [
        'grant/wrong-type-sent',
        0.85,
        'The grant_type does not belong to what is sent with it (a refresh token wants grant_type=refresh_token).',
      ],
      ['grant/refresh-token-invalid', 0.3],
    ],
    B2C,
    { on: 'token' },
  ),
];

export const microsoftApis: readonly Phrase[] = [...mail, ...graph, ...business, ...libraries];
