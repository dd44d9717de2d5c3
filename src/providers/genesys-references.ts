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

export const PLATFORM_API: Reference = {
  title: 'Genesys Cloud: Platform API definition',
  url: 'https://api.mypurecloud.com/api/v2/docs/swagger',
};
