/** What a climb against an unknown server hears beside the RFCs. */
import { describe, expect, it } from 'vitest';
import { generic } from '../src/providers/generic.ts';
import { profileOf } from '../src/providers/index.ts';
import { apiExchange, json, page, plain, sceneOf, tokenExchange } from './scenes.ts';

const heard = profileOf('generic')!;
const wall = page(403, '<title>Attention Required! | Cloudflare</title>Sorry, you have been blocked');

describe('the words of servers and walls', () => {
  it.each([tokenExchange(wall), apiExchange(wall), apiExchange(plain(418, 'error code: 1020'))])(
    'speak where the RFCs say nothing, and force and prove nothing ($step)',
    (exchange) => {
      const scene = sceneOf({ exchanges: [exchange] });
      expect(generic.read(exchange, scene)).toBeUndefined();
      const reading = heard.read(exchange, scene);
      if (reading) expect([reading.forced, reading.proves]).toEqual([false, undefined]);
    },
  );

  it('know a wall by its page', () => {
    const exchange = apiExchange(wall);
    expect(heard.read(exchange, sceneOf({ exchanges: [exchange] }))?.causes[0].code).toBe(
      'endpoint/ip-blocked',
    );
  });

  it('are no word about a refusal that the RFCs read, nor about a side question', () => {
    const exchange = tokenExchange(json(401, { error: 'invalid_client' }));
    const scene = sceneOf({ exchanges: [exchange] });
    expect(heard.read(exchange, scene)).toEqual(generic.read(exchange, scene));
    const aside = { ...apiExchange(wall), step: 'introspection' as const };
    expect(heard.read(aside, sceneOf({ exchanges: [aside] }))).toBeUndefined();
  });
});
