/** Stage `endpoint`: does the endpoint let this token in, and if not, what is missing? In the order of the ladder. */
import { CODES, type Check } from '../../core/index.ts';
import { place } from './place.ts';
import { rights } from './rights.ts';
import { scopeOfToken } from './scope.ts';
import { silence } from './silence.ts';
import { token } from './token.ts';

const order = CODES.endpoint.map((slug) => `endpoint/${slug}`);

export const checks: readonly Check[] = [...token, ...rights, ...scopeOfToken, ...place, ...silence].sort(
  (a, b) => order.indexOf(a.code) - order.indexOf(b.code),
);
