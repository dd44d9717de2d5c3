/** Whether a host is this machine. A file of its own, so that who only looks at an address loads no network. */

/** Loopback is never proxied: a sandbox's made-up secrets and a local gateway's real ones stay on the machine. */
export function isLoopback(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/.test(host) ||
    host === '::1' ||
    /^::ffff:(?:127\.|7f[0-9a-f]{2}:)/.test(host)
  );
}
