/** Lines of key=value pairs, as Go programs, Loki and Heroku write their logs. */

const VALUE = '(?:"(?:\\\\.|[^"\\\\])*"|[^\\s"]*)';
const LINE = new RegExp(
  `^[ \\t]*(?:[\\w.-]{1,60}[ \\t]*\\|[ \\t]*)?(?:[A-Za-z][\\w.-]{0,40}=${VALUE}[ \\t]+){1,40}[A-Za-z][\\w.-]{0,40}=${VALUE}[ \\t]*$`,
);

/** The pairs of such a line; undefined where it is none. */
export function logfmtIn(line: string): ReadonlyMap<string, string> | undefined {
  if (line.length > 5000 || !/\b(?:level|lvl|severity|msg|time|ts)=/.test(line) || !LINE.test(line))
    return undefined;
  const pairs = [...line.matchAll(new RegExp(`([A-Za-z][\\w.-]{0,40})=(${VALUE})`, 'g'))];
  return new Map(
    pairs.map(([, key = '', value = '']) => [
      key.toLowerCase(),
      value.replace(/^"([^]*)"$/, '$1').replace(/\\(["\\])/g, '$1'),
    ]),
  );
}
