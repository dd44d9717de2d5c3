/** Where a client id or secret is seen: the settings, a given header, the header of a pasted request, pasted config. */
import {
  answersTo,
  areSwapped,
  type AuthorizationShape,
  type Scene,
  type SecretShape,
  type Span,
  type StepId,
} from '../../core/index.ts';

export interface Place {
  readonly which: 'id' | 'secret';
  /** For the reader, e.g. `client.secret (WHY403_CLIENT_SECRET)`. */
  readonly at: string;
  readonly shape: SecretShape;
  readonly from: 'settings' | 'header' | 'paste';
  /** The name of the variable, file or profile that it came from. */
  readonly origin?: string;
  /** The forms of id and secret tell that they have changed places. */
  readonly swapped: boolean;
  /** It differs from the configured value that it should repeat. */
  readonly differs: boolean;
  /** The paste shows that this very value was sent: a command or code, not prose. */
  readonly wasSent: boolean;
  /** The token requests that carried it. */
  readonly steps: readonly StepId[];
  readonly source?: Span;
}

/** All places of a scene, settings first; a masked value is a place too. */
export function places(scene: Scene): Place[] {
  const { evidence } = scene;
  const tokens = answersTo(evidence, 'token');
  const steps = tokens.map((x) => x.step);
  const found: Place[] = [];
  const { client } = evidence;
  const inFile = client?.source === 'a file of settings in the paste';
  if (client) {
    const base = {
      from: inFile ? ('paste' as const) : ('settings' as const),
      swapped: client.swapped,
      differs: false,
      wasSent: scene.mode === 'climb' || ranAsShown(scene),
      steps: evidence.authorization && scene.mode === 'climb' ? [] : steps,
    };
    for (const which of ['id', 'secret'] as const) {
      const origin = originOf(client.source, which);
      found.push({
        ...base,
        which,
        ...(origin && { origin }),
        at: `client.${which}${origin ? ` (${origin})` : ''}`,
        shape: which === 'id' ? client.idShape : client.secretShape,
        ...inCommand(client.source, evidence.paste),
        ...(inFile && inSettings(scene, which)),
      });
    }
  }
  if (evidence.authorization) found.push(...inHeader(evidence.authorization, 'authorization', steps, scene));
  if (!client && !evidence.authorization) {
    for (const x of tokens) {
      found.push(...inHeader(x.request.authorization, `${x.step}: request.authorization`, [x.step], scene));
    }
  }
  return [...found, ...said(scene, steps)];
}

/** Where the hidden pair of a pasted request stands. */
function inCommand(source: string | undefined, paste = ''): { source?: Span } {
  const found = source === 'the request in the paste' ? /\bBasic\s+(•+)/.exec(paste) : null;
  if (!found?.[1]) return {};
  const to = found.index + found[0].length;
  return { source: { from: to - found[1].length, to } };
}

/** The line of the settings. */
function inSettings({ evidence: { said } }: Scene, which: Place['which']): { source?: Span } {
  const source = said.find((s) => s.where === 'config' && credentialKey(s.key) === which)?.source;
  return source ? { source } : {};
}

/** A pair that came from two places names both: `WHY403_CLIENT_ID and WHY403_CLIENT_SECRET`. */
function originOf(source: string | undefined, which: 'id' | 'secret'): string | undefined {
  const parts = source?.split(' and ') ?? [];
  return parts.length === 2 ? parts[which === 'id' ? 0 : 1] : source;
}

/** A whole command, or code, is what ran; prose and a bare header may have been rewritten for the post. */
export function ranAsShown({ evidence }: Scene): boolean {
  return evidence.said.some((s) => s.where === 'command' || s.where === 'code');
}

function inHeader(shape: AuthorizationShape, at: string, steps: readonly StepId[], scene: Scene): Place[] {
  if (shape.kind !== 'basic' || !shape.decoded) return [];
  const { idShape, secretShape } = shape.decoded;
  const base = {
    from: 'header' as const,
    swapped: areSwapped(idShape, secretShape, scene.profile.credential.idForm),
    wasSent: scene.mode === 'climb' || ranAsShown(scene),
    steps,
  };
  return [
    { ...base, which: 'id', at: `${at} (decoded id)`, shape: idShape, differs: shape.idMatches === false },
    {
      ...base,
      which: 'secret',
      at: `${at} (decoded secret)`,
      shape: secretShape,
      differs: shape.secretMatches === false,
    },
  ];
}

/** Config and code of a paste: `client_secret = …` with the shape of what stands there. */
function said({ evidence }: Scene, steps: readonly StepId[]): Place[] {
  return evidence.said.flatMap((s): Place[] => {
    if (!s.shape) return [];
    const which = credentialKey(s.key);
    if (!which) return [];
    return [
      {
        which,
        at: s.key,
        shape: s.shape,
        from: 'paste',
        swapped: false,
        differs: false,
        wasSent: s.where === 'command' || s.where === 'code',
        steps,
        ...(s.source && { source: s.source }),
      },
    ];
  });
}

/** Whether a key names a client id or a client secret. */
function credentialKey(key: string): 'id' | 'secret' | undefined {
  const name = key.toLowerCase().replace(/[^a-z]/g, '');
  if (/(client|app|consumer|api|oauth)?secret$|clientpassword$|secretkey$/.test(name)) return 'secret';
  if (/(client|app|application|consumer)id$|consumerkey$|clientkey$/.test(name)) return 'id';
  return undefined;
}
