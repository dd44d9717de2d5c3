/** The order of the stages, and nothing else. A new check goes into its stage's file. */
import type { Stage } from '../core/index.ts';
import { answeredLadder } from './answered.ts';
import { checks as client } from './client.ts';
import { checks as connection } from './connection/index.ts';
import { checks as credential } from './credential/index.ts';
import { checks as endpoint } from './endpoint/index.ts';
import { checks as grant } from './grant.ts';
import { checks as header } from './header/index.ts';
import { checks as request } from './request/index.ts';
import { checks as scope } from './scope.ts';

export const ladder: readonly Stage[] = answeredLadder([
  {
    id: 'credential',
    question: 'Is the id and secret what the org issued, byte for byte?',
    checks: credential,
  },
  { id: 'header', question: 'Is the Basic header one that RFC 7617 can read?', checks: header },
  { id: 'request', question: 'Is the token request well formed, and to the right place?', checks: request },
  { id: 'connection', question: 'Can the server be reached and trusted?', checks: connection },
  { id: 'client', question: 'Does the server know this client, as a confidential one?', checks: client },
  { id: 'grant', question: 'May this client use this grant?', checks: grant },
  { id: 'scope', question: 'Is what was asked for what was granted?', checks: scope },
  {
    id: 'endpoint',
    question: 'Does the endpoint let this token in, and if not, what is missing?',
    checks: endpoint,
  },
]);
