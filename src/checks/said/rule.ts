/**
 * Rules about what a paste says beside its answers: settings, code, commands, sentences. Each names a defect that
 * can be told from such text, and only as suspected: a text that looks like a cause need not be the cause.
 */
import {
  bodyText,
  statusOf,
  stepName,
  type Evidence,
  type Exchange,
  type FindingCode,
  type Said,
  type Scene,
} from '../../core/index.ts';
import { tellsOfFailure } from './failure.ts';
import { spoken } from './spoken.ts';

export interface SaidRule {
  /** Names the rule in the evaluation. */
  readonly id: string;
  readonly code: FindingCode;
  /** 0 to 1, against the readings of the answers. */
  readonly likelihood: number;
  /** Where the pattern is looked for; default everywhere but in answers. */
  readonly where?: readonly Said['where'][];
  readonly pattern?: RegExp;
  /** Where it stands in the paste, for a rule without a pattern: the first such place is underlined. */
  readonly shows?: RegExp;
  /** Must hold, too. */
  readonly when?: (look: Look) => boolean;
  readonly why: string;
  readonly tell: string;
}

function toldBody({ outcome }: Exchange): string[] {
  if (outcome.kind !== 'answered' || outcome.body.kind === 'none') return [];
  return [outcome.body.kind === 'json' ? JSON.stringify(outcome.body.value) : outcome.body.text];
}

/** What a rule may look at, prepared once. */
export class Look {
  readonly scene: Scene;
  /** Settings, code, commands and sentences, one a line group. */
  readonly context: string;
  /** The answers word for word. */
  readonly answers: string;
  /** The code that is shown. */
  readonly codes: string;
  readonly token: readonly Exchange[];
  readonly endpoint: readonly Exchange[];

  constructor(scene: Scene) {
    this.scene = scene;
    const { said, exchanges } = scene.evidence;
    this.context = [
      ...said.filter((s) => s.where !== 'log').map((s) => `${s.key}: ${spoken(s, scene)}`),
      ...exchanges.map(({ request }) => request.url ?? ''),
    ]
      .join('\n')
      .slice(0, 100_000);
    const logs = said.filter((s) => s.where === 'log').map((s) => s.text ?? '');
    // An answer that a sentence tells is no log, and yet what the server said.
    const told = logs.length > 0 ? [] : exchanges.flatMap(toldBody);
    this.answers = [...logs, ...told].join('\n').slice(0, 50_000);
    this.codes = said
      .filter((s) => s.where === 'code' || s.where === 'command')
      .map((s) => s.text ?? '')
      .join('\n')
      .slice(0, 50_000);
    this.token = exchanges.filter((x) => stepName(x.step) === 'token');
    this.endpoint = exchanges.filter((x) => stepName(x.step) === 'endpoint');
  }

  /** Something is said to have failed, or is shown to. */
  failureTold(): boolean {
    return tellsOfFailure(this.scene);
  }

  says(pattern: RegExp): boolean {
    return pattern.test(this.context);
  }

  answered(pattern: RegExp): boolean {
    return pattern.test(this.answers);
  }

  /** A token answer has this error. */
  tokenError(pattern: RegExp): boolean {
    return this.token.some(
      (x) =>
        pattern.test(bodyText(x, 'error') ?? '') || (statusOf(x) === 401 && pattern.test('invalid_client')),
    );
  }

  tokenRefused(): boolean {
    return this.token.some((x) => x.outcome.kind === 'answered' && !x.outcome.token);
  }

  endpointStatus(...statuses: readonly number[]): boolean {
    return this.endpoint.some((x) => statuses.includes(statusOf(x) ?? -1));
  }

  code(pattern: RegExp): boolean {
    return this.scene.evidence.said.some((s) => s.where === 'code' && pattern.test(s.text ?? ''));
  }

  form(name: string): string | undefined {
    return this.token.map((x) => x.request.form?.[name]).find((value) => value !== undefined);
  }
}

const looks = new WeakMap<Scene, Look>();

/** What is looked at of a scene; made once. */
export function lookOf(scene: Scene): Look {
  const known = looks.get(scene) ?? new Look(scene);
  looks.set(scene, known);
  return known;
}

/** The characters that do not belong into base64, of each Basic header that is shown. */
export function foreignSigns({ authorization, exchanges }: Evidence): (readonly string[])[] {
  return [authorization, ...exchanges.map((x) => x.request.authorization)].flatMap((a) =>
    a?.kind === 'basic' && a.foreign ? [a.foreign] : [],
  );
}

/** Within double quotes a shell runs it, except cmd.exe. */
const RUN_BY_A_SHELL = /"[^"'\n]{0,80}\bBasic (?:\$\(|`)/i;
const CMD = /\bcmd(?:\.exe)?\b|command prompt|eingabeaufforderung|invite de commandes/i;

/** `$(…)` in a Basic header: a command that no shell ran. */
export function substitutionSent(evidence: Evidence): boolean {
  const { paste = '' } = evidence;
  return (
    foreignSigns(evidence).some((signs) => signs.includes('$') && signs.includes('(')) &&
    /\bBasic (?:\$\(|`)/i.test(paste) &&
    (!RUN_BY_A_SHELL.test(paste) || CMD.test(paste))
  );
}
