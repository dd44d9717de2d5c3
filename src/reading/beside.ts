/** Lines that tell of a refusal or of a broken connection which is none of the case's. */
import { hostOf, urlsIn } from '../core/index.ts';
import { errorCodeIn } from './error-words.ts';
import type { Piece } from './piece.ts';

/** A test that passed; only where the text has the tail of a test run. */
const PASSED =
  /^\s*(?:[✓✔√]|ok \d+\b|--- PASS:|PASS(?:ED)?\b|(?:Tests?|Test Files|Test Suites):?\s+\d+ passed\b)/;
const OF_A_TEST_RUN =
  /^\s*(?:PASS\s|Tests?:\s|Test (?:Suites|Files):?\s|\d+ passing\b|--- PASS:|ok \d+\b)|\b\d+ passed\b/m;

/** The refusal is what somebody meant to see. */
const MEANT =
  /(?<!\bnot |n[’']t )\bas (?:it should|expected|intended|wanted)\b|\((?:is |was )?(?:expected|intended|wanted)\)/i;
/** Behind it comes what nobody meant. */
const THOUGH = /\b(?:but|however|also|still|yet|instead|though)\b/i;
const REFUSAL = /(?<![\w./:-])(?:40[0-9]|41\d|42\d)(?![\w./:-])/;

/** What gets packages, or sends measurements away, asks servers of its own. */
const SIDE_PROGRAM =
  /^\s*(?:npm (?:ERR!|error|WARN)|yarn (?:error|warn)|pnpm\b|error: uv\b)|\bregistry\.\w+\.(?:org|com)\b|\b(?:pypi|rubygems|maven|nuget)\.(?:org|apache)\b|\b(?:otel|opentelemetry|otlp|statsd|fluentd|fluentbit|jaeger|zipkin)\b/i;
const NO_WAY =
  /certificate|\b(?:SSL|TLS)\b|\bE(?:CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|PIPE)\b|\btimed? ?out\b|connection (?:refused|reset)|could not resolve|deadline exceeded|unreachable/i;

/** A port of the machine that asks, where all servers that were asked are elsewhere and one of them answered well. */
const OF_THIS_MACHINE =
  /\b(?:E?CONNREFUSED|connection refused|refused)\b[^\n]{0,40}(?:\b127\.0\.0\.1|\blocalhost|::1\]?):\d/i;
const THIS_MACHINE = /^(?:localhost|127\.|\[?::1)/;
const GOOD = /(?:->|=>|→|HTTP\/[\d.]{1,3}"?|status(?:[ _-]?code)?["']?[:= ])\s{0,3}20[0-4]\b|\b200 OK\b/i;

function isElsewhere(text: string): boolean {
  const hosts = urlsIn(text).flatMap((url) => hostOf(url) ?? []);
  return hosts.length > 0 && !hosts.some((host) => THIS_MACHINE.test(host)) && GOOD.test(text);
}

/** @returns whether a line of the text tells of something beside the case */
export function besideTheCase(text: string): (line: string) => boolean {
  const elsewhere = isElsewhere(text);
  const tested = OF_A_TEST_RUN.test(text);
  return (line) =>
    (tested && PASSED.test(line)) ||
    (MEANT.test(line) && !THOUGH.test(line) && (REFUSAL.test(line) || errorCodeIn(line) !== undefined)) ||
    (elsewhere && OF_THIS_MACHINE.test(line)) ||
    (SIDE_PROGRAM.test(line) && NO_WAY.test(line));
}

/** What a manual says that somebody would get. */
const BY_THE_MANUAL =
  /\b(?:docs?|documentation|manual|spec(?:ification)?|RFC(?: ?\d{4})?|guide|article|tutorial)\b(?: of [\w ]{1,30})? (?:says?|lists?|describes?|mentions?|states?|shows?|promises?)\b(?![^\n]*\b(?:I|we|my|our|but|however)\b)[^\n]*$/i;
const NOT_OURS =
  /^["'`\s.,;)]{0,4}(?:(?:but|and)\s)?(?:we|I)(?: do not| don[’']t| never|[’']ve never)(?: really)? (?:get|see|saw|have|got|receive)\s(?:that|this|it|any of)\b/i;

/** The text without the answers of a manual, and without those that the person says were not given; places stay true. */
export function withoutQuoted(text: string, answers: readonly Piece[]): string {
  return answers.reduce((left, { text: answer, at }) => {
    const end = at + answer.length;
    const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 300), at);
    if (!BY_THE_MANUAL.test(line) && !NOT_OURS.test(text.slice(end, end + 80))) return left;
    const from = at - (/(?:[^.!?]|[.!?](?!\s))*$/.exec(line)?.[0].length ?? 0);
    return left.slice(0, from) + left.slice(from, end).replace(/[^\n]/g, ' ') + left.slice(end);
  }, text);
}
