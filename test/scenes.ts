/** Small scenes for tests of checks and providers: what is not said is healthy or absent. */
import { createCatalogue } from '../src/catalogue/index.ts';
import {
  authorizationShape,
  instant,
  type Answered,
  type Catalogue,
  type Check,
  type Evidence,
  type Exchange,
  type ExchangeRequest,
  type Json,
  type Outcome,
  type ProviderProfile,
  type Scene,
  type Sighting,
} from '../src/core/index.ts';
import { generic } from '../src/providers/generic.ts';

export const UUID = '6f0e7a52-3c1b-4d8e-9a27-5b1c9d0e4f38';
export const SECRET = 'Qm3xV8kT5wY1nB7hL2pC9sF4dJ6gR0zA_uEoIiK-vXt';
export const TOKEN_URL = 'https://id.example.com/token';

export const silent: Catalogue = createCatalogue([], { source: 'none', date: '2026-11-23', complete: false });

export interface Said {
  readonly profile?: ProviderProfile;
  readonly catalogue?: Catalogue;
  readonly mode?: Scene['mode'];
}

export function sceneOf(
  evidence: Partial<Evidence>,
  { profile = generic, catalogue = silent, mode = 'climb' }: Said = {},
): Scene {
  return {
    evidence: {
      schema: 1,
      provider: profile.id,
      capturedAt: instant(Date.parse('2026-11-23T09:00:00Z')),
      settings: {},
      needs: [],
      exchanges: [],
      said: [],
      ...evidence,
    },
    profile,
    catalogue,
    mode,
  };
}

export function basicOf(id: string, secret: string): ExchangeRequest['authorization'] {
  return authorizationShape(`Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`, undefined, 'any');
}

/** A token request as this program makes it, and its outcome. */
export function tokenExchange(outcome: Outcome, request: Partial<ExchangeRequest> = {}): Exchange {
  return {
    step: 'token',
    request: {
      method: 'POST',
      url: TOKEN_URL,
      authorization: basicOf('nightly', SECRET),
      contentType: 'application/x-www-form-urlencoded',
      form: { grant_type: 'client_credentials' },
      bodyForm: 'form',
      ...request,
    },
    outcome,
  };
}

/** A token request of which only the answer is shown. */
export function tokenAnswer(outcome: Outcome): Exchange {
  return { step: 'token', request: { authorization: { kind: 'absent' } }, outcome };
}

export function apiExchange(outcome: Outcome, request: Partial<ExchangeRequest> = {}): Exchange {
  return {
    step: 'endpoint',
    subject: 'GET /reports',
    request: {
      method: 'GET',
      url: 'https://api.example.com/reports',
      authorization: { kind: 'bearer', token: 'well-formed' },
      ...request,
    },
    outcome,
  };
}

export function json(status: number, value: Json, headers: Answered['headers'] = {}): Answered {
  return { kind: 'answered', status, headers, body: { kind: 'json', value } };
}

export function page(status: number, text: string): Answered {
  return { kind: 'answered', status, headers: { 'content-type': 'text/html' }, body: { kind: 'html', text } };
}

export function plain(status: number, text: string, headers: Answered['headers'] = {}): Answered {
  return { kind: 'answered', status, headers, body: { kind: 'text', text } };
}

/** The sightings of one check of a stage. */
export function look(checks: readonly Check[], code: string, scene: Scene): Sighting[] {
  const check = checks.find((one) => one.code === code);
  if (!check) throw new TypeError(`no check ${code}`);
  return check.look(scene);
}

/** The codes that a stage sees. */
export function seen(checks: readonly Check[], scene: Scene): string[] {
  return checks.flatMap((check) => check.look(scene).map(() => check.code));
}
