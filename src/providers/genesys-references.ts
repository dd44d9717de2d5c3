/** Where Genesys says what the readings and fixes rest on. */
import type { Reference } from '../core/index.ts';

export const CLIENT_CREDENTIALS: Reference = {
  title: 'Genesys Cloud: client credentials grant',
  url: 'https://developer.genesys.cloud/api/rest/authorization/use-client-credentials',
};

/** The only public measurement of the login server's refusals (2023-11, 2025-10). */
export const LOGIN_ANSWERS: Reference = {
  title: 'GCCX-Utils: what the login server answers, measured',
  url: 'https://github.com/GForceIndustries/GCCX-Utils',
};

export const RATE_LIMITS: Reference = {
  title: 'Genesys Cloud: normalized 429 responses',
  url: 'https://developer.genesys.cloud/forum/t/normalized-platform-api-429-responses/12028',
};

/** Says that the permission named in a 403 can be wrong. */
export const WRONG_PERMISSION_TEXT: Reference = {
  title: 'Genesys: a 403 can name the wrong permission',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/pull/2110',
};

/** A permission that the organisation does not have: the feature is missing, not the role. */
export const FEATURE_NOT_GRANT: Reference = {
  title: 'Genesys: a missing permission that no grant can mend',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/issues/277',
};

export const PLATFORM_API: Reference = {
  title: 'Genesys Cloud: Platform API definition',
  url: 'https://api.mypurecloud.com/api/v2/docs/swagger',
};

export const IDLE_TIMEOUT: Reference = {
  title: 'Genesys Cloud: FAQ on token and inactivity time-outs',
  url: 'https://developer.genesys.cloud/forum/t/frequently-asked-questions/12251',
};
