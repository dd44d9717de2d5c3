/**
 * What the API of Genesys Cloud says, where a sentence repeats it and no answer is shown: the codes that every operation
 * of the Platform API document declares, and their messages.
 */
import type { FindingCode } from '../../core/index.ts';
import { readings } from '../readings.ts';
import type { Look, SaidRule } from './rule.ts';

/** The domains, cities and AWS names of the regions other than the one that the SDKs take when none is set. */
export const OTHER_REGION =
  /\b(?:us-west-2|us-east-2|ca-central-1|mx-central-1|sa-east-1|eu-(?:west|central)-[12]|eusc-de-east-1|me-central-1|ap-(?:south|southeast|northeast)-[123])\b|\b(?:use2|usw2|cac1|mxc1|sae1|euw2|euc2|edee1|mec1|aps1|apse1|apne[23])\b|\bmypurecloud\.(?:ie|de|jp|com\.au)\b|\b(?:Ireland|London|Frankfurt|Zurich|Sydney|Tokyo|Seoul|Osaka|Mumbai|Singapore|Canada|Oregon)\b/i;

const fromGenesys = ({ scene }: Look): boolean => scene.evidence.provider === 'genesys-cloud';

/** Where an answer is shown, its own reading says it. */
const repeated = (look: Look): boolean => fromGenesys(look) && readings(look.scene).length === 0;

function row(
  id: string,
  code: FindingCode,
  pattern: RegExp,
  why: string,
  tell: string,
  likelihood = 0.9,
): SaidRule {
  return { id, code, likelihood, pattern, when: repeated, why, tell };
}

/** One code for a token that has ended, one that was cut, and one of another region. */
const BAD_CREDENTIALS = /\bbad\.credentials\b|\bInvalid login credentials\b/i;

export const genesysWords: readonly SaidRule[] = [
  row(
    'genesys-says-scope',
    'endpoint/missing-scope',
    /\bapp\.not\.authorized\.for\.scope\b|\bApp not authorized to use scope\b/i,
    'Genesys Cloud says that the app may not use the scope in the brackets; one of those that stand there is enough.',
    'Add the scope to the OAuth client (analytics or analytics:readonly; a permission such as analytics:x:view is none), let an admin authorize it, and fetch a new token.',
  ),
  row(
    'genesys-says-division',
    'endpoint/missing-division',
    /\bmissing\.(?:any\.)?division\.permissions?\b|\bin (?:the provided|at least one of the following) division\(s\)/i,
    'Genesys Cloud says that the permission is held, if at all, in other divisions than that of the object.',
    'Give the role for that division as well, or for all of them.',
  ),
  row(
    'genesys-says-permission',
    'endpoint/missing-permission',
    /\bmissing\.(?:any\.)?permissions\b|\bat least one of the following permissions assigned\b(?![^]{0,2000}\bdivision\(s\))|\bmissing the following permission\(s\)/i,
    'Genesys Cloud names the permissions of which no role of this client holds one.',
    'GET /api/v2/authorization/subjects/me shows the roles of the token; add a named permission to one of them.',
  ),
  row(
    'genesys-says-user',
    'endpoint/user-context',
    /\bnot\.a\.(?:user|client)\b|\brequires a (?:non-)?user context\b/i,
    'Genesys Cloud says that the kind of the token does not fit: the call wants a signed-in user, or wants none.',
    'Take an endpoint that names the user by id, or the other kind of grant.',
  ),
  row(
    'genesys-says-address',
    'endpoint/ip-blocked',
    /\bip\.not\.authorized\b|\bRequests originating from this IP address are not authorized\b/i,
    'Genesys Cloud says that this address is not on the allow list of the organization.',
    'An admin adds the address from which the program goes out.',
  ),
  row(
    'genesys-says-policy',
    'endpoint/policy-denied',
    /\bauthz\.policy\.denied\b|\bsecurity policies have denied access\b/i,
    'Genesys Cloud says that an access policy of the organization denies the call.',
    'An admin reads the policy whose id the answer names.',
  ),
  row(
    'genesys-says-feature',
    'endpoint/feature-missing',
    /\bfeature\.(?:forbidden|toggle\.disabled)\b|\bintegrations\.forbidden\b|\b(?:feature|product) is not enabled for (?:this|your) organization\b/i,
    'Genesys Cloud says that the organization does not have this feature or product.',
    'GET /api/v2/authorization/products lists what the organization has.',
  ),
  row(
    'genesys-says-ended',
    'endpoint/token-expired',
    /\bcredentials\.expired\b|\bcredentials are expired and cannot be used\b/i,
    'The API of Genesys Cloud says that the token has ended.',
    'Fetch a new token and call at once.',
  ),
  row(
    'genesys-takes-no-token-ended',
    'endpoint/token-expired',
    BAD_CREDENTIALS,
    'The API of Genesys Cloud does not take the token, and has no words of its own for one that has ended.',
    'Fetch a new token and call at once, in the same region; if that works, the old one had ended.',
    0.55,
  ),
  row(
    'genesys-takes-no-token-elsewhere',
    'endpoint/token-wrong-environment',
    BAD_CREDENTIALS,
    'The token may be of another region than the API host; a region knows only its own tokens.',
    'The login host and the API host must end in the same domain.',
    0.35,
  ),
  row(
    'genesys-takes-no-token-spoilt',
    'endpoint/token-malformed',
    BAD_CREDENTIALS,
    'The header may not hold the token as it was issued: cut, quoted, or not behind the word Bearer.',
    'The header must read Authorization: Bearer and then the token, byte for byte.',
    0.25,
  ),
  row(
    'genesys-says-no-token',
    'endpoint/token-malformed',
    /\bauthentication\.required\b|\bNo authentication bearer token specified\b/i,
    'The API of Genesys Cloud found no bearer token in the call.',
    'The header of the call must read Authorization: Bearer, a space, and the token.',
  ),
  row(
    'genesys-says-too-many',
    'endpoint/rate-limited',
    /\btoo\.many\.requests(?:\.retry\.after)?\b|\bRate limit exceeded the maximum\b/i,
    'Genesys Cloud refuses for a while because there were too many calls.',
    'Wait as long as Retry-After says; the next call then goes through.',
  ),
  {
    id: 'region-told-and-default-asked',
    code: 'request/wrong-region',
    likelihood: 0.86,
    when: (look) =>
      fromGenesys(look) &&
      look.tokenError(/^invalid_client$/) &&
      OTHER_REGION.test(look.context) &&
      look.says(
        /\bdefault(?:s|ing)?\b[^\n.]{0,24}\b(?:host|region|environment|base ?path|domain|url|endpoint)\b|\b(?:host|region|environment|base ?path|domain|url)\b[^\n.]{0,24}\b(?:default|not set|unset)\b|\bmypurecloud\.com\b(?!\.)|\bus-east-1\b/i,
      ),
    why: 'The organization is in another region than the one that the SDKs ask when none is set (us-east-1), and every region knows only its own clients.',
    tell: 'Read apps.{domain} in the address bar of Genesys Cloud, and ask https://login.{domain}/oauth/token.',
  },
];
