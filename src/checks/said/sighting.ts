/** What a rule finds in a paste, as a sighting with its place. */
import {
  issuedToken,
  stepName,
  visibleLine,
  type EvidencePoint,
  type Exchange,
  type FindingCode,
  type Said,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';
import { spoken } from './spoken.ts';

/** Where the rule's pattern stands; undefined where the rule does not hold. */
export function evidenceOf(rule: SaidRule, look: Look): EvidencePoint[] | undefined {
  const { pattern, where } = rule;
  const places = look.scene.evidence.said.filter((s) =>
    where ? where.includes(s.where) : s.where !== 'log',
  );
  const hit = pattern && places.find((s) => pattern.test(`${s.key}: ${spoken(s, look.scene)}`));
  if (pattern && !hit) return undefined;
  if (rule.when && !rule.when(look)) return undefined;
  return [hit && pattern ? pointOf(hit, pattern, look.scene) : shownBy(rule, look.scene)];
}

/** The place that the rule names in the paste; where it names none, its words alone. */
function shownBy({ shows, why }: SaidRule, { evidence: { paste = '' } }: Scene): EvidencePoint {
  const from = shows ? paste.search(shows) : -1;
  const [text = ''] = (shows && paste.slice(from).match(shows)) ?? [];
  if (from < 0 || text === '') return { at: 'paste', shows: why };
  return {
    at: 'paste',
    shows: visibleLine(text).slice(0, 200),
    source: { from, to: from + Math.min(text.length, 160) },
  };
}

export function pointOf(said: Said, pattern: RegExp, scene: Scene): EvidencePoint {
  const text = spoken(said, scene);
  const found = pattern.exec(text);
  const from = found?.index ?? 0;
  const length = Math.min(found?.[0].length ?? 0, 160);
  const source =
    said.source && found
      ? { from: said.source.from + from, to: said.source.from + from + length }
      : said.source;
  return {
    at: `${said.where} ${said.key}`.trim(),
    shows: visibleLine(text.slice(from, from + Math.max(length, 60))).slice(0, 200),
    ...(source && { source }),
  };
}

export function sightingOf(rule: SaidRule, evidence: EvidencePoint[], scene: Scene): Sighting {
  return {
    facts: { saidWhy: rule.why, saidTell: rule.tell },
    certainty: 'suspected',
    evidence,
    explains: refusedSteps(rule.code, scene.evidence.exchanges),
    sufficient: false,
    why: rule.why,
    tell: rule.tell,
    likelihood: rule.likelihood,
  };
}

/**
 * An endpoint's cause explains calls only where one is shown; and where a token was issued, what comes before it
 * explains no call (RFC 6749 §5.1).
 */
function refusedSteps(code: FindingCode, exchanges: readonly Exchange[]): Exchange['step'][] {
  const about = exchanges.filter((x) => x.outcome.kind !== 'not-shown' && x.outcome.kind !== 'not-sent');
  const calls = about.filter((x) => stepName(x.step) === 'endpoint');
  if (code.startsWith('endpoint/') && calls.length > 0) return calls.map((x) => x.step);
  const before = !/^(?:scope|endpoint)\//.test(code) && exchanges.some(issuedToken);
  return (before ? about.filter((x) => !calls.includes(x)) : about).map((x) => x.step);
}
