/** Can the server be reached and trusted? None of these ever reads as a bad secret. */
import type { Check } from '../../core/index.ts';
import { reachChecks } from './reach-checks.ts';
import { trustChecks } from './trust-checks.ts';

const [unreachable, outage] = reachChecks;
const [tlsOrProxy, clockSkew] = trustChecks;

export const checks: readonly Check[] = [unreachable, tlsOrProxy, clockSkew, outage];
