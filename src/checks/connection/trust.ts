/** How programs of each language are told to trust one more root certificate. Exceptions and tools tell the language. */
import type { Scene } from '../../core/index.ts';

const FILE = '/etc/ssl/certs/company-ca.pem';
const SELF = '# why403 itself: --ca-file FILE';

interface Program {
  readonly says: RegExp;
  readonly trust: string;
}

/** The first that fits. */
const PROGRAMS: readonly Program[] = [
  {
    says: /\burllib3\b|\brequests\.exceptions\b|SSLCertVerificationError|\b_ssl\.c\b|\bTraceback \(most recent\b|\bhttpx\.|\baiohttp\b|\bcertifi\b|\bimport requests\b/,
    // These variables replace the list of certifi, so that list comes first.
    trust: `cat "$(python3 -m certifi)" ${FILE} > ca-bundle.pem; export REQUESTS_CA_BUNDLE="$PWD/ca-bundle.pem" SSL_CERT_FILE="$PWD/ca-bundle.pem"   ${SELF}`,
  },
  {
    says: /\bjavax\.net\.ssl\b|\bsun\.security\b|PKIX path building|SSLHandshakeException|\bjava\.(?:io|net|lang|security)\./,
    trust: `keytool -importcert -cacerts -alias company-ca -file ${FILE}   ${SELF}`,
  },
  {
    says: /\bSystem\.(?:Net|Security)\.|remote certificate is invalid|SSL connection could not be established/i,
    trust: `sudo cp ${FILE} /usr/local/share/ca-certificates/company-ca.crt && sudo update-ca-certificates   ${SELF}`,
  },
  {
    says: /\bcURL error \d+\b|\bGuzzleHttp\b/,
    trust: `php -d curl.cainfo=${FILE} -d openssl.cafile=${FILE} SCRIPT.php   # lasting: in php.ini; ${SELF.slice(2)}`,
  },
  { says: /\bcurl: \(\d+\)/, trust: `export CURL_CA_BUNDLE=${FILE}   ${SELF}` },
  { says: /\bx509: |OpenSSL::SSL|\bFaraday::/, trust: `export SSL_CERT_FILE=${FILE}   ${SELF}` },
];

const OF_NODE = `export NODE_EXTRA_CA_CERTS=${FILE}   # or: --ca-file FILE`;

/** The command for the program that a paste is of; for this program itself, and where nothing tells, that of Node. */
export function trustCommand({ evidence: { paste = '' } }: Scene): string {
  return PROGRAMS.find(({ says }) => says.test(paste))?.trust ?? OF_NODE;
}
