import { defineCheck, type Facts, type Scene, type Sighting } from '../../core/index.ts';
import { proof } from '../proof.ts';
import { ledBy } from '../readings.ts';

/** RFC 7519 gives no number; a few minutes of leeway are usual, and five is Kerberos' and most servers' limit. */
const MOST_SKEW_MS = 5 * 60_000;

interface SkewFacts extends Facts {
  readonly minutes: number;
  readonly ahead: boolean;
  readonly host: string;
  readonly said: string;
}

export const clockSkew = defineCheck<SkewFacts>({
  code: 'connection/clock-skew',
  severity: 'warning',
  blocks: false,
  refutable: false,
  title: 'The clock of this machine and that of the server disagree',
  page:
    'The Date header of an answer and the clock of this machine are more than five minutes apart. An id and secret do ' +
    'not depend on the time, so nothing is blocked; but a signed assertion (JWT) is refused, a token is thought fresh ' +
    'when it has ended, and hours are exported under wrong names. It is the cause where the server speaks of times: ' +
    '"must be a short-lived token", "used before issued", "not yet valid".',
  references: [
    {
      title: 'RFC 9110 §6.6.1: the Date header',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1',
    },
    {
      title: 'RFC 7523 §3: time limits of an assertion',
      url: 'https://www.rfc-editor.org/rfc/rfc7523#section-3',
    },
  ],
  look(scene) {
    const seen = measured(scene);
    const said = ledBy('connection/clock-skew', scene).map((s) => ({
      ...s,
      facts: { minutes: 0, ahead: false, host: 'the server', said: s.why ?? 'the answer speaks of times' },
      severity: 'error' as const,
    }));
    const [first] = said;
    if (!seen) return said;
    // Measured and named by the server: then it is more than a remark.
    return first
      ? [
          {
            ...first,
            facts: { ...seen.facts, said: first.facts.said },
            certainty: 'proved',
            likelihood: 0.95,
          },
        ]
      : [seen];
  },
  cause: ({ minutes, ahead, host, said }) =>
    minutes > 0
      ? `The clock of this machine is ${minutes} minutes ${ahead ? 'ahead of' : 'behind'} that of ${host}.${said ? ` ${said}` : ''}`
      : said,
  fix: (_facts, scene) => [
    {
      who: 'you',
      action: 'Compare the clock with the world, in UTC.',
      command: 'date -u; timedatectl show -p NTPSynchronized',
    },
    {
      who: 'you',
      action:
        'Turn time synchronisation on (chrony, systemd-timesyncd, w32time), in the host of a virtual machine or container too.',
      command: 'sudo timedatectl set-ntp true',
    },
    proof(scene, { anyGrant: true }),
  ],
});

/** The answer with the largest difference; a slow answer can't explain more than its own duration. */
function measured({ evidence }: Scene): Sighting<SkewFacts> | undefined {
  const [worst] = evidence.exchanges
    .flatMap((x) =>
      x.outcome.kind === 'answered' && x.outcome.clockSkewMs !== undefined
        ? [{ x, skew: x.outcome.clockSkewMs }]
        : [],
    )
    .filter(({ skew }) => Math.abs(skew) > MOST_SKEW_MS)
    .sort((a, b) => Math.abs(b.skew) - Math.abs(a.skew));
  if (!worst) return undefined;
  const { x, skew } = worst;
  const host =
    x.request.url !== undefined && URL.canParse(x.request.url) ? new URL(x.request.url).host : 'the server';
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return {
    facts: { minutes, ahead: skew < 0, host, said: '' },
    certainty: 'proved',
    evidence: [
      {
        at: `${x.step}: response.headers.date`,
        shows: `${minutes} minutes ${skew < 0 ? 'behind' : 'ahead of'} this machine's clock`,
      },
    ],
    explains: [],
    sufficient: false,
  };
}
