/** The words of a paste: counted alike wherever it comes from, learnt from the known cases, and never a proof. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fit } from '../bench/words/fit.ts';
import { explainPaste, pasteProfiles } from '../src/app/explain-paste.ts';
import { heardWords, sharesOf, weighed, wordWeight, type Lexicon } from '../src/checks/said/words/index.ts';
import lexicon from '../src/checks/said/words/lexicon.json' with { type: 'json' };
import { wordsIn, wordsTold } from '../src/checks/said/words/text.ts';
import { builtIn } from '../src/catalogue/index.ts';
import { ladder } from '../src/checks/ladder.ts';
import { pastedLadder } from '../src/checks/said/index.ts';
import { tellings } from '../src/checks/said/tellings.ts';
import { ALL_CODES, isCode, type Evidence, type FindingCode, type Scene } from '../src/core/index.ts';
import { judge } from '../src/diagnose/index.ts';
import { readPaste, readStatement } from '../src/reading/index.ts';

const learnt = lexicon as unknown as Lexicon;
const KNOWN = ['cases', 'again'].flatMap((name) =>
  readFileSync(`fixtures/field/${name}.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { statement: unknown; expected: { rootCause: string; solvable: boolean } },
    )
    .filter(({ expected }) => expected.solvable && isCode(expected.rootCause)),
);

const read = (paste: unknown): Evidence =>
  typeof paste === 'string' ? readPaste(paste, pasteProfiles) : readStatement(paste, pasteProfiles);
const listed = (paste: unknown): string[] => [...wordsIn(read(paste)).keys()].sort();

const sceneOf = (evidence: Evidence): Scene => ({
  evidence,
  profile: pasteProfiles.at(-1)!,
  catalogue: builtIn,
  mode: 'everything',
});

const REFUSED = { tokenResponse: { status: 401, body: '{"error":"invalid_client"}' } };

/** Words that speak for a cause more than for any other, the loudest first; none that a rule could read. */
function loudest(cause: FindingCode, count: number): string[] {
  return Object.entries(learnt.words)
    .map(
      ([word, [, tells]]) =>
        [
          word,
          (tells[cause] ?? 0) -
            Math.max(
              0,
              ...Object.entries(tells)
                .filter(([code]) => code !== cause)
                .map(([, weight]) => weight),
            ),
        ] as const,
    )
    .filter(([word, lead]) => lead > 0 && /^\p{L}+$/u.test(word))
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([word]) => word);
}

describe('the words of a paste', () => {
  it('are in lower case, without the names of a statement’s parts', () => {
    expect(listed({ tokenResponse: { status: 401, body: 'Bad Client' }, note: 'It worked' })).toEqual([
      '401',
      'bad',
      'client',
      'it',
      'worked',
    ]);
  });

  it('leave out what is masked, numbers that are no status, and what is encoded', () => {
    const words = listed({
      note: `My client_secret=s3cr3tV4lueOfMine12 of 2024 in port 8443, ${'aGVsbG8'.repeat(6)} gave 403`,
    });
    expect(words).toContain('client_secret');
    expect(words).toContain('403');
    expect(words).not.toContain('8443');
    expect(words.join(' ')).not.toMatch(/s3cr3t|agvsbg8/);
  });

  it('are told where they stand beside the answers', () => {
    expect(wordsTold(read('{"error":"invalid_client"}'))).toBe(0);
    expect(
      wordsTold(read({ tokenResponse: { body: '{"error":"invalid_client"}' }, note: 'it worked before' })),
    ).toBeGreaterThan(2);
  });
});

describe('what they say', () => {
  it('is a share for each learnt cause, and all shares make one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(learnt.words)), { minLength: 1 }), (words) => {
        const known = weighed(new Map(words.map((word) => [word, 1])), learnt);
        const shares = [...sharesOf(known, learnt).values()].map(Math.exp);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
      }),
    );
  });

  it('is nothing where an answer stands alone, or no word is known', () => {
    expect(heardWords(read('{"error":"invalid_grant","error_description":"Bad"}'))).toBeUndefined();
    expect(heardWords(read({ note: 'zzyzx zzyzx' }))).toBeUndefined();
  });

  it('counts the less, the fewer of them are told', () => {
    const body = '{"error":"invalid_client"}';
    const few = heardWords(read({ tokenResponse: { body }, note: 'the refresh token was revoked' }));
    const more = heardWords(
      read({ tokenResponse: { body }, note: 'the refresh token was revoked, '.repeat(9) }),
    );
    const spread = (heard: typeof few): number =>
      heard
        ? wordWeight('grant/refresh-token-invalid', heard, false) -
          wordWeight('endpoint/ip-blocked', heard, false)
        : 0;
    expect(spread(few)).toBeGreaterThan(0);
    expect(spread(more)).toBeGreaterThan(spread(few));
  });

  it('orders suspicions: the same answer, told in the words of one cause, has that cause before the other', () => {
    const placeIn = (cause: FindingCode, of: FindingCode): number => {
      const found = explainPaste({ ...REFUSED, note: `It fails. ${loudest(of, 25).join(' ')}` });
      return found.report.verdict.candidates.findIndex(({ code }) => code === cause);
    };
    const [unknown, secret] = ['client/unknown', 'client/wrong-secret'] as const;
    expect(placeIn(unknown, unknown)).toBeLessThan(placeIn(secret, unknown));
    expect(placeIn(secret, secret)).toBeLessThan(placeIn(unknown, secret));
  });

  it('shows the sentence in which they stand, and no list of them', () => {
    const sentence = `It runs each night with ${loudest('client/unknown', 30).join(', ')}.`;
    const scene = sceneOf(read({ ...REFUSED, note: `The job is new. ${sentence} It ends there.` }));
    const [point] = tellings(scene).sightings.get('client/unknown')?.evidence ?? [];
    expect(point?.at).toBe('prose note');
    expect(point?.shows).not.toContain('The job is new');
    expect(scene.evidence.paste?.slice(point?.source?.from, point?.source?.to)).toContain(
      point?.shows.replace(/^… | …$/g, ''),
    );
  });

  it('names a cause that nothing else names, from twelve words on and beside no answer that is plain', () => {
    const named = (count: number, more: object = REFUSED): boolean => {
      const evidence = read({ ...more, note: loudest('client/unknown', count).join(', ') });
      const scene = sceneOf(evidence);
      return tellings(scene).sightings.get('client/unknown')?.evidence[0]?.at === 'prose note';
    };
    expect(named(30)).toBe(true);
    expect(named(11)).toBe(false);
    expect(
      named(30, {
        tokenResponse: { status: 400, body: 'Request body and headers contain authorization information' },
      }),
    ).toBe(false);
  });

  it('weighs less than what a sure rule sees', () => {
    const note =
      'We fetch a token with curl each night, and since the update the answer is this one, every time.';
    const weightOf = (token: string): number => {
      const paste = {
        tokenRequest: { body: `grant_type=refresh_token&refresh_token=${token}` },
        ...REFUSED,
        note,
      };
      const scene = sceneOf(read(paste));
      return tellings(scene).weights.get('credential/needs-form-encoding') ?? 0;
    };
    expect(weightOf('q3Zt8+Lw0pXr5vBn2sKd7w') - weightOf('q3Zt8xLw0pXr5vBn2sKd7w')).toBeGreaterThan(1.99);
  });

  // Names of errors are left out: where one stands alone, it is read as the answer that it is.
  it('never proves: whatever is told, the verdict is suspected', () => {
    const word = fc.constantFrom(...Object.keys(learnt.words).filter((one) => /^\p{L}+$/u.test(one)));
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 60 }), (words) => {
        const { report } = explainPaste({ ...REFUSED, note: `It fails: ${words.join(' ')}` });
        expect(report.verdict.certainty).not.toBe('proved');
      }),
      { numRuns: 60 },
    );
  });

  it('names no scope as the cause where roles decide', () => {
    const { verdict } = explainPaste({
      provider: 'Genesys Cloud',
      apiRequest: { method: 'GET', url: 'https://api.mypurecloud.de/api/v2/analytics/reporting/settings' },
      apiResponse: { status: 403, body: '' },
      note: 'The scope was not requested, says a colleague: the token has none of the scopes, scope is empty, and the call is refused with insufficient scope whatever scope I ask for.',
    }).report;
    expect(verdict.candidates.filter(({ code }) => /scope/.test(code))).toEqual([]);
  });

  it('puts no mask before another cause, however little speaks for the other', () => {
    const evidence = read({
      curl: 'curl -u xxxx:yyyy https://id.example.com/token -d grant_type=client_credentials',
      ...REFUSED,
    });
    const scene = sceneOf(evidence);
    const weights = new Map(ALL_CODES.map((code) => [code, code === 'credential/placeholder' ? 3 : -12]));
    const { verdict } = judge(pastedLadder(ladder), scene, { weights, sightings: new Map() });
    expect(verdict.candidates[0]?.code).not.toBe('credential/placeholder');
  });
});

describe('what is learnt', () => {
  it('comes of nearly all known cases; `npm run words` learns anew', () => {
    expect(learnt.cases).toBeGreaterThan(KNOWN.length * 0.9);
    expect(learnt.cases).toBeLessThanOrEqual(KNOWN.length);
  });

  it('names only causes that there are', () => {
    const named = [
      ...Object.keys(learnt.causes),
      ...Object.values(learnt.words).flatMap(([, tells]) => Object.keys(tells)),
    ];
    for (const code of new Set(named)) expect(ALL_CODES).toContain(code);
  });

  it('rests on no word that fewer than three cases have', () => {
    const cases = new Map<string, number>();
    for (const { statement } of KNOWN)
      for (const word of wordsIn(read(statement)).keys()) cases.set(word, (cases.get(word) ?? 0) + 1);
    for (const word of Object.keys(learnt.words)) expect(cases.get(word) ?? 0, word).toBeGreaterThan(2);
  });
});

describe('the fit', () => {
  const examples = [
    { words: [[0, 1]] as const, cause: 0 },
    {
      words: [
        [0, 0.7],
        [2, 0.7],
      ] as const,
      cause: 0,
    },
    { words: [[1, 1]] as const, cause: 1 },
    {
      words: [
        [1, 0.7],
        [2, 0.7],
      ] as const,
      cause: 1,
    },
  ];

  it('gives a word weight for the cause it comes with, and none where it comes with each', () => {
    const { weights } = fit(examples, 3, 2, 0.01);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[3]).toBeGreaterThan(0);
    expect(weights[4]).toBeCloseTo(0, 6);
    expect(weights[5]).toBeCloseTo(0, 6);
  });

  it('keeps the fewer weights, the higher the penalty', () => {
    const kept = (penalty: number): number =>
      fit(examples, 3, 2, penalty).weights.filter((w) => w !== 0).length;
    expect(kept(0.3)).toBeLessThan(kept(0.001));
  });
});
