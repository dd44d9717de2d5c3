/** Variables that stand in a URL and are set in the same paste, as scripts do: `$region = "mypurecloud.de"`. */

/** Names of places; what else a script sets is no part of a URL, and may be a secret. */
const OF_A_PLACE =
  /region|host|domain|ur[il]|env|base|tenant|realm|\borg|site|server|api|auth|login|endpoint|instance|issuer/i;
const SECRET = /secret|token$|passw|key$|client/i;
const PLACE = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?(?:\/[\w./-]{0,100})?$/;

const SET: readonly RegExp[] = [
  // sh, env files, cmd.exe; PowerShell, Python, JavaScript, Java, C#, Go.
  /^[ \t]*(?:export[ \t]+|set[ \t]+)?([A-Za-z_]\w{0,40})=(["']?)([^\s"'`;$]{1,120})\2[ \t]*(?:#.*)?$/gm,
  /^[ \t]*(?:PS [^>\n]{0,80}>[ \t]*)?(?:(?:const|let|var|final|static|public|private|string|String)[ \t]+){0,3}\$?(?:env:)?([A-Za-z_]\w{0,40})[ \t]*:?=[ \t]*[@fr]?(["'`])([^\s"'`;$]{1,120})\2/gm,
];

/** The places that a text gives names to. */
export function variablesIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pattern of SET) {
    for (const [, name = '', , value = ''] of text.matchAll(pattern)) {
      if (OF_A_PLACE.test(name) && !SECRET.test(name) && PLACE.test(value) && !found.has(name))
        found.set(name, value);
    }
  }
  return found;
}

/** The text with the places put in, in the forms of shells and templates: `$x`, `${x}`, `$env:x`, `%x%`, `{x}`, `" + x + "`. */
export function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  if (variables.size === 0) return text;
  const put = (whole: string, name: string | undefined): string => variables.get(name ?? '') ?? whole;
  return text
    .replace(/["'`][ \t]{0,3}[+.][ \t]{0,3}\$?([A-Za-z_]\w{0,40})[ \t]{0,3}[+.][ \t]{0,3}["'`]/g, put)
    .replace(/\$\(?\$?\{?(?:env:)?([A-Za-z_]\w{0,40})\}?\)?/g, put)
    .replace(/%([A-Za-z_]\w{0,40})%/g, put)
    .replace(/\{([A-Za-z_]\w{0,40})\}/g, put);
}
