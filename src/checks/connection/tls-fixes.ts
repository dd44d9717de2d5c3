/** Why a TLS handshake failed, by the code of it: only a certificate that is not trusted needs a root certificate. */
import type { FixStep } from '../../core/index.ts';
import { quoted } from '../proof.ts';
import { addressOf, curlOf, type Way } from './way.ts';

export interface TlsFacts extends Way {
  /** In words, host and port first. */
  readonly detail: string;
  /** Of the certificate that was shown, where one was. */
  readonly issuer?: string;
  readonly code?: string;
  /** The command that lets the program of the paste trust one more root certificate. */
  readonly trust: string;
}

interface TlsKind {
  /** By code; a log has words only. */
  readonly is: RegExp;
  readonly cause: (facts: TlsFacts) => string;
  readonly fix: (facts: TlsFacts) => readonly FixStep[];
}

function shake(way: Way, flags = ''): string {
  const { name, address } = addressOf(way);
  return `openssl s_client -connect ${quoted(address)} -servername ${quoted(name)}${flags} </dev/null`;
}

const look = (way: Way, print = '-issuer -subject -dates'): string =>
  `${shake(way)} 2>/dev/null | openssl x509 -noout ${print}`;

/** The issuer, unless the words name it already. */
const by = ({ detail, issuer }: TlsFacts): string =>
  issuer && !detail.includes(issuer) ? `, issued by ${issuer}` : '';

const runs = ({ host, proxy }: Way): string =>
  `whoever runs ${host}${proxy === undefined ? ', or a proxy before it that opens TLS' : ', or the proxy before it'}`;

const outOfDate = (verb: string, mend: string): Pick<TlsKind, 'cause' | 'fix'> => ({
  cause: (facts) =>
    `The certificate that ${facts.host} shows ${verb}, by the clock of this machine: ${facts.detail}${by(facts)}. Nothing was sent.`,
  fix: (facts) => [
    {
      who: 'you',
      action:
        'See from when until when the certificate is valid, and compare the clock of this machine with it. If the clock is wrong, set it right; that is all then.',
      command: `${look(facts)}; date -u`,
    },
    {
      who: 'admin',
      action: `If the clock is right, ${mend}.`,
      where: runs(facts),
      message:
        `Hello, the certificate that ${facts.host} shows${facts.issuer ? ` (issued by "${facts.issuer}")` : ''} ${verb}, so our job ` +
        `does not connect. Please ${mend}. I check it with: ${look(facts, '-dates')}`,
    },
  ],
});

/** The first that fits; the last one fits always. */
const KINDS: readonly TlsKind[] = [
  {
    is: /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    cause: (facts) =>
      `${facts.host} shows a certificate that does not name it: ${facts.detail}${by(facts)}. Nothing was sent.`,
    fix: (facts) => [
      {
        who: 'you',
        action: `See which names the certificate holds. If one of them is the host that you mean, use that name in the URL instead of ${facts.host}.`,
        command: look(facts, '-subject -ext subjectAltName'),
      },
      {
        who: 'admin',
        action: `Else have ${facts.host} added to the certificate's names (subjectAltName), or see why another server answers there.`,
        where: runs(facts),
        message:
          `Hello, ${facts.host} answers our job with a certificate${facts.issuer ? ` (issued by "${facts.issuer}")` : ''} that does not name ` +
          `this host, so our job does not connect. Please add ${addressOf(facts).name} to its names (subjectAltName), or tell me ` +
          `the name to use. I check it with: ${look(facts, '-ext subjectAltName')}`,
      },
    ],
  },
  { is: /CERT_HAS_EXPIRED|has expired/, ...outOfDate('has expired', 'renew the certificate') },
  {
    is: /CERT_NOT_YET_VALID|not yet valid/,
    ...outOfDate('is not valid yet', 'put a certificate in place that is valid today'),
  },
  {
    is: /ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE|ALERT_UNSUPPORTED_CERTIFICATE|ALERT_CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN)/,
    cause: (facts) =>
      `${facts.host} does not take the client certificate that was shown to it: ${facts.detail}. Its own certificate is not what is wrong.`,
    fix: (facts) => [
      {
        who: 'you',
        action:
          'See who issued the client certificate that you show (--client-cert-file), and until when it is valid.',
        command: 'openssl x509 -noout -issuer -subject -dates -in "$WHY403_CLIENT_CERT_FILE"',
      },
      {
        who: 'admin',
        action: `Issue a client certificate that ${facts.host} takes, or let it trust the issuer of ours.`,
        where: runs(facts),
        message:
          `Hello, ${facts.host} refuses the client certificate of our job in the TLS handshake. Which issuer does it trust, and ` +
          `could you issue one for us, or trust ours? I check it with: ${shake(facts, ' -cert CERT.pem -key KEY.pem')}`,
      },
    ],
  },
  {
    is: /ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE/,
    cause: ({ host, detail, code }) =>
      /REQUIRED/.test(code ?? '')
        ? `${host} wants to see a client certificate (mutual TLS), and this machine showed none: ${detail}. Its own certificate is trusted.`
        : `${host} ended the TLS handshake, mostly because it wants to see a client certificate (mutual TLS): ${detail}. Nothing was sent.`,
    fix: (facts) => [
      {
        who: 'you',
        action:
          'Show the client certificate that was issued for this job, and its key: --client-cert-file and --client-key-file, ' +
          'or these variables.',
        command: 'export WHY403_CLIENT_CERT_FILE=CERT.pem WHY403_CLIENT_KEY_FILE=KEY.pem',
      },
      {
        who: 'admin',
        action: `Issue a client certificate for this job that ${facts.host} takes.`,
        where: runs(facts),
        message:
          `Hello, ${facts.host} asks our job for a client certificate (mutual TLS), and we have none that it takes. Please issue one for ` +
          `our job, or tell me an address that needs none. I check it with: ${shake(facts, ' -cert CERT.pem -key KEY.pem')}`,
      },
    ],
  },
  {
    is: /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/,
    cause: ({ host, detail }) =>
      `${host} and this machine have no version of TLS in common; this machine speaks 1.2 and 1.3: ${detail}. No certificate was seen, and nothing was sent.`,
    fix: (facts) => [
      {
        who: 'you',
        action: 'See whether it speaks TLS 1.2. Do not turn on older versions here: they keep no secret.',
        command: shake(facts, ' -tls1_2'),
      },
      {
        who: 'admin',
        action: 'Turn on TLS 1.2 or 1.3.',
        where: runs(facts),
        message:
          `Hello, ${facts.host} speaks only versions of TLS that are too old for our job (RFC 8996 retired 1.0 and 1.1). Please turn on ` +
          `TLS 1.2 or 1.3. I check it with: ${shake(facts, ' -tls1_2')}`,
      },
    ],
  },
  {
    is: /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|SSL_HTTP_REQUEST|wrong version number/i,
    cause: ({ host, detail }) =>
      `${host} was asked by https and does not answer in TLS: ${detail}. No certificate was seen, and nothing was sent.`,
    fix: (facts) => [
      {
        who: 'you',
        action:
          'Compare scheme and port of the URL with what the server offers: TLS often has another port. A server on this ' +
          'machine may be asked by http; to any other, secrets go over TLS only.',
        command: curlOf({ ...facts, origin: facts.origin.replace(/^https:/, 'http:') }),
      },
      {
        who: 'admin',
        action: `Turn on TLS at ${addressOf(facts).address}, or name the port that has it.`,
        where: runs(facts),
        message:
          `Hello, our job needs HTTPS at ${addressOf(facts).address}, and what answers there does not speak TLS. Please turn it on, or tell me ` +
          `the right address. I check it with: ${shake(facts)}`,
      },
    ],
  },
  {
    is: /^(?:EPROTO|ERR_SSL_|ERR_TLS_)|tlsv1 alert/,
    cause: ({ host, detail }) =>
      `The TLS handshake with ${host} failed before any certificate could be judged: ${detail}. Nothing was sent.`,
    fix: (facts) => [
      { who: 'you', action: 'See where the handshake ends.', command: shake(facts) },
      {
        who: 'admin',
        action: `See why the handshake with ${facts.host} fails.`,
        where: runs(facts),
        message:
          `Hello, the TLS handshake of our job with ${facts.host} fails${facts.code ? ` (${facts.code})` : ''}. Please see in the log of the server ` +
          `why. I check it with: ${shake(facts)}`,
      },
    ],
  },
  {
    is: /(?:)/,
    cause: (facts) =>
      `The certificate that ${facts.host} shows is not trusted on this machine: ${facts.detail}${by(facts)}. Nothing was sent.`,
    fix: (facts) => [
      {
        who: 'you',
        action: 'See who issued the certificate that this machine is shown.',
        command: look(facts),
      },
      {
        who: 'you',
        action:
          `If ${facts.issuer ? `"${facts.issuer}"` : 'the issuer'} is a proxy or CA of your company, get its root certificate as a PEM file ` +
          'and let the job trust it. Do not turn verification off: whoever stands in between then reads the secret.',
        command: facts.trust,
      },
      {
        who: 'admin',
        action: 'Hand out the root certificate of the TLS proxy, or let this host pass without inspection.',
        where: 'the network team',
        message:
          `Hello, from our server TLS to ${facts.host} is answered with a certificate${facts.issuer ? ` issued by "${facts.issuer}"` : ' of another issuer'}, ` +
          'which our job does not trust. Please send me the root certificate as PEM, or exempt this host from inspection. ' +
          `I check it with: openssl s_client -connect ${addressOf(facts).address}`,
      },
    ],
  },
];

/** What failed in a handshake, and who mends it. */
export function tlsKind(facts: TlsFacts): Pick<TlsKind, 'cause' | 'fix'> {
  const found = KINDS.find(({ is }) => is.test(facts.code ?? facts.detail)) ?? KINDS.at(-1);
  if (!found) throw new RangeError('no kind of TLS failure');
  return found;
}
