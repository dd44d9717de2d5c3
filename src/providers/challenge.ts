/** WWW-Authenticate: what a server wants and why it refused (RFC 9110 §11.6.1, RFC 6750 §3). */

export interface Challenge {
  /** As written, e.g. `Bearer`. */
  readonly scheme: string;
  /** Names in lower case; the first of a repeated name counts. */
  readonly params: ReadonlyMap<string, string>;
  readonly token68?: string;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const TOKEN68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const SPACE = /[ \t]*/y;
const GAP = /[ \t,]*/y;
const EQUALS = /[ \t]*=[ \t]*/y;

/**
 * @param header the field's value; several fields joined by commas are one list (RFC 9110 §5.3)
 * @returns the challenges up to the first place that the grammar does not allow; never throws
 */
export function parseChallenges(header: string): Challenge[] {
  const found: { scheme: string; params: Map<string, string>; token68?: string }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (!match) return undefined;
    at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    take(GAP);
    const name = take(TOKEN)?.[0];
    if (name === undefined) return found;
    const current = found.at(-1);
    if (current && take(EQUALS)) {
      const value = take(QUOTED)?.[1]?.replace(/\\([^])/g, '$1') ?? take(TOKEN)?.[0];
      if (value === undefined) return found;
      if (!current.params.has(name.toLowerCase())) current.params.set(name.toLowerCase(), value);
      continue;
    }
    const challenge: { scheme: string; params: Map<string, string>; token68?: string } = {
      scheme: name,
      params: new Map(),
    };
    found.push(challenge);
    if (take(SPACE)?.[0]) {
      const token68 = take(TOKEN68)?.[0];
      if (token68 !== undefined) challenge.token68 = token68;
    }
  }
}

/** The Bearer challenge of a header, if it has one. */
export function bearerChallenge(header: string | undefined): Challenge | undefined {
  return header === undefined
    ? undefined
    : parseChallenges(header).find(({ scheme }) => scheme.toLowerCase() === 'bearer');
}
