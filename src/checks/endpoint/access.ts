/**
 * Settles a refusal that is about rights. Three sources are laid side by side: what the server said, what the
 * endpoint's documentation demands (catalogue), and what the client really holds (grants, divisions, the
 * organisation's own permissions). Where they agree the cause is proved; where they differ both stay on show and
 * the cause is only suspected, because the text of a refusal can name the wrong permission.
 */
import {
  endpointOf,
  statusOf,
  type CatalogueEntry,
  type Certainty,
  type Exchange,
  type Facts,
  type FindingCode,
  type Holdings,
  type Reading,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { holdingsOf } from '../asking.ts';
import { about, isEndpoint, names, readings, shown, sightingOf, text, texts } from '../readings.ts';
import { evidenceOf, sourceOf, type AccessFacts, type Compared } from './compared.ts';
import { divisionNames, existsInOrg, heldOf, isHeld, roleNames, type Held } from './held.ts';

export interface Denial {
  readonly code: FindingCode;
  readonly sighting: Sighting<AccessFacts>;
}

const ABOUT_RIGHTS: readonly FindingCode[] = [
  'endpoint/missing-permission',
  'endpoint/missing-division',
  'endpoint/feature-missing',
  'endpoint/policy-denied',
];

/** Every refusal about rights, and every call that was not sent and that the client has no right to make. */
export function denials(scene: Scene): Denial[] {
  const refused = readings(scene)
    .filter(({ exchange, reading }) => isEndpoint(exchange) && ABOUT_RIGHTS.includes(reading.causes[0].code))
    .map(({ exchange, reading }) => settle(exchange, reading, scene));
  return [...refused, ...forecasts(scene)];
}

/** The sightings of one code. */
export function denialsOf(code: FindingCode, scene: Scene): Sighting<AccessFacts>[] {
  return denials(scene).flatMap((d) => (d.code === code ? [d.sighting] : []));
}

function settle(exchange: Exchange, reading: Reading, scene: Scene): Denial {
  const base = sightingOf([{ exchange, reading }]);
  const holdings = holdingsOf(scene);
  const compared = compare(exchange, reading.facts, holdings, scene);
  const { facts } = compared;
  const lead = reading.causes[0].code;
  if (reading.forced || !compared.known) return { code: lead, sighting: { ...base, facts } };
  const { code, certainty, why } = conclude(compared, reading, holdings);
  const alternatives = reading.causes.filter(
    (cause) => cause.code !== code && !isRefuted(cause.code, compared, holdings),
  );
  return {
    code,
    sighting: {
      ...base,
      facts,
      certainty,
      sufficient: certainty === 'proved',
      evidence: [...base.evidence, ...evidenceOf(compared, holdings, scene)],
      alternatives: certainty === 'proved' ? [] : alternatives,
      why,
      likelihood: certainty === 'proved' ? 0.95 : 0.7,
    },
  };
}

function compare(exchange: Exchange, said: Facts, holdings: Holdings, scene: Scene): Compared {
  const entry = entryOf(exchange, scene);
  const named = texts(said['permissions']);
  const documented = entry?.rule.permissions ?? [];
  const demanded = named.length > 0 ? named : documented;
  const rule =
    named.length > 0 ? text(said['rule'], entry?.rule.type ?? 'ALL') : (entry?.rule.type ?? 'unknown');
  const all = demanded.map((permission) => heldOf(permission, holdings));
  const held = all.filter((h): h is Held => h !== undefined);
  const lacking = held.filter((h) => !isHeld(h)).map((h) => h.permission);
  const differ = named.length > 0 && differs(named, entry);
  const lackingToo = differ
    ? documented.filter((permission) => {
        const one = heldOf(permission, holdings);
        return one !== undefined && !isHeld(one);
      })
    : [];
  const missing = rule === 'ANY' && lacking.length < held.length ? [] : lacking;
  return {
    held,
    known: demanded.length > 0 && held.length === demanded.length,
    facts: {
      ...said,
      ...about(exchange),
      demanded,
      rule,
      said: named,
      documented,
      documentedRule: entry?.rule.type ?? 'unknown',
      source: entry ? sourceOf(entry) : '',
      missing,
      documentedMissing: lackingToo,
      absent: missing.filter((permission) => existsInOrg(permission, holdings) === false),
      heldIn: [...new Set(held.flatMap((h) => divisionNames(h.divisions)))],
      roles: roleNames(holdings),
      differs: differ,
    },
  };
}

function entryOf(exchange: Exchange, scene: Scene): CatalogueEntry | undefined {
  const endpoint = endpointOf(exchange);
  return endpoint && scene.catalogue.find(endpoint.method, endpoint.path);
}

/** The documentation knows the rule, and none of what the server names stands in it. */
function differs(named: readonly string[], entry: CatalogueEntry | undefined): boolean {
  if (!entry || entry.rule.type === 'unknown') return false;
  const documented = entry.rule.permissions.map((p) => p.toLowerCase());
  return !named.some((p) => documented.includes(p.toLowerCase()));
}

/** What the grants and the organisation's own permissions rule out. */
function isRefuted(code: FindingCode, { facts, held }: Compared, holdings: Holdings): boolean {
  const { missing } = facts;
  if (code === 'endpoint/missing-permission')
    return missing.length === 0 && facts.documentedMissing.length === 0;
  if (code === 'endpoint/missing-division') return held.every((h) => h.all || !isHeld(h));
  if (code !== 'endpoint/feature-missing') return false;
  return missing.length > 0 && missing.every((permission) => existsInOrg(permission, holdings) === true);
}

interface Conclusion {
  readonly code: FindingCode;
  readonly certainty: Certainty;
  readonly why: string;
}

function conclude({ facts, held }: Compared, reading: Reading, holdings: Holdings): Conclusion {
  const byDivision = reading.facts['byDivision'] === true;
  const { missing, absent, rule, differs: apart } = facts;
  const suspect = (code: FindingCode, why: string): Conclusion => ({ code, certainty: 'suspected', why });
  const sure = (code: FindingCode, why: string): Conclusion => ({
    code,
    certainty: apart ? 'suspected' : 'proved',
    why,
  });
  if (missing.length === 0) {
    const everywhere = held.some((h) => h.all);
    if (byDivision && !everywhere)
      return sure(
        'endpoint/missing-division',
        `The client holds ${names(facts.demanded)} only in ${names(facts.heldIn)}.`,
      );
    if (!everywhere && !held.some((h) => h.conditional))
      return suspect(
        'endpoint/missing-division',
        `The client holds ${names(facts.demanded)}, but only in ${names(facts.heldIn)}.`,
      );
    return suspect(
      apart ? 'endpoint/missing-permission' : 'endpoint/policy-denied',
      `The client holds what the server names (${names(facts.demanded)}), so the refusal has another reason: a policy, or the text names the wrong permission.`,
    );
  }
  if (held.some((h) => h.conditional && missing.includes(h.permission)))
    return suspect('endpoint/policy-denied', `The client holds ${names(missing)} only under a condition.`);
  // ANY is out of reach only if the organisation has none of them; ALL as soon as one is not there.
  const outOfReach = rule === 'ANY' ? absent.length === missing.length : absent.length > 0;
  if (outOfReach)
    return sure(
      'endpoint/feature-missing',
      `The organization has no permission ${names(absent)} that a role could be given.`,
    );
  const exists = missing.some((permission) => existsInOrg(permission, holdings) === true);
  return {
    code: 'endpoint/missing-permission',
    certainty: exists && !apart ? 'proved' : 'suspected',
    why: `No role of the client holds ${names(missing, rule === 'ANY' ? 'or' : 'and')}${apart ? ', which the server names and the documentation does not' : ''}.`,
  };
}

/** Calls that were not sent because they could change something: judged by the documentation and the grants. */
function forecasts(scene: Scene): Denial[] {
  const holdings = holdingsOf(scene);
  return scene.evidence.exchanges.flatMap((exchange): Denial[] => {
    if (exchange.outcome.kind !== 'not-sent' || statusOf(exchange) !== undefined) return [];
    const compared = compare(exchange, {}, holdings, scene);
    const { facts } = compared;
    if (!compared.known || facts.missing.length === 0) return [];
    const { code, certainty, why } = conclude(compared, { facts: {} } as Reading, holdings);
    return [
      {
        code,
        sighting: {
          facts,
          certainty,
          evidence: [shown(exchange), ...evidenceOf(compared, holdings, scene)],
          explains: [exchange.step],
          sufficient: certainty === 'proved',
          why,
          tell: '--send sends the call and shows what the server says.',
        },
      },
    ];
  });
}
