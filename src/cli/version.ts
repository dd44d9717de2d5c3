/** This program's version. A file of its own, so that who only names it loads nothing else. */

declare const WHY403_VERSION: string | undefined;

export const VERSION = typeof WHY403_VERSION === 'string' ? WHY403_VERSION : 'sources';
