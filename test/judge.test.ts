import { describe, expect, it } from 'vitest';
import {
  defineCheck,
  instant,
  STAGES,
  type Catalogue,
  type Evidence,
  type Exchange,
  type FindingCode,
  type ProviderProfile,
  type Reading,
  type Scene,
  type Sighting,
  type Stage,
} from '../src/core/index.ts';
import { climb, judge } from '../src/diagnose/index.ts';

const catalogue: Catalogue = {
  source: 'none',
  date: '2026-11-23',
  find: () => undefined,
  exists: () => 'unknown',
  nearest: () => [],
};

const profile = (readings: Record<string, Reading> = {}): ProviderProfile => ({
  id: 'made-up',
  title: 'Made up',
  aliases: [],
  credential: { idForm: 'any', formEncoded: true, deformedBlocks: false },
  access: 'scopes',
  signposts: { client: '', grant: '', access: '', features: '', policies: '', place: '' },
  references: [],
  tokenUrl: () => 'https://login.example/token',
  hostRole: () => 'unknown',
  knowsScope: () => 'unknown',
  read: (exchange) => readings[exchange.step],
  asks: () => [],
  inapplicable: () => undefined,
});

const answer = (step: Exchange['step'], status: number, more: object = {}): Exchange => ({
  step,
  request: { method: 'POST', url: 'https://login.example/token', authorization: { kind: 'absent' } },
  outcome: { kind: 'answered', status, headers: {}, body: { kind: 'none' }, ...more },
});
const refused = answer('token', 400);
const issued = answer('token', 200, { token: { kind: 'opaque', length: 80 } });

const evidence = (exchanges: readonly Exchange[]): Evidence => ({
  schema: 1,
  provider: 'made-up',
  capturedAt: instant(0),
  settings: { tokenUrl: 'https://login.example/token' },
  needs: [],
  exchanges,
  said: [],
});

const scene = (
  exchanges: readonly Exchange[],
  mode: Scene['mode'] = 'climb',
  readings: Record<string, Reading> = {},
): Scene => ({ evidence: evidence(exchanges), profile: profile(readings), catalogue, mode });

const sighting = (more: Partial<Sighting> = {}): Sighting => ({
  facts: {},
  certainty: 'proved',
  evidence: [],
  explains: [],
  sufficient: true,
  ...more,
});

/** A ladder whose checks see what the test says, where it says so. */
function ladderOf(seen: Partial<Record<FindingCode, Sighting[]>>, blocks = true): Stage[] {
  return STAGES.map((id) => ({
    id,
    question: `${id}?`,
    checks: Object.entries(seen)
      .filter(([code]) => code.startsWith(`${id}/`))
      .map(([code, sightings]) =>
        defineCheck({
          code: code as FindingCode,
          severity: 'error',
          blocks,
          title: code,
          page: '',
          references: [],
          look: () => sightings,
          cause: () => `cause of ${code}`,
          fix: () => [],
        }),
      ),
  }));
}

const reading = (first: FindingCode, more: Partial<Reading> = {}): Reading => ({
  causes: [{ code: first, why: 'said so', tell: 'ask' }],
  forced: true,
  facts: {},
  references: [],
  ...more,
});

describe('judge', () => {
  it('lists all eight stages once, in order, whatever is shown', () => {
    const report = judge(ladderOf({}), scene([]));
    expect(report.stages.map((s) => s.stage)).toEqual(STAGES);
  });

  it('skips what comes after a block, and names the blocker', () => {
    const report = judge(ladderOf({ 'header/bad-base64': [sighting()] }), scene([]));
    expect(report.stages.map((s) => s.status)).toEqual([
      'unknown',
      'found',
      ...Array<string>(6).fill('skipped'),
    ]);
    expect(report.stages[7]!.blockedBy).toBe('header/bad-base64');
    expect(report.verdict).toMatchObject({
      kind: 'broken',
      rootCause: 'header/bad-base64',
      certainty: 'proved',
    });
  });

  it('skips nothing in a paste', () => {
    const ladder = ladderOf({ 'header/bad-base64': [sighting()], 'scope/unknown': [sighting()] });
    const report = judge(ladder, scene([], 'everything'));
    expect(report.stages.filter((s) => s.status === 'found').map((s) => s.stage)).toEqual([
      'header',
      'scope',
    ]);
  });

  it('never calls a missing answer clear', () => {
    const { stages, verdict } = judge(ladderOf({}), scene([]));
    expect(stages.filter((s) => s.status === 'clear').map((s) => s.stage)).toEqual([
      'header',
      'request',
      'endpoint',
    ]);
    expect(stages.find((s) => s.stage === 'client')).toMatchObject({
      status: 'unknown',
      missing: ['token response'],
    });
    expect(verdict.kind).toBe('inconclusive');
  });

  it('lets an issued token refute every earlier stage', () => {
    const ladder = ladderOf({ 'credential/whitespace': [sighting()], 'client/wrong-secret': [sighting()] });
    const climbed = judge(ladder, scene([issued]));
    expect(climbed.verdict).toEqual({ kind: 'healthy', candidates: [] });
    const pasted = judge(ladder, scene([issued], 'everything'));
    expect(pasted.stages[0]!.findings).toHaveLength(1);
    expect(pasted.verdict.candidates).toEqual([]);
  });

  it('does not let a token refute the refusal that came after it', () => {
    const later = { ...refused, step: 'token/2' as const };
    const ladder = ladderOf({ 'client/disabled': [sighting({ explains: ['token/2'] })] });
    expect(judge(ladder, scene([issued, later])).verdict.rootCause).toBe('client/disabled');
  });

  it('calls a cause suspected when the same answer leaves others open', () => {
    const alternatives = [{ code: 'client/unknown', why: 'w', tell: 't' }] as const;
    const ladder = ladderOf({
      'client/wrong-secret': [
        sighting({ certainty: 'suspected', sufficient: false, explains: ['token'], alternatives }),
      ],
    });
    const { verdict } = judge(ladder, scene([refused]));
    expect(verdict).toMatchObject({ kind: 'broken', certainty: 'suspected' });
    expect(verdict.candidates.map((c) => c.code)).toEqual(['client/wrong-secret', 'client/unknown']);
  });

  it('does not take a check at its word that says proved and leaves others open', () => {
    const alternatives = [{ code: 'client/unknown', why: 'w', tell: 't' }] as const;
    const ladder = ladderOf({ 'client/wrong-secret': [sighting({ explains: ['token'], alternatives })] });
    expect(judge(ladder, scene([refused])).verdict.certainty).toBe('suspected');
  });

  it('calls neither of two sufficient defects proved', () => {
    const ladder = ladderOf(
      {
        'header/bad-base64': [sighting({ explains: ['token'] })],
        'request/json-body': [sighting({ explains: ['token'] })],
      },
      false,
    );
    expect(judge(ladder, scene([refused])).verdict.certainty).toBe('suspected');
  });

  it('proves nothing from a paste without a failed answer, or with one that the defect does not give', () => {
    const ladder = ladderOf({ 'header/bad-base64': [sighting({ explains: ['token'] })] });
    expect(judge(ladder, scene([], 'everything')).verdict.certainty).toBe('suspected');
    const other = scene([refused], 'everything', { token: reading('client/unknown') });
    expect(judge(ladder, other).verdict.certainty).toBe('suspected');
    const same = scene([refused], 'everything', { token: reading('header/bad-base64') });
    expect(judge(ladder, same).verdict.certainty).toBe('proved');
  });

  it('takes neither a note nor a suspicion for a defect that is there', () => {
    const of = (more: Partial<Sighting>) => {
      const ladder = ladderOf({ 'credential/placeholder': [sighting({ explains: ['token'], ...more })] });
      return judge(ladder, scene([refused])).verdict.certainty;
    };
    expect(of({})).toBe('proved');
    expect(of({ severity: 'note' })).toBe('suspected');
    expect(of({ certainty: 'suspected' })).toBe('suspected');
    expect(of({ sufficient: false })).toBe('suspected');
  });

  it('proves nothing from two refusals of one question that contradict each other', () => {
    const ladder = ladderOf({ 'header/bad-base64': [sighting({ explains: ['token', 'token/2'] })] });
    const of = (first: Reading, unanswered = false) => {
      const none: Exchange = { ...refused, outcome: { kind: 'unanswered', why: 'reset', detail: '' } };
      const exchanges = [unanswered ? none : refused, answer('token/2', 400)];
      const readings = { token: first, 'token/2': reading('header/bad-base64') };
      return judge(ladder, scene(exchanges, 'everything', readings)).verdict.certainty;
    };
    expect(of(reading('header/bad-base64'))).toBe('proved');
    expect(of(reading('client/unknown'))).toBe('suspected');
    expect(of(reading('header/bad-base64'), true)).toBe('suspected');
  });

  it('leaves out alternatives in stages that the failing answer proves', () => {
    const alternatives = [{ code: 'client/unknown', why: 'w', tell: 't' }] as const;
    const ladder = ladderOf({ 'grant/not-allowed': [sighting({ explains: ['token'], alternatives })] });
    const { verdict } = judge(
      ladder,
      scene([refused], 'climb', { token: reading('grant/not-allowed', { proves: 'client' }) }),
    );
    expect(verdict.candidates.map((c) => c.code)).toEqual(['grant/not-allowed']);
    expect(verdict.certainty).toBe('proved');
  });

  it('keeps what one call was told beside another that failed on its way', () => {
    const calls = [answer('endpoint', 403), answer('endpoint/2', 503)];
    const ladder = ladderOf({
      'connection/outage': [sighting({ explains: ['endpoint/2'] })],
      'endpoint/missing-scope': [sighting({ explains: ['endpoint'] })],
    });
    const readings = {
      endpoint: reading('endpoint/missing-scope'),
      'endpoint/2': reading('connection/outage'),
    };
    for (const exchanges of [[issued, ...calls], [issued, ...calls.reverse()], calls]) {
      const { verdict, stages } = judge(ladder, scene(exchanges, 'climb', readings));
      expect(verdict).toMatchObject({
        kind: 'broken',
        rootCause: 'endpoint/missing-scope',
        certainty: 'proved',
      });
      expect([stages[3], stages[7]].map((stage) => stage?.status)).toEqual(['found', 'found']);
    }
  });

  it('warns of a side question that fails, and lets it stop nothing where an endpoint was called', () => {
    const ladder = ladderOf({
      'connection/outage': [sighting({ explains: ['whoami'] })],
      'endpoint/token-expired': [sighting({ explains: ['grants'] })],
    });
    const asides = [answer('whoami', 503), answer('grants', 401)];
    const called = judge(ladder, scene([issued, answer('endpoint', 200), ...asides]));
    expect(called.stages.flatMap((s) => s.findings.map((f) => `${f.code} ${f.severity}`))).toEqual([
      'connection/outage warning',
    ]);
    expect(called.verdict).toEqual({ kind: 'healthy', candidates: [] });
    const alone = judge(ladder, scene([issued, ...asides]));
    expect(alone.stages[3]!.findings[0]!.severity).toBe('error');
    expect(alone.verdict.kind).toBe('inconclusive');
  });

  it('never makes a defect the root cause that explains no failure shown', () => {
    const ladder = ladderOf({ 'scope/unknown': [sighting()] }, false);
    const { verdict, stages } = judge(ladder, scene([refused], 'everything'));
    expect(verdict).toEqual({ kind: 'inconclusive', candidates: [] });
    expect(stages[6]!.findings[0]!.code).toBe('scope/unknown');
  });

  it('is inconclusive when nobody answered', () => {
    const ladder = ladderOf({ 'connection/outage': [sighting({ explains: ['token'] })] });
    expect(judge(ladder, scene([answer('token', 503)])).verdict).toMatchObject({
      kind: 'inconclusive',
      rootCause: 'connection/outage',
    });
  });
});

describe('climb', () => {
  const token = {
    step: 'token',
    method: 'POST',
    url: 'https://login.example/token',
    auth: 'client',
    keep: [],
  } as const;

  it('stops at the first block and sends no further request', async () => {
    const asked: string[] = [];
    const { report } = await climb(ladderOf({ 'header/bad-base64': [sighting()] }), evidence([]), {
      profile: { ...profile(), asks: (stage) => (stage === 'connection' ? [token] : []) },
      catalogue,
      transport: (ask) => {
        asked.push(ask.step);
        return Promise.resolve(refused);
      },
    });
    expect(asked).toEqual([]);
    expect(report.verdict.rootCause).toBe('header/bad-base64');
  });

  it('gives the same report when its evidence is judged again', async () => {
    const made = await climb(ladderOf({}), evidence([]), {
      profile: { ...profile(), asks: (stage) => (stage === 'connection' ? [token] : []) },
      catalogue,
      transport: () => Promise.resolve(issued),
    });
    expect(judge(ladderOf({}), { ...scene([]), evidence: made.evidence })).toEqual(made.report);
    expect(made.report.verdict.kind).toBe('healthy');
  });

  it('asks nothing offline', async () => {
    const { evidence: after } = await climb(ladderOf({}), evidence([]), {
      profile: { ...profile(), asks: () => [token] },
      catalogue,
      transport: () => Promise.reject(new Error('asked')),
      offline: true,
    });
    expect(after.exchanges).toEqual([]);
  });
});
