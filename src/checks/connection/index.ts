/** Can the server be reached and trusted? None of these ever reads as a bad secret. */
import type { Check } from '../../core/index.ts';
import { clockSkew } from './clock-skew.ts';
import { outage, unreachable } from './reach-checks.ts';
import { tlsOrProxy } from './tls-or-proxy.ts';

export const checks: readonly Check[] = [unreachable, tlsOrProxy, clockSkew, outage];
