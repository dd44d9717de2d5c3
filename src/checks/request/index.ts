/** Is the token request well formed, and to the right place? */
import type { Check } from '../../core/index.ts';
import { bodyChecks } from './body-checks.ts';
import { malformedCommand } from './malformed-command.ts';
import { placeChecks } from './place-checks.ts';

export const checks: readonly Check[] = [...placeChecks, ...bodyChecks, malformedCommand];
