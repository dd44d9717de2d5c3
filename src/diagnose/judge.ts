/** The judge: evidence in, report out. Pure, so a replay and an explanation are exactly this. */
import {
  stepName,
  type Candidate,
  type FindingCode,
  type Report,
  type Scene,
  type Stage,
  type StageResult,
  type Tellings,
  type Verdict,
} from '../core/index.ts';
import { candidates } from './candidates.ts';
import { failingAnswer, proofs, rank } from './failing.ts';
import { joined } from './joined.ts';
import { lookAround, lookThrough, type Seen } from './look.ts';
import { settled } from './settled.ts';
import { endpointRows, probeRows } from './tables.ts';

/** Causes that say that nobody answered; they name no culprit on the user's side (contract, exit code 3). */
const NOBODY_ANSWERED: readonly FindingCode[] = [
  'connection/unreachable',
  'connection/outage',
  'endpoint/rate-limited',
];

const NOTHING_TOLD: Tellings = { weights: new Map(), sightings: new Map() };

/**
 * Judges a scene. In `climb` mode a blocking finding skips all later stages and what a later answer refutes is
 * dropped; in `everything` mode nothing is skipped and every defect is listed, the refuted ones too.
 * @param tellings move causes up or down in the ranking; none of them makes a cause proved
 */
export function judge(ladder: readonly Stage[], scene: Scene, tellings: Tellings = NOTHING_TOLD): Report {
  const seen = lookAround(ladder, scene);
  const sure = scene.mode === 'climb' ? upToFirstBlock(seen, scene) : seen;
  const told = lookThrough(ladder, scene, tellings.sightings, sure);
  const failing = failingAnswer(scene);
  const all = candidates([...sure, ...told], failing, scene, tellings.weights);
  // Beside a proof, what is only told is no candidate.
  const ranked = all[0]?.certainty === 'proved' ? candidates(sure, failing, scene) : all;
  const kept = [...sure, ...told.filter(({ check }) => check.code === ranked[0]?.code)];
  const stages = stageResults(ladder, kept, scene);
  const notes = notesOf(scene);
  const endpoints = endpointRows(kept, scene);
  const probes = probeRows(scene);
  return {
    schema: 1,
    tool: 'why403',
    provider: scene.evidence.provider,
    stages,
    verdict: verdictOf(ranked, failing !== undefined, stages, scene),
    ...(notes.length > 0 && { notes }),
    ...(endpoints.length > 0 && { endpoints }),
    ...(probes.length > 0 && { probes }),
    ...(scene.evidence.paste !== undefined && { paste: scene.evidence.paste }),
  };
}

/** Which hosts were asked through a proxy, or past one, and which setting said so. */
function waysOf(exchanges: Scene['evidence']['exchanges']): string[] {
  const hosts = new Map<string, Set<string>>();
  for (const { request } of exchanges) {
    if (request.via === undefined || request.url === undefined || !URL.canParse(request.url)) continue;
    hosts.set(request.via, (hosts.get(request.via) ?? new Set()).add(new URL(request.url).host));
  }
  return [...hosts].map(
    ([via, names]) => `${[...names].join(' and ')} ${names.size === 1 ? 'was' : 'were'} asked ${via}`,
  );
}

/** What was left unasked, and why. */
function notesOf({ evidence }: Scene): string[] {
  const notes = evidence.exchanges.flatMap(({ outcome, subject, step }) =>
    outcome.kind === 'not-sent' ? [`${subject ?? step} was not sent: ${outcome.reason}`] : [],
  );
  notes.push(...waysOf(evidence.exchanges));
  const late = evidence.exchanges.find(
    (x) => x.outcome.kind === 'unanswered' && x.outcome.why === 'deadline',
  );
  if (!late) return notes;
  const what = late.subject ?? `the ${late.step} request`;
  return [
    ...notes,
    `the deadline of this run passed before ${what} was answered; --deadline 5m gives it longer`,
  ];
}

/** The code that stops a climb, given what is known so far; undefined: go on. */
export function blockerOf(ladder: readonly Stage[], scene: Scene): FindingCode | undefined {
  return lookAround(ladder, scene).find((s) => s.blocks && !s.refuted)?.check.code;
}

function upToFirstBlock(seen: readonly Seen[], scene: Scene): Seen[] {
  const standing = seen.filter((s) => !s.refuted);
  const ends = standing.filter((s) => s.blocks).map((s) => rank(ofCalls(s, scene) ? 'endpoint' : s.stage));
  return standing.filter((s) => rank(s.stage) <= Math.min(...ends));
}

/** Met when the token was there already: one call that fails on its way takes no word from the others. */
function ofCalls({ sighting }: Seen, { evidence }: Scene): boolean {
  const explained = evidence.exchanges.filter((x) => sighting.explains.includes(x.step));
  return explained.length > 0 && explained.every((x) => !['discovery', 'token'].includes(stepName(x.step)));
}

function stageResults(ladder: readonly Stage[], kept: readonly Seen[], scene: Scene): StageResult[] {
  let blockedBy: FindingCode | '' = '';
  // A stage that an answer has proved is passed, though an earlier one blocks now: the server fell silent later.
  const passed = Math.max(-1, ...proofs(scene).map(({ upTo }) => rank(upTo)));
  const explained = new Set(kept.flatMap(({ sighting }) => sighting.explains));
  return ladder.map(({ id }) => {
    const base = { stage: id, findings: [], missing: [], blockedBy: '', note: '' } as const;
    const mine = kept.filter((s) => s.stage === id);
    if (blockedBy && rank(id) > passed && mine.length === 0) return { ...base, status: 'skipped', blockedBy };
    if (scene.mode === 'climb') blockedBy = mine.find((s) => s.blocks)?.check.code ?? '';
    if (mine.length > 0) return { ...base, status: 'found', findings: joined(mine, scene) };
    const { missing, note, unexplained } = settled(id, scene, explained);
    return { ...base, status: missing.length > 0 || unexplained ? 'unknown' : 'clear', missing, note };
  });
}

function verdictOf(
  ranked: readonly Candidate[],
  failureShown: boolean,
  stages: readonly StageResult[],
  scene: Scene,
): Verdict {
  const [first] = ranked;
  if (first) {
    const kind = NOBODY_ANSWERED.includes(first.code) ? 'inconclusive' : 'broken';
    return { kind, rootCause: first.code, certainty: first.certainty, candidates: ranked };
  }
  // A climb has asked all that it wanted to know. Of a paste nothing can be said where it shows no more than that
  // somebody answered.
  const open =
    scene.mode === 'climb'
      ? stages.some((s) => s.status === 'unknown')
      : stages.every((s) => s.status === 'unknown' || s.stage === 'connection');
  return { kind: failureShown || open ? 'inconclusive' : 'healthy', candidates: [] };
}
