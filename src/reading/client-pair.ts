/** The id and the secret of a paste: of a header, of a request, of settings or of code. */
import { standIn } from '../core/index.ts';
import type { CodeFacts } from './code.ts';
import { basicPair, unquoted, type ReadRequest } from './requests.ts';
import type { Shown } from './shown.ts';

/** Whether the program reads this very file, a text without names for its parts does not tell. */
const SETTINGS_FILE = 'a file of settings in the paste';

export interface Pair {
  readonly id: string | undefined;
  readonly secret: string | undefined;
  readonly source: string;
  readonly cutAt?: '$';
}

/** cmd.exe knows no `$`. */
const IN_CMD = /^\s*[A-Z]:\\[^>\n]{0,100}>/m;

/** Id and secret as the paste shows them, from the place that comes nearest to what was sent. */
export function pairOf(
  shown: Shown,
  calls: readonly ReadRequest[],
  codes: readonly { facts: CodeFacts }[],
): Pair | undefined {
  const header = basicPair(unquoted(shown.headers[0]?.text));
  if (header) return { ...header, source: 'the header in the paste' };
  const sent = calls.find((call) => call.id !== undefined || call.secret !== undefined);
  const set = pairOfSettings(shown);
  // A command that names variables is filled from the settings beside it.
  const filled = set && sent && [sent.id, sent.secret].every((one) => one === undefined || standIn(one));
  if (sent && !filled) {
    const isCut = sent.cutAt !== undefined && !IN_CMD.test(shown.document);
    const source = 'the request in the paste';
    return { id: sent.id, secret: sent.secret, source, ...(isCut && { cutAt: '$' }) };
  }
  if (set) return set;
  const coded = codes.find(({ facts }) => facts.id !== undefined || facts.secret !== undefined)?.facts;
  return coded && { id: coded.id, secret: coded.secret, source: 'the code in the paste' };
}

function pairOfSettings({ config }: Shown): Pair | undefined {
  const find = (name: RegExp) => config.find(({ key }) => name.test(key));
  const id = find(/(?:^|[._-])(?:oauth_?)?client_?-?id$|clientid$/i);
  const secret = find(/client_?-?secret$|clientsecret$/i);
  if (!id && !secret) return undefined;
  return {
    id: id?.meant ?? id?.value.text,
    secret: secret?.meant ?? secret?.value.text,
    source: (id ?? secret)?.meant === undefined ? 'the settings in the paste' : SETTINGS_FILE,
  };
}
