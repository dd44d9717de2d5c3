/** What a climb against an unknown server hears beside the RFCs. */
import { describe, expect, it } from 'vitest';
import { generic } from '../src/providers/generic.ts';
import { profileOf } from '../src/providers/index.ts';
import { apiExchange, json, page, plain, sceneOf, tokenExchange } from './scenes.ts';

const heard = profileOf('generic')!;
const wall = page(403, '<title>Attention Required! | Cloudflare</title>Sorry, you have been blocked');

describe('the words of servers and walls', () => {
  it('speak where the RFCs say nothing, and force and prove nothing', () => {
    const exchange = apiExchange(plain(418, 'error code: 1020'));
    const scene = sceneOf({ exchanges: [exchange] });
    expect(generic.read(exchange, scene)).toBeUndefined();
    expect(heard.read(exchange, scene)).toMatchObject({ forced: false });
    expect(heard.read(exchange, scene)?.proves).toBeUndefined();
  });

  it.each([tokenExchange(wall), apiExchange(wall)])('force nothing of a wall ($step)', (exchange) => {
    expect(heard.read(exchange, sceneOf({ exchanges: [exchange] }))).toMatchObject({ forced: false });
  });

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
