/** Authorization headers as a paste shows them: what a tool, a log or the person put in place of the value. */
import { describe, expect, it } from 'vitest';
import { findings, found, judged } from './judged.ts';

const asked = (header: string, before = ''): string =>
  `${before}POST /oauth2/token HTTP/1.1
Host: sso.example.net
Authorization: ${header}
Content-Type: application/x-www-form-urlencoded

grant_type=client_credentials

HTTP/1.1 401 Unauthorized

{"error":"invalid_client"}
`;
const PAIR = Buffer.from('night-job:k7Qz3PwL').toString('base64');
const OF_THE_HEADER = /^header\//;

describe('what a tool fills into a header before it is sent', () => {
  it.each([
    'Basic {{clientId}} {{clientSecret}}',
    'Basic {{user}}:{{pass}}',
    'Basic {{ lookup("file", "basic.txt") }}',
    "Basic @{parameters('basic')}",
    'Basic #{encoded}',
    'Basic #[vars.basic]',
    'Basic <%= basic %>',
    'Basic %s',
    'Basic %(basic)s',
    'Basic %BASIC_VALUE%',
    'Basic {$basic}',
    'Basic @Model.Basic',
    '@{variables("header")}',
  ])('is a stand-in, and no check of the header judges it: %s', (header) => {
    expect(judged(asked(header)).verdict).toMatchObject({ certainty: 'suspected' });
    expect(found(asked(header)).filter((code) => OF_THE_HEADER.test(code))).toEqual([]);
    expect(findings(asked(header))).toContainEqual(
      expect.objectContaining({ code: 'credential/placeholder', severity: 'note', certainty: 'suspected' }),
    );
  });

  it.each([
    'Bearer #{token}',
    'Bearer @{variables("token")}',
    'Bearer %s',
    'Bearer {{ lookup("env", "T") }}',
  ])('is no token either: %s', (header) => {
    const paste = `GET /v1/rows HTTP/1.1\nHost: api.example.net\nAuthorization: ${header}\n\nHTTP/1.1 401 Unauthorized\n`;
    expect(found(paste)).not.toContain('endpoint/token-malformed');
  });
});

describe('what hides a header', () => {
  it.each(['Basic ██████████', '██████████', 'Basic ■■■■■■', 'Basic ▓▓▓▓'])('%s', (header) => {
    expect(found(asked(header)).filter((code) => OF_THE_HEADER.test(code))).toEqual([]);
  });
});

describe('quotes around a header', () => {
  it.each([`"Basic ${PAIR}"`, `'Basic ${PAIR}'`])(
    'are those of the log, where they hold the whole: %s',
    (header) => {
      expect(found(asked(header)).filter((code) => OF_THE_HEADER.test(code))).toEqual([]);
    },
  );

  it('hide no defect within them', () => {
    expect(judged(asked(`"${PAIR}"`)).verdict.rootCause).toBe('header/missing-scheme');
    expect(judged(asked(`Basic "${PAIR}"`)).verdict).toMatchObject({
      rootCause: 'header/bad-base64',
      certainty: 'proved',
    });
  });

  it('are sent, where a command writes them', () => {
    const curl = `curl https://sso.example.net/oauth2/token -d grant_type=client_credentials -H 'Authorization: "Basic ${PAIR}"'`;
    expect(found(`${curl}\n{"error":"invalid_client"}`)).toContain('header/missing-scheme');
  });
});

describe('the plain pair behind Basic', () => {
  const plain = 'Basic night-job:k7Qz3PwL';

  it('is no base64', () => {
    expect(judged(asked(plain)).verdict).toMatchObject({
      rootCause: 'header/bad-base64',
      certainty: 'proved',
    });
  });

  it.each([
    ['with a blank between the two', 'Basic night-job k7Qz3PwL', ''],
    ['in a request file', plain, '@host = sso.example.net\n\n'],
    ['below the line that parts two requests', plain, '### the token\n'],
  ])('is encoded by some editors, and so proves nothing: %s', (_name, header, before) => {
    expect(judged(asked(header, before)).verdict).toMatchObject({ certainty: 'suspected' });
    expect(findings(asked(header, before))).toContainEqual(
      expect.objectContaining({ code: 'header/bad-base64', certainty: 'suspected' }),
    );
  });
});
