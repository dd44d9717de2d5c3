/** Error bodies of the Genesys Cloud API: `ErrorBody`, with the correlation id in body and header alike. */
import { randomUUID } from 'node:crypto';
import { json, type Answer } from './wire.ts';

export function apiError(
  status: number,
  code: string,
  message: string,
  headers: { [name: string]: string } = {},
): Answer {
  const contextId = randomUUID();
  return json({ message, code, status, contextId, details: [], errors: [] }, status, {
    ...headers,
    'inin-correlation-id': contextId,
  });
}

export function missingPermissions(type: 'ANY' | 'ALL', permissions: readonly string[]): Answer {
  const named = `[${permissions.join(', ')}]`;
  return type === 'ANY'
    ? apiError(
        403,
        'missing.any.permissions',
        `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${named}`,
      )
    : apiError(
        403,
        'missing.permissions',
        `Unable to perform the requested action. You are missing the following permission(s): ${named}`,
      );
}
