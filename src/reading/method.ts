/** The method of a request by the words that tools and libraries have for it. */

const NAMED =
  /(?:^|\s)-Method[ :]+['"]?(?:\[[\w.]+\]::)?([A-Za-z]{3,7})\b|\bmethod["']?\s{0,3}(?:[:=,]|=>)\s{0,3}["'`]([A-Za-z]{3,7})["'`]|\bHttpMethod\.([A-Za-z]{3,7})\b|\bMethod\.([A-Za-z]{3,7})\b|\bCURLOPT_CUSTOMREQUEST\b[^\n"']{0,12}["']([A-Z]{3,7})/i;
/** `requests.get(`, `client.PostAsync(`, `$http->post(`. */
const CALLED =
  /(?:\.|->|::)(get|post|put|patch|delete|head)(?:Async|AsJsonAsync|StringAsync|_form)?\s{0,2}[(<]/gi;
/** They ask with GET where nothing else is said, whatever body they are given. */
const GET_BY_DEFAULT =
  /\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s[^\n]{0,60}https?:|\bfetch\s{0,2}\(\s{0,4}["'`]?[^\s,"'`]{3,300}["'`]?\s{0,4}[,)]|\burllib\.request\.urlopen\s{0,2}\(\s{0,4}["'][^"'\n]{3,300}["']\s{0,4}\)/i;

/**
 * @param text a command or code that sends one request
 * @returns undefined where it is not told, or told in several ways
 */
export function methodWritten(text: string): string | undefined {
  const head = text.slice(0, 20_000);
  const named = NAMED.exec(head)
    ?.slice(1)
    .find((one) => one !== undefined);
  if (named !== undefined) return named.toUpperCase();
  const called = new Set([...head.matchAll(CALLED)].map(([, verb = '']) => verb.toUpperCase()));
  // `.get(` is as well how a value is read from a map.
  const isSent =
    /(?:requests|axios|http\w*|client|session|got|superagent|\$http|HTTParty|Faraday)(?:\.|->|::)get\b/i;
  if (called.has('GET') && !isSent.test(head)) called.delete('GET');
  if (called.size > 0) return called.size === 1 ? [...called][0] : undefined;
  return GET_BY_DEFAULT.test(head) && !/CURLOPT_POST|\bmethod\b/i.test(head) ? 'GET' : undefined;
}
