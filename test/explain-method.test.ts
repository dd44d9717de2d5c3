/** A token request that was answered 405: with which method it was sent, and what that says of the place. */
import { describe, expect, it } from 'vitest';
import { causes, findings } from './judged.ts';

const PLACE = 'https://sso.example.net/connect/token';
const REFUSED = 'HTTP/1.1 405 Method Not Allowed\nAllow: POST\n';
const THROWN = 'The remote server returned an error: (405) Method Not Allowed.\n';

const wrongPlace = (paste: string) => findings(paste).find(({ code }) => code === 'request/wrong-endpoint');

describe('a GET', () => {
  it.each([
    ['written out', `GET ${PLACE}?grant_type=client_credentials\n${REFUSED}`],
    [
      'curl without a body',
      `curl "${PLACE}?grant_type=client_credentials" -H "Authorization: Basic $B"\n${REFUSED}`,
    ],
    [
      'PowerShell, whose default it is',
      `$r = Invoke-WebRequest "${PLACE}" -Headers @{Authorization="Basic $b"}\n${THROWN}`,
    ],
    ['PowerShell, over several lines', `irm -Uri ${PLACE} \`\n  -Headers $h\n${THROWN}`],
    [
      'a method of a library',
      `axios.get('${PLACE}', { params: { grant_type: 'client_credentials' } })\nAxiosError: Request failed with status code 405\n`,
    ],
  ])('is refused for its method, so the place stays and is to be asked with POST: %s', (_name, paste) => {
    expect(causes(paste)[0]).toBe('request/wrong-endpoint');
    const { cause = '', evidence = [], fix = [] } = wrongPlace(paste) ?? {};
    expect(cause).toContain('asked with GET');
    expect(cause).not.toContain('is not the token endpoint');
    expect(evidence[0]?.shows).toBe(`GET ${PLACE}`);
    expect(fix[0]?.action).toContain('POST');
    expect(JSON.stringify(fix)).toContain(`--token-url ${PLACE}`);
    expect(JSON.stringify(fix)).not.toContain('TOKEN_URL');
  });
});

describe('a POST', () => {
  it.each([
    ['written out', `POST ${PLACE}\n${REFUSED}`],
    ['named behind the URL', `Invoke-RestMethod -Uri ${PLACE} -Method Post -Body $b\n${THROWN}`],
    ['named in a later line', `Invoke-RestMethod -Uri ${PLACE} \`\n  -Body $b \`\n  -Method POST\n${THROWN}`],
  ])('that is refused so was none to a token endpoint: %s', (_name, paste) => {
    expect(wrongPlace(paste)?.cause).toContain('is not the token endpoint');
  });
});

it('a method that is not shown is not made up, and proves nothing', () => {
  const finding = wrongPlace(`The call to ${PLACE} fails with 405 Method Not Allowed`);
  expect(finding?.certainty).toBe('suspected');
  expect(JSON.stringify(finding?.evidence)).not.toContain('POST');
});
