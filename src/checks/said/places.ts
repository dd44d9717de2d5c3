/** What a paste says about the place that was asked: scheme, host, environment, tenant. */
import { statusOf } from '../../core/index.ts';
import { OTHER_REGION } from './genesys-words.ts';
import { signedInUnderAnotherEnding } from './parts-of-the-world.ts';
import type { SaidRule } from './rule.ts';

const PLACE = '(?:tenant|region|realm|environment|authority|directory|issuer|data ?cent(?:er|re)|login host)';

const AWS_REGION =
  /\b(?:us|eu|ap|ca|sa|me|af|il|mx)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d\b/g;
const GENESYS_DOMAIN =
  /\b(?:[\w-]{1,30}\.)?(mypurecloud\.(?:com\.au|com|ie|de|jp)|[a-z]{2,4}\d\.pure\.cloud)\b/gi;

/** At Genesys Cloud every host is api.{domain} or login.{domain}, as its SDKs make them. */
export const LABEL_TWICE =
  /(?:\/\/|\bENOTFOUND |\bresolve(?: host)?:? |\blookup |\bhost(?:name)?["']?[:= ]{1,2}["']?)(login|api|auth|apps|www|accounts?|oauth|id|sso|idp)\.\1\.|\b(?:login|api|apps)\.(?:login|api|apps)\.(?:mypurecloud\.|[\w-]{2,20}\.(?:us-gov-)?pure\.cloud)/i;
/** `https://login./oauth/token`: nothing stands where the domain should. */
const NO_DOMAIN =
  /(?:\/\/|\bENOTFOUND |\bresolve(?: host)?:? ['"]?|\blookup |\bresolved: ['"]|\bhost(?:name)?[= ]['"])(?:login|api|auth|apps)\.{1,2}(?=[/:'"\s]|$)/im;
const CONSOLE =
  /https?:\/\/(?:[\w.-]*-admin|admin|console|portal|dashboard|manage|developer|developers|docs)\.[\w.-]+\/[^\s"']{0,200}(?:token|authorize|oauth)/i;
/** Abbreviations in capitals only: in small letters they are words. */
const PART =
  '(?:EU|US|UK|AU|APAC|EMEA|[Ee]urope(?:an)?|[Aa]merican?|[Aa]ustralian?|[Cc]anadian|[Ii]ndian?|Frankfurt|Ireland|London|Sydney|Singapore|Tokyo)';
const SITE =
  '(?:account|region|org(?:ani[sz]ation)?|tenant|data ?cent(?:er|re)|site|instance|workspace|cluster|stack|cloud)';

export const places: readonly SaidRule[] = [
  {
    id: 'scheme-twice',
    code: 'request/wrong-endpoint',
    likelihood: 0.95,
    shows: /\bhttps?:\/\/https?\b/i,
    when: (look) =>
      [look.context, look.answers, ...look.token.map((x) => x.request.url ?? '')].some((text) =>
        /\bhttps?:\/\/https?(?::\/\/|:?\/|%3A)|\bhost=["']https?["']|\blookup https?(?::| on )/i.test(text),
      ),
    why: 'The scheme stands twice in the URL: the setting holds https:// where the program puts it before the host itself.',
    tell: 'Give the bare host name, without https:// and without a path.',
  },
  {
    id: 'host-label-twice',
    code: 'request/wrong-endpoint',
    likelihood: 0.95,
    shows: LABEL_TWICE,
    when: (look) =>
      [look.context, look.answers, ...look.token.map((x) => x.request.url ?? '')].some((text) =>
        LABEL_TWICE.test(text),
      ),
    why: 'The first part of the host stands in it twice: the setting holds a host where the program wants the domain, and puts the part before it itself.',
    tell: 'Give the domain alone (Genesys Cloud: mypurecloud.de and not login.mypurecloud.de), and print the host that is asked.',
  },
  {
    id: 'host-without-its-domain',
    code: 'request/wrong-region',
    likelihood: 0.95,
    when: (look) =>
      [look.context, look.answers, ...look.token.map((x) => x.request.url ?? '')].some((text) =>
        NO_DOMAIN.test(text),
      ),
    why: 'The host ends behind its first part: the variable that holds the region or domain was empty.',
    tell: 'Print the URL before it is asked, and set the variable where the job runs.',
  },
  {
    id: 'address-without-a-host',
    code: 'request/wrong-endpoint',
    likelihood: 0.85,
    when: (look) =>
      look.scene.evidence.provider !== 'genesys-cloud' &&
      look.token.some(
        (x) =>
          x.outcome.kind !== 'answered' &&
          /^[\w-]+\/(?:[\w.-]+\/)*(?:oauth2?\/)?(?:access_)?token$/i.test(x.request.url ?? ''),
      ),
    why: 'What is asked has neither scheme nor host: a short name was not replaced by the address that it stands for.',
    tell: 'Write the token endpoint in full, beginning with https://.',
  },
  {
    id: 'plain-http',
    code: 'request/wrong-endpoint',
    likelihood: 0.88,
    shows: /\bhttp:\/\/[\w.-]{3,100}/i,
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
    shows: /\/[\w.]*(?:redirect|callback)[\w.]*/i,
    when: (look) =>
      look.tokenRefused() &&
      look.token.some((x) => /\/[\w.]*(?:redirect|callback)[\w.]*(?:[?#]|$)/i.test(x.request.url ?? '')),
    why: 'The address that is asked is where answers are sent back to, and no token endpoint.',
    tell: 'Read token_endpoint in the metadata document of the server.',
  },
  {
    id: 'sdk-without-environment',
    code: 'request/wrong-region',
    likelihood: 0.85,
    where: ['code'],
    pattern:
      /loginClientCredentialsGrant|loginImplicitGrant|loginPKCEGrant|loginCodeAuthorizationGrant|ApiClient\.instance|PureCloudPlatformClientV2|platformClient\.|get_client_credentials_token|authorizeClientCredentials|PostToken/i,
    when: (look) =>
      !look.code(
        /setEnvironment|set_environment|setBasePath|BasePath|BaseUrl|\.host\s{0,3}=|region_?hosts?|PureCloudRegion|environment/i,
      ) &&
      (OTHER_REGION.test(look.context) ||
        /\b(?:us-west|us-east-2|eu-|ap-|ca-|sa-|me-|mx-)|\bpure\.cloud\b|mypurecloud\.(?!com\b(?!\.au))|(?:another|other|different|west|wrong) region/i.test(
          look.context,
        )),
    why: 'The code never tells the SDK its region, so the SDK asks us-east-1, where this client does not exist.',
    tell: 'Tell the SDK the host of the region before the login (JavaScript setEnvironment, Java and .NET setBasePath, Python configuration.host), and look at the host that is asked.',
  },
  {
    id: 'two-genesys-domains',
    code: 'request/wrong-region',
    likelihood: 0.74,
    shows: GENESYS_DOMAIN,
    when: (look) =>
      look.tokenRefused() &&
      new Set([...look.context.matchAll(GENESYS_DOMAIN)].map((m) => m[1]?.toLowerCase())).size > 1,
    why: 'The paste shows two regions of Genesys Cloud; a client lives in one of them, and the token must be asked for there.',
    tell: 'Give the login host and the API host the same domain: the one in the address bar of Genesys Cloud in the browser.',
  },
  {
    id: 'two-regions',
    code: 'request/wrong-region',
    likelihood: 0.72,
    shows: AWS_REGION,
    when: (look) => look.tokenRefused() && new Set(look.context.match(AWS_REGION) ?? []).size > 1,
    why: 'The paste shows two different regions; a client and its sign-in live in one of them only.',
    tell: 'Repeat the request with the region in which the directory or the client was made.',
  },
  {
    id: 'account-in-a-part-of-the-world',
    code: 'request/wrong-region',
    likelihood: 0.8,
    pattern: new RegExp(
      `\\b${PART}(?:[- ]based)? ${SITE}s?\\b|\\b${SITE}\\b[^\\n.]{0,16}\\b(?:in|on|at) (?:the )?${PART}\\b|(?:^|[\\s"'\`(])--?(?:eu|us)\\b(?![-/.])`,
      'm',
    ),
    when: (look) =>
      (look.endpointStatus(401, 403) || look.tokenError(/invalid_client|unauthorized_client/)) &&
      !signedInUnderAnotherEnding(look) &&
      !look.answered(/scope|permission|expired|rate|\bip\b|audience/i),
    why: 'The account is said to be in one part of the world; its keys and clients are unknown at the hosts of another.',
    tell: 'Look at the host that is asked, and give the program the host or region of the account; many default to the US.',
  },
  {
    id: 'default-region',
    code: 'request/wrong-region',
    likelihood: 0.6,
    pattern:
      /\bdefault(?:s|ing)?(?: to| region| environment)?\b[^\n.]{0,40}\b(?:us-east-1|region|environment|tenant|common)\b/i,
    when: (look) => look.tokenError(/invalid_client|invalid_grant|unauthorized_client/),
    why: 'A default place was used, and the client may live in another.',
    tell: 'Name the region or tenant of the client and ask again.',
  },
  {
    id: 'console-host',
    code: 'request/wrong-endpoint',
    likelihood: 0.85,
    pattern: CONSOLE,
    why: 'The URL is that of a console or a documentation site, not of the authorization server.',
    tell: 'Read token_endpoint in the metadata document of the server.',
  },
  {
    id: 'console-answered',
    code: 'request/wrong-endpoint',
    likelihood: 0.85,
    shows: CONSOLE,
    when: (look) => look.answered(CONSOLE) && !look.says(CONSOLE),
    why: 'What answers is a console or a documentation site, and not the authorization server.',
    tell: 'Read token_endpoint in the metadata document of the server.',
  },
  {
    id: 'double-path',
    code: 'request/wrong-endpoint',
    likelihood: 0.75,
    when: (look) =>
      look.token.some(
        (x) =>
          [0, 404, 405].includes(statusOf(x) ?? -1) &&
          /:\/\/[^/]+(?=\/).*?(?:(?<!:)\/\/|(\/[\w-]+\/[\w-]+)\1)/.test(x.request.url ?? ''),
      ),
    why: 'A part of the path stands in the URL twice, or a slash does.',
    tell: 'Print the URL as it is sent and compare it with token_endpoint of the metadata document.',
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
    id: 'issuer-differs',
    code: 'endpoint/token-wrong-environment',
    likelihood: 0.84,
    pattern:
      /\btokens?\b[^\n.]{0,80}\b(?:generated|issued|created|obtained|made|signed|comes)\b[^\n.]{0,40}\b(?:different|another|other|wrong)\b|\biss(?:uer)?\b[^\n.]{0,60}\b(?:differ\w*|mismatch\w*|not (?:the same|equal|match\w*))|\biss(?:uer)?\b[^\n.]{0,60}n[’']t match|\bhost\.docker\.internal\b/i,
    when: (look) => look.endpointStatus(0, 401, 403) && !look.answered(/audience|scope/i),
    why: 'The paste tells that the token was issued under another address than the one that the API trusts.',
    tell: 'Compare the iss claim of the token with the issuer in the settings of the API, letter for letter.',
  },
];
