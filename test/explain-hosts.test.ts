/** A name that does not resolve: whose it is, by the message, and what is done about it. */
import { describe, expect, it } from 'vitest';
import { causes, findings, found } from './judged.ts';

const URL_OF_TOKENS = 'https://sso.example.net/oauth2/token';
const curl = (header: string, more = ''): string =>
  `curl${more} -X POST ${URL_OF_TOKENS} -H ${header} -d grant_type=client_credentials -u job:"$KEY"\n`;
const GOOD = '"Accept: application/json"';

const unreachable = (paste: string) => {
  const finding = findings(paste).find(({ code }) => code === 'connection/unreachable');
  return { cause: finding?.cause ?? '', steps: JSON.stringify(finding?.fix ?? []) };
};

describe('a word of the command that was taken for a host', () => {
  it.each([
    ['no quotes', curl('Content-Type: application/json'), 'application'],
    ['typographic quotes', curl('“Content-Type: application/json”'), 'application'],
    ["cmd.exe and '", `C:\\jobs>${curl("'Accept: application/json'")}`, 'application'],
    ['a scheme', curl('Authorization: Basic am9iOms='), 'Basic'],
    ['a quote within it', curl(GOOD), 'json”'],
    ['one word, where the host is shown', curl(GOOD), 'client_credentials'],
  ])('says nothing of the server: %s', (_name, command, word) => {
    const paste = `${command}curl: (6) Could not resolve host: ${word}\n`;
    expect(found(paste)).not.toContain('connection/unreachable');
    expect(JSON.stringify(findings(paste))).not.toContain('getent');
  });

  it('leaves the command to be mended', () => {
    expect(
      causes(`${curl('Accept: application/json')}curl: (6) Could not resolve host: application`)[0],
    ).toBe('request/malformed-command');
  });
});

describe('another name than the one of the request', () => {
  it.each([
    [
      'by its option',
      curl(GOOD, ' -x http://outbound.example.org:3128'),
      'curl: (6) Could not resolve host: outbound.example.org',
    ],
    [
      'by a variable',
      `export HTTPS_PROXY=http://outbound.example.org:3128\n${curl(GOOD)}`,
      'curl: (5) Could not resolve proxy: outbound.example.org',
    ],
    ['by its name', `POST ${URL_OF_TOKENS}\n`, 'Error: getaddrinfo ENOTFOUND webproxy.example.org'],
  ])('is a proxy’s: %s', (_name, asked, message) => {
    const { cause, steps } = unreachable(`${asked}${message}\n`);
    expect(cause).toMatch(
      /^The name (?:outbound|webproxy)\.example\.org \(a proxy, and not sso\.example\.net\)/,
    );
    expect(steps).toMatch(/getent hosts (?:outbound|webproxy)\.example\.org/);
    expect(steps).not.toContain('getent hosts sso.example.net');
  });

  it('or another server’s, and then that one is told of', () => {
    const { cause, steps } = unreachable(
      `POST ${URL_OF_TOKENS}\nError: getaddrinfo ENOTFOUND login.example.org\n`,
    );
    expect(cause).toContain('login.example.org');
    expect(steps).toContain('getent hosts login.example.org');
    expect(steps).not.toContain('getent hosts sso.example.net');
  });
});

it.each([
  [`POST ${URL_OF_TOKENS}\n`, 'sso.example.net'],
  ['POST http://keycloak:8080/realms/a/protocol/openid-connect/token\n', 'keycloak'],
])('the host of the request is its own: %s', (asked, host) => {
  const { cause } = unreachable(`${asked}curl: (6) Could not resolve host: ${host}\n`);
  expect(cause).toContain(`The name ${host}`);
});
