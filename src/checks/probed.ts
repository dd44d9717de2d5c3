/**
 * What probes and a second client say about a refused token request: they take causes away that its answer alone
 * leaves open, or leave one. Every reading passes here, so the checks and the judge need not know of probes at all.
 */
import {
  issuedToken,
  statusOf,
  stepName,
  visibleLine,
  type Cause,
  type ClientRecord,
  type Exchange,
  type FindingCode,
  type Reading,
  type Scene,
} from '../core/index.ts';

/** The reading of a refused token request, in the light of what was asked beside it. */
export function inTheLightOfProbes(reading: Reading, exchange: Exchange, scene: Scene): Reading {
  const { probes = [] } = scene.evidence;
  if (probes.length === 0 || stepName(exchange.step) !== 'token' || issuedToken(exchange)) return reading;
  const records = scene.profile.holdings?.(scene).records ?? [];
  return byScope(byMethod(byEncoding(byRecord(reading, records), probes), probes, scene), probes);
}

/** The probe that differed in this. */
function probeOf(subject: string, probes: readonly Exchange[]): Exchange | undefined {
  return probes.find((x) => stepName(x.step) === 'probe' && x.subject === subject);
}

function only(reading: Reading, cause: Cause, facts: Reading['facts'] = {}): Reading {
  return {
    ...reading,
    causes: [cause],
    forced: true,
    facts: { ...reading.facts, ...facts, settled: cause.why },
  };
}

/** Replaces the causes; where nothing would be left, or nothing changed, the reading stays as it was. */
function leaving(reading: Reading, causes: readonly Cause[], facts: Reading['facts'] = {}): Reading {
  const [first, ...others] = [...causes].sort((a, b) => (b.likelihood ?? 0.5) - (a.likelihood ?? 0.5));
  if (!first) return reading;
  return { ...reading, causes: [first, ...others], facts: { ...reading.facts, ...facts } };
}

const ABOUT_THE_CLIENT: readonly FindingCode[] = [
  'client/wrong-secret',
  'client/unknown',
  'client/disabled',
  'request/wrong-region',
];

function byRecord(reading: Reading, records: readonly ClientRecord[]): Reading {
  const open = reading.causes.filter(({ code }) => ABOUT_THE_CLIENT.includes(code));
  const abroad = records.find((r) => !r.samePlace && !r.absent);
  const here = records.find((r) => r.samePlace);
  // One cause alone was settled by the answer itself.
  if (open.length < 2 || records.length === 0) return reading;
  if (here && !here.absent) return foundHere(reading, here);
  if (abroad) {
    const name = abroad.name === undefined ? 'The client' : `The client "${visibleLine(abroad.name)}"`;
    return only(
      reading,
      {
        code: 'request/wrong-region',
        why: `${name} lives in ${visibleLine(abroad.place)}: a second client found it there by its id.`,
        tell: 'Ask for the token there.',
        likelihood: 0.95,
      },
      { place: abroad.place },
    );
  }
  return here ? notHere(reading, here) : notThere(reading, records[0]!);
}

function foundHere(reading: Reading, { name, state, grantType }: ClientRecord): Reading {
  const title = `${name === undefined ? '' : ` "${visibleLine(name)}"`}`;
  if (state !== undefined && state !== 'active')
    return only(
      reading,
      {
        code: 'client/disabled',
        why: `A second client reads the state of the client${title}: ${visibleLine(state)}.`,
        tell: 'Once it is active, ask again.',
        likelihood: 0.95,
      },
      { state },
    );
  const active = state === undefined ? '' : ' and is active';
  const otherGrant =
    grantType !== undefined && !/^client[-_]credentials$/i.test(grantType)
      ? ` Its grant type is ${visibleLine(grantType)}, which would be refused next.`
      : '';
  const left = reading.causes.filter(
    ({ code }) =>
      !['client/unknown', 'request/wrong-region'].includes(code) &&
      (code !== 'client/disabled' || state === undefined),
  );
  const causes = left.map((cause) =>
    cause.code === 'client/wrong-secret'
      ? {
          ...cause,
          why: `The client${title} exists here${active}, as a second client reads, so of the pair the secret is what is left.${otherGrant}`,
          tell: 'Have a new secret made for it, and use it at once.',
          likelihood: 0.9,
        }
      : cause,
  );
  const narrowed = leaving(reading, causes, { ...(grantType !== undefined && { grantType }) });
  return narrowed.causes.length === 1 ? only(narrowed, narrowed.causes[0]) : narrowed;
}

/** Not in the second client's organisation. It may be in another one, so nothing is proved. */
function notHere(reading: Reading, { place }: ClientRecord): Reading {
  const why: Partial<Record<FindingCode, [string, number]>> = {
    'client/unknown': [
      `A second client does not find the id in its organization (${visibleLine(place)}): it is mistyped, deleted, or of another organization.`,
      0.8,
    ],
    'client/wrong-secret': [
      'The secret is the cause only if the client belongs to another organization than the second client.',
      0.1,
    ],
  };
  const causes = reading.causes
    .filter(({ code }) => code !== 'client/disabled')
    .map((cause) => {
      const [text, likelihood] = why[cause.code] ?? [];
      return text === undefined ? cause : { ...cause, why: text, likelihood: likelihood ?? 0.5 };
    });
  return leaving(reading, causes);
}

/** A second client of another region does not find it there. */
function notThere(reading: Reading, { place }: ClientRecord): Reading {
  return leaving(
    reading,
    reading.causes.map((cause) =>
      cause.code === 'request/wrong-region'
        ? { ...cause, why: `${cause.why} It is not in ${visibleLine(place)}.`, likelihood: 0.1 }
        : cause,
    ),
  );
}

/** The same pair, in the header as it is or form-encoded (RFC 6749 §2.3.1). */
function byEncoding(reading: Reading, probes: readonly Exchange[]): Reading {
  const raw = probeOf('basic-encoding=raw', probes);
  const form = probeOf('basic-encoding=form', probes);
  if (raw && issuedToken(raw)) {
    const body = probeOf('client-auth=post', probes);
    // The body carries the stored value itself. Refused there, and right where a header is decoded once: it is stored
    // encoded. Otherwise the server takes the header as it is.
    const stored = body !== undefined && answered(body) && !issuedToken(body);
    return only(
      reading,
      {
        code: 'credential/over-encoded',
        why: stored
          ? 'The server issues a token where the header holds the pair as it is stored, and none where the body does: the stored value is encoded already, and the server decodes the header.'
          : 'The server issues a token for the same pair where the header holds it as it is: it does not decode what RFC 6749 §2.3.1 tells clients to encode.',
        tell: 'The probes show it.',
        likelihood: 0.95,
      },
      { stored },
    );
  }
  if (form && issuedToken(form))
    return only(reading, {
      code: 'credential/needs-form-encoding',
      why: 'The server issues a token for the same pair where it is form-encoded before base64 (RFC 6749 §2.3.1).',
      tell: 'The probe shows it.',
      likelihood: 0.95,
    });
  const refused = raw && answered(raw) ? 'credential/over-encoded' : undefined;
  return refused === undefined
    ? reading
    : leaving(
        reading,
        reading.causes.filter((c) => c.code !== refused),
      );
}

/** The same pair in the header or in the body; in the body the question of encoding does not arise. */
function byMethod(reading: Reading, probes: readonly Exchange[], { evidence }: Scene): Reading {
  const other = evidence.settings.clientAuth === 'post' ? 'basic' : 'post';
  const probe = probeOf(`client-auth=${other}`, probes);
  if (!probe || !answered(probe) || reading.causes[0].code === 'credential/over-encoded') return reading;
  if (!issuedToken(probe)) {
    // Both ways are refused; a third one (a signed assertion, a certificate) stays possible.
    return leaving(
      reading,
      reading.causes.map((cause) =>
        cause.code === 'client/auth-method-mismatch'
          ? {
              ...cause,
              why: 'Header and form body are refused alike, so only a third way would be left: a signed assertion or a certificate.',
              likelihood: 0.05,
            }
          : cause,
      ),
    );
  }
  const mismatch: Cause = {
    code: 'client/auth-method-mismatch',
    why: `The server issues a token for the same id and secret ${other === 'post' ? 'in the form body' : 'in a Basic header'}.`,
    tell: `Run again with --client-auth ${other}.`,
    likelihood: 0.95,
  };
  const encoded = evidence.client?.secretShape.changedByFormEncoding === true;
  const rawRefused = probes.some((x) => x.subject === 'basic-encoding=raw' && answered(x));
  if (!encoded || rawRefused || other === 'basic') return only(reading, mismatch);
  return leaving(reading, [
    mismatch,
    {
      code: 'credential/over-encoded',
      why: 'Or the server does not decode the Basic header, which holds the pair form-encoded.',
      tell: 'The probe of the header without form-encoding tells.',
      likelihood: 0.5,
    },
  ]);
}

/** One scope at a time, and none. */
function byScope(reading: Reading, probes: readonly Exchange[]): Reading {
  const asked = probes.filter((x) => x.subject?.startsWith('scope=') && answered(x));
  const granted = asked.filter(issuedToken).map(scopeOf);
  if (granted.length === 0) return reading;
  const refused = asked.filter((x) => !issuedToken(x)).flatMap((x) => scopeOf(x) || []);
  const causes = reading.causes.filter(({ code }) => code.startsWith('scope/'));
  if (causes.length === 0) return reading;
  const good = granted.filter((scope) => scope !== '').map(visibleLine);
  const without = granted.includes('') ? 'without scope' : '';
  const shown = `The same request gets a token ${[without, good.length > 0 ? `with ${good.join(' or with ')} alone` : ''].filter(Boolean).join(' and ')}`;
  const narrowed = leaving(
    reading,
    causes.map((cause, i) =>
      i === 0
        ? {
            ...cause,
            why: `${shown}${refused.length > 0 ? `, and none with ${refused.map(visibleLine).join(', ')}` : ''}. ${cause.why}`,
            tell: 'Read which scopes the client is allowed, and whether each of those that were refused is among them, letter by letter.',
          }
        : cause,
    ),
    { refusedScopes: refused, grantedScopes: good },
  );
  // The client was let in, so everything up to the grant is right.
  return { ...narrowed, forced: narrowed.causes.length === 1, proves: 'grant' };
}

function scopeOf({ subject = '' }: Exchange): string {
  return subject.slice('scope='.length);
}

function answered(exchange: Exchange): boolean {
  const status = statusOf(exchange);
  return status !== undefined && status < 500 && status !== 429;
}
