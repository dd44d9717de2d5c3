/** Checks of a value that is there, but is not what was issued. */
import {
  answersTo,
  defineCheck,
  type AuthorizationShape,
  type Check,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof } from '../proof.ts';
import { ledBy } from '../readings.ts';
import { alreadyEncoded } from './already-encoded.ts';
import { ranAsShown } from './places.ts';
import { deformed, type CredentialFacts } from './sightings.ts';
import { certaintyNote, copyAnew, nameOf, placeToEdit, proveOffline, subject } from './texts.ts';

const CLIENT_PASSWORD = {
  title: 'RFC 6749 §2.3.1: client password',
  url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1',
};

const swapped = defineCheck<CredentialFacts>({
  code: 'credential/swapped',
  severity: 'error',
  blocks: true,
  title: 'The client id and the secret have changed places',
  page:
    'The value in the place of the secret has the form of a client id, and the value in the place of the id does ' +
    'not. Two fields that are pasted one after the other are easily exchanged. The server would answer like for an ' +
    'unknown client, so the answer alone does not show it; the form of the values does.',
  references: [CLIENT_PASSWORD],
  look: (scene) => deformed('swapped', scene).slice(0, 1),
  cause: (_facts, scene) =>
    `The value given as the secret has the form that ${scene.profile.title} gives to client ids, and the value given ` +
    'as the id does not. The two have been exchanged.',
  fix: (facts, scene) => [
    {
      who: 'you',
      action: 'Exchange the two values. If the secret has been shown where an id is shown, have it renewed.',
      where: placeToEdit(facts, scene),
    },
    proveOffline(scene),
  ],
});

const placeholder = defineCheck<CredentialFacts>({
  code: 'credential/placeholder',
  severity: 'error',
  blocks: true,
  title: 'Example text stands where the real value belongs',
  page:
    'The value is the example text of a tutorial or template (your_client_id, <CLIENT_SECRET>, myclient, xxx), not ' +
    'one that was issued. In a live run it was really about to be sent. In a paste it is mostly a mask that was put ' +
    'there before posting, which is right and wise: there it is only noted, and nothing else is concluded from it.',
  references: [CLIENT_PASSWORD],
  look(scene) {
    const values = together(deformed('placeholder', scene));
    const own = values.length > 0 ? values : hiddenHeaders(scene);
    if (own.some((s) => s.explains.length > 0)) return own;
    const echoed = ledBy('credential/placeholder', scene).map((sighting) => ({
      ...sighting,
      facts: {
        which: 'id',
        at: String(sighting.facts.step),
        what: 'the server repeats example text as the client id it was sent',
        from: 'paste' as const,
        masked: false,
      },
    }));
    return [...own, ...echoed];
  },
  cause: (facts, scene) =>
    facts.masked
      ? `${subject(facts)}: ${facts.what}, so the real value is not shown. If that text was really sent, it is the ` +
        'cause; if it was put there for the post, it is not, and it was right to hide it.'
      : `${subject(facts)}: ${facts.what}. Nobody was issued that.${certaintyNote(scene)}`,
  fix: (facts, scene) => [
    {
      who: 'you',
      action: facts.masked
        ? `Make sure that the program really sends the ${nameOf(facts)} that was issued, not this text.`
        : `Replace it with the ${nameOf(facts)} that was issued.`,
      where: facts.masked ? scene.profile.signposts.client : placeToEdit(facts, scene),
    },
    facts.masked ? proof(scene) : proveOffline(scene),
  ],
});

/** `Basic <base64(id:secret)>`, `Basic ***`: what stands for the pair in a pasted header. */
function hiddenHeaders(scene: Scene): Sighting<CredentialFacts>[] {
  const { authorization } = scene.evidence;
  if (scene.mode !== 'everything') return [];
  const tokens = answersTo(scene.evidence, 'token').filter((x) => isHidden(x.request.authorization));
  const given = authorization !== undefined && isHidden(authorization);
  if (!given && tokens.length === 0) return [];
  const at = given ? 'authorization' : `${tokens[0]?.step ?? 'token'}: request.authorization`;
  const shape = given ? authorization : tokens[0]?.request.authorization;
  const behind = shape?.kind === 'masked' && shape.scheme !== undefined ? ', behind the word Basic' : '';
  const what = 'a mask or example text stands in its place';
  return [
    {
      facts: { which: 'id and secret', at, what, from: 'header', masked: true },
      certainty: 'suspected',
      evidence: [{ at, shows: `${what}${behind}` }],
      explains: ranAsShown(scene) ? tokens.map((x) => x.step) : [],
      sufficient: false,
      likelihood: 0.4,
      severity: 'note',
      blocks: false,
      why: `The client id and secret: ${what}.`,
      tell: 'Look at the header as it is sent (curl -v shows it).',
    },
  ];
}

function isHidden(shape: AuthorizationShape): boolean {
  if (shape.kind !== 'masked' || shape.built) return false;
  return shape.scheme === undefined || /^basic$/i.test(shape.scheme);
}

/** Id and secret of one template are one finding. */
function together(seen: Sighting<CredentialFacts>[]): Sighting<CredentialFacts>[] {
  const [first, ...others] = seen;
  if (!first) return [];
  const same = others.filter((s) => s.facts.from === first.facts.from && s.facts.which !== first.facts.which);
  if (same.length === 0) return seen;
  const all = [first, ...same];
  const merged = {
    ...first,
    facts: { ...first.facts, which: 'id and secret' },
    evidence: all.flatMap((s) => s.evidence),
    explains: [...new Set(all.flatMap((s) => s.explains))],
    why: `The client id and secret: ${first.facts.what}.`,
  };
  return [merged, ...others.filter((s) => !same.includes(s))];
}

const mangled = defineCheck<CredentialFacts>({
  code: 'credential/mangled',
  severity: 'error',
  blocks: true,
  title: 'The value was changed on its way through shell or file',
  page:
    'Something between the place where the value was issued and this program changed it: quotation marks that a .env ' +
    'file or cmd.exe kept, the brackets of a template, a $NAME that nobody expanded, the carriage return of a Windows file, a # or $ at which a ' +
    'shell or a config format cut the rest off, or a header that was built from another value. The value is judged ' +
    'byte for byte; only one final line break of a file, of stdin or of a command is taken off.',
  references: [CLIENT_PASSWORD],
  look: (scene) => deformed('mangled', scene),
  cause: (facts, scene) =>
    facts.what.startsWith('the header holds')
      ? `${subject(facts)} is not the configured one. One of the two is not what was issued: often a character was ` +
        'lost when the header was copied.'
      : `${subject(facts)} is not what was issued: ${facts.what}.${certaintyNote(scene)}`,
  fix: (facts, scene) => [
    copyAnew(facts, scene, mendMangled(facts)),
    ...(facts.origin && /^[A-Z][A-Z0-9_]*$/.test(facts.origin)
      ? [
          {
            who: 'you' as const,
            action: 'Compare its length with that of the issued value, without showing it.',
            command: `printf %s "$${facts.origin}" | wc -c`,
          },
        ]
      : []),
    proveOffline(scene),
  ],
});

function mendMangled(facts: CredentialFacts): string {
  const name = nameOf(facts);
  if (facts.what.startsWith('quotation')) {
    return `Write the ${name} without the quotation marks: docker --env-file, systemd units of old and "set" of cmd.exe keep them as part of the value.`;
  }
  if (facts.what.startsWith('brackets'))
    return `Take the brackets away: the ${name} is what stands within them.`;
  if (facts.what.includes('variable')) {
    return `Let the variable be expanded: double quotes, not single ones, in sh; $env:NAME in PowerShell; %NAME% only in cmd.exe; and see that it is set where the job runs.`;
  }
  if (facts.what.includes('carriage return')) {
    return `Save the file with LF line ends, or take the CR off: sed -i 's/\\r$//' FILE`;
  }
  if (facts.what.includes('cut'))
    return `Put the whole ${name} in single quotes, so that # and $ are nothing special.`;
  if (facts.what.includes('header')) return 'Build the header again from the issued id and secret.';
  return `Copy the ${name} again from where it was issued.`;
}

const whitespace = defineCheck<CredentialFacts>({
  code: 'credential/whitespace',
  severity: 'error',
  blocks: true,
  title: 'White space stands at an edge of the value',
  page:
    'A space, a tab or a line break stands before or behind the value. It comes from copying, from echo (which adds a ' +
    'line break where printf does not), or from YAML and Kubernetes secrets made with "echo … | base64". To the server ' +
    'it is part of the value, so it is another value.',
  references: [CLIENT_PASSWORD],
  look(scene) {
    const own = deformed('whitespace', scene);
    if (own.length > 0) return own;
    return ledBy('credential/whitespace', scene).map((sighting) => ({
      ...sighting,
      facts: {
        which: 'secret',
        at: String(sighting.facts.step),
        what: sighting.why ?? 'the answer speaks of white space',
        from: 'paste' as const,
        masked: false,
      },
    }));
  },
  cause: (facts, scene) =>
    `${subject(facts)} is sent with its white space: ${facts.what}. The server compares every byte.${certaintyNote(scene)}`,
  fix: (facts, scene) => [
    copyAnew(
      facts,
      scene,
      `Remove the white space around the ${nameOf(facts)}. If it is written with echo, use printf %s instead; for a ` +
        'Kubernetes secret, kubectl create secret generic … --from-file encodes it for you.',
    ),
    proveOffline(scene),
  ],
});

const nonAscii = defineCheck<CredentialFacts>({
  code: 'credential/non-ascii',
  severity: 'error',
  blocks: true,
  title: 'The value holds characters outside ASCII',
  page:
    'The value holds a character that no keyboard puts there on purpose: typographic quotes, a no-break space, a ' +
    'zero-width space, a byte order mark. Word processors, chats and wiki pages insert them. They are mostly ' +
    'invisible, and the server compares every byte.',
  references: [
    CLIENT_PASSWORD,
    {
      title: 'RFC 6749 appendix A: ids and secrets are made of visible ASCII characters',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1',
    },
  ],
  look: (scene) => deformed('non-ascii', scene),
  cause: (facts, scene) =>
    `${subject(facts)} is not made of ASCII alone: ${facts.what}.${certaintyNote(scene)}`,
  fix: (facts, scene) => [
    copyAnew(
      facts,
      scene,
      `Copy the ${nameOf(facts)} again from where it was issued (${scene.profile.signposts.client}), straight into ` +
        'the file or secret store, not by way of a document, mail or chat.',
    ),
    proveOffline(scene),
  ],
});

export const valueChecks: readonly [Check, Check, Check, Check, Check, Check] = [
  swapped,
  alreadyEncoded,
  placeholder,
  mangled,
  whitespace,
  nonAscii,
];
