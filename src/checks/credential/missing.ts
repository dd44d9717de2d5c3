import {
  bodyText,
  answersTo,
  defineCheck,
  issuedToken,
  type Exchange,
  type Facts,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { proof, quoted } from '../proof.ts';
import { ledBy } from '../readings.ts';
import { places } from './places.ts';

interface MissingFacts extends Facts {
  readonly what: string;
  readonly origin?: string;
  readonly shown: boolean;
  /** It is the header to check that is empty. */
  readonly header?: true;
}

const SPEAKS_OF_MORE =
  /^(?:invalid_scope|invalid_grant|invalid_target|unauthorized_client|unsupported_grant_type|access_denied)$/;

/** A refused request of the client-credentials grant, shown in full, with neither a header nor a secret in its body. */
function withoutCredentials(scene: Scene): Exchange[] {
  return answersTo(scene.evidence, 'token').filter((exchange) => {
    const { request } = exchange;
    if (issuedToken(exchange)) return false;
    const seen = request.url !== undefined && request.bodyForm !== undefined && !request.unread;
    const form = request.form ?? {};
    const grant = form['grant_type'];
    return (
      seen &&
      request.authorization.kind === 'absent' &&
      grant === 'client_credentials' &&
      !request.bodyCredentials?.secret &&
      form['client_secret'] === undefined &&
      form['client_assertion'] === undefined
    );
  });
}

function inSettings(scene: Scene): Sighting<MissingFacts>[] {
  const { client, authorization, settings, exchanges } = scene.evidence;
  if (settings.readyToken) return [];
  if (authorization) return authorization.kind === 'absent' ? [emptyHeader(scene)] : [];
  const lacks = (['id', 'secret'] as const).filter((which) => {
    const shape = which === 'id' ? client?.idShape : client?.secretShape;
    return !shape || shape.length === 0;
  });
  if (lacks.length === 0) return [];
  const what = lacks.map((which) => `client ${which}`).join(' and ');
  return [
    {
      facts: { what, shown: false, ...(client?.source && { origin: client.source }) },
      certainty: 'proved',
      evidence: lacks.map((which) => ({ at: `client.${which}`, shows: 'missing or empty' })),
      explains: exchanges.filter((x) => x.step.startsWith('token')).map((x) => x.step),
      sufficient: true,
      tell: 'Set it and run again.',
    },
  ];
}

/** The header that stands for id and secret, of a file or variable that holds nothing. */
function emptyHeader({ evidence }: Scene): Sighting<MissingFacts> {
  return {
    facts: { what: 'Authorization header', shown: false, header: true },
    certainty: 'proved',
    evidence: [{ at: 'authorization', shows: 'empty' }],
    explains: evidence.exchanges.filter((x) => x.step.startsWith('token')).map((x) => x.step),
    sufficient: true,
    tell: 'Fill it and run again.',
  };
}

/** A setting that is there and holds nothing; it may have been emptied for the post. */
function emptySettings(scene: Scene): Sighting<MissingFacts>[] {
  return places(scene)
    .filter(({ source, shape }) => source !== undefined && shape.length === 0)
    .slice(0, 1)
    .map((place) => ({
      facts: { what: `client ${place.which}`, shown: false, origin: 'the settings in the paste' },
      certainty: 'suspected',
      evidence: [{ at: place.at, shows: 'it is empty', ...(place.source && { source: place.source }) }],
      explains: place.steps,
      sufficient: false,
      likelihood: 0.7,
      tell: 'Print how long the value is where the program runs: printf %s "$CLIENT_SECRET" | wc -c.',
    }));
}

function inPaste(scene: Scene): Sighting<MissingFacts>[] {
  const empty = emptySettings(scene);
  if (empty.length > 0) return empty;
  const { client } = scene.evidence;
  const requests = withoutCredentials(scene);
  if (requests.length === 0 || (client && client.secretShape.length > 0)) return [];
  return [
    {
      facts: { what: 'client id and secret', shown: true },
      certainty: 'suspected',
      evidence: requests.map((x) => ({
        at: `${x.step}: request`,
        shows: 'no Authorization header, and no client_secret in the body',
        ...(x.source && { source: x.source }),
      })),
      explains: requests.map((x) => x.step),
      sufficient: false,
      // A server that speaks of scope or grant has mostly taken the client; a post that leaves out a header is common.
      likelihood: requests.every((x) => SPEAKS_OF_MORE.test(bodyText(x, 'error') ?? '')) ? 0.2 : 0.6,
      tell: 'Look at the request as it was sent (curl -v): is there an Authorization header?',
    },
  ];
}

const FILL_HEADER =
  'Put the header as the program sends it into the file of --authorization-file (or into WHY403_AUTHORIZATION): "Basic " followed by the base64 of id:secret. Or leave that setting out, and give id and secret.';

export const missing = defineCheck<MissingFacts>({
  code: 'credential/missing',
  severity: 'error',
  blocks: true,
  title: 'The client id or secret is missing',
  page:
    'A token request of a machine needs a client id and a client secret. One of them was not given, or the ' +
    'variable, file or command that should give it is empty. An empty variable counts as not set. It is told from ' +
    'credential/placeholder by there being nothing at all, not even example text. Nothing is sent without them.',
  references: [
    {
      title: 'RFC 6749 §4.4: the client credentials grant needs client authentication',
      url: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
    },
  ],
  look(scene) {
    const own = scene.mode === 'climb' ? inSettings(scene) : inPaste(scene);
    if (own.length > 0) return own;
    return ledBy('credential/missing', scene).map((sighting) => ({
      ...sighting,
      facts: { what: 'client id or secret', shown: true },
    }));
  },
  cause: ({ what, origin, shown, header }) =>
    header
      ? 'The Authorization header that was given to be checked is empty, so no token can be asked for.'
      : shown
        ? `The token request carries no ${what}: neither an Authorization header nor a client_secret in the body. ` +
          'Without them the server cannot know who asks.'
        : `No ${what} was given, so no token can be asked for.${origin ? ` What was given came from ${origin}.` : ''}`,
  fix(facts, scene) {
    const { signposts } = scene.profile;
    const genesys = scene.profile.id === 'genesys-cloud';
    const id = genesys ? 'GENESYSCLOUD_OAUTHCLIENT_ID' : 'WHY403_CLIENT_ID';
    const secret = genesys ? 'GENESYSCLOUD_OAUTHCLIENT_SECRET' : 'WHY403_CLIENT_SECRET';
    if (facts.header) return [{ who: 'you', action: FILL_HEADER }, proof(scene)];
    const steps: FixStep[] = [
      {
        who: 'you',
        action: 'Find the client id, and the secret that was issued with it.',
        where: signposts.client,
      },
    ];
    if (facts.shown) {
      steps.push({
        who: 'you',
        action:
          'Let the request carry them, as HTTP Basic: in curl with -u "$CLIENT_ID:$CLIENT_SECRET", elsewhere as ' +
          'the header "Authorization: Basic " followed by the base64 of id:secret.',
      });
    } else {
      steps.push({
        who: 'you',
        action:
          `Set both where the job runs: ${id} and ${secret}, or --client-id and --client-secret-file. A cron job ` +
          'and a service do not read your shell profile, so set them in the unit or crontab itself.',
        command: `env | grep -c -E ${quoted(`^(${id}|${secret})=.`)}   # 2 when both are set`,
      });
    }
    return [...steps, proof(scene)];
  },
});
