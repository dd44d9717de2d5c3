/**
 * Asks for windows, one ahead of the writer, in spans whose answers stay small. Where the writer waits, the next
 * question goes out as soon as an answer is there, before it is parsed.
 */
import { Failure } from '../core/index.ts';
import type {
  DataAnswer,
  DataCall,
  DataRequest,
  Dataset,
  Exchange,
  Json,
  Line,
  Names,
  Row,
} from '../core/index.ts';
import { Doubts } from './doubts.ts';
import { spanOf, windowOf } from './hours.ts';
import { Refused } from './left-out.ts';
import type { LeftOut } from './left-out.ts';
import { linesOf } from './lines.ts';
import { Pieces } from './pieces.ts';
import { cut } from './plan.ts';
import type { PlannedWindow } from './plan.ts';

/** An answer for a window that has another shape than it should. */
class OddAnswer extends Failure {}

export interface Fetched {
  readonly window: PlannedWindow;
  /** Sorted, of all pages. */
  readonly lines: Line[];
  /** Sorted lines for what neither the answer nor the archive holds; mostly none. */
  readonly filler: Line[];
  /** To be called once the lines are in their files: the next question need not wait for what is noted of them. */
  readonly putAway?: () => void;
}

/** One answer is to stay about this small, in bytes of JSON. */
const ANSWER_BYTES = 7_000_000;
/** A row of an aggregate, generously; used until the first answer tells. */
const ROW_BYTES = 1400;
/** How slowly a busy time is forgotten: after a night without calls, the morning must not bring twice as much. */
const FADES = 0.97;
/** More pages than this of one window are a server that goes round in circles. */
const MOST_PAGES = 10_000;

export interface FetchPorts {
  readonly dataset: Dataset;
  readonly call: DataCall;
  /** Last known names. */
  readonly names: Names;
  /** What the lookup of this run showed. */
  readonly listed?: Names;
  readonly partitionEnd?: (hour: number) => number;
  /** Lets the next question go out before the answer in hand is read, which takes a while. */
  readonly breathe?: () => Promise<void>;
}

/**
 * Gives the windows' lines in the order of the plan. A window may come in several pieces: cut small enough for its
 * answer, or halved because it was refused as a whole.
 * @param leftOut hours that can't be had are added to it, and the others are given all the same
 * @throws Refused for a refusal that is not about hours
 */
export async function* fetchWindows(
  plan: readonly PlannedWindow[],
  ports: FetchPorts,
  leftOut: LeftOut[] = [],
): AsyncGenerator<Fetched> {
  const pieces = new Pieces(plan, leftOut);
  const size = { perHour: ports.names.size * ROW_BYTES };
  const take = (): PlannedWindow | undefined => {
    const window = pieces.next();
    if (!window) return undefined;
    const hours = size.perHour > 0 ? Math.max(1, Math.floor(ANSWER_BYTES / size.perHour)) : Infinity;
    const [first, ...others] = cut(spanOf(window), hours, ports.partitionEnd).map(windowOf);
    pieces.putBack(others.map((w) => ({ ...w, why: window.why })));
    return first && { ...first, why: window.why };
  };
  /** The writer has put away the window before the one in hand. */
  let waiting = false;
  let ahead: InHand | undefined;
  const ask = (): InHand => {
    const window = take();
    const one: InHand = { arrived: false, brought: Promise.resolve(undefined) };
    if (!window) return one;
    one.brought = fetchPiece(window, ports, size, () => {
      one.arrived = true;
      askAhead();
    });
    // It is awaited later; until then a rejection must not count as unhandled.
    one.brought.catch(() => undefined);
    return one;
  };
  let inHand = ask();
  const askAhead = (): void => {
    if (waiting && inHand.arrived && !ahead && !pieces.isEmpty) ahead = ask();
  };
  const putAway = (): void => {
    waiting = true;
    askAhead();
  };
  const doubts = new Doubts();
  for (;;) {
    putAway();
    const brought = await inHand.brought;
    waiting = false;
    if (!brought) break;
    const told = doubts.sort(brought);
    if ('trouble' in brought) setAside(brought, pieces, size, leftOut);
    else if (told.length > 0) pieces.good();
    inHand = ahead ?? ask();
    ahead = undefined;
    for (const fetched of told) yield { ...fetched, putAway };
  }
  leftOut.push(...doubts.end());
}

/** A window that was asked for. */
interface InHand {
  /** Its answer is here, but not yet parsed. */
  arrived: boolean;
  brought: Promise<Fetched | LeftOut | undefined>;
}

async function fetchPiece(
  window: PlannedWindow,
  ports: FetchPorts,
  size: { perHour: number },
  arrived: () => void,
): Promise<Fetched | LeftOut> {
  const [from, to] = spanOf(window);
  const least = size.perHour * FADES;
  const learn = (bytes: number): void => {
    size.perHour = Math.max(bytes / (to - from), least);
  };
  try {
    const got = await fetchPages(window, ports, (bytes) => {
      learn(bytes);
      arrived();
    });
    if ('refused' in got) return { window, trouble: got.refused };
    learn(got.bytes);
    return { window, lines: got.lines, filler: fillerOf(window, ports) };
  } catch (error) {
    if (error instanceof OddAnswer) return { window, trouble: error };
    throw error;
  }
}

/** @throws Refused where asking for other hours would not help either */
function setAside(
  { window, trouble }: LeftOut,
  pieces: Pieces,
  size: { perHour: number },
  leftOut: readonly LeftOut[],
): void {
  if (trouble instanceof Failure) {
    pieces.refused(window, trouble, true);
    return;
  }
  const [from, to] = spanOf(window);
  const half = Math.ceil((to - from) / 2);
  const tooMuch = isTooMuch(trouble);
  if (tooMuch && to - from > 1) size.perHour = Math.max(size.perHour, ANSWER_BYTES / half);
  const silent = trouble.outcome.kind === 'unanswered' && to - from < 2 && !pieces.anyGood;
  if (silent || !isOfHours(trouble)) throw new Refused(trouble, leftOut);
  pieces.refused(window, trouble, tooMuch || isOfRequest(trouble));
}

/** What is true now: one question, never cut. @throws Refused, Failure */
export async function fetchMoment(window: PlannedWindow, ports: FetchPorts): Promise<Fetched> {
  const { names, listed = new Map<string, string>() } = ports;
  const shown = new Map([...listed].map(([id, name]) => [id, name === '' ? (names.get(id) ?? '') : name]));
  const got = await fetchPages(window, { ...ports, names: shown });
  if ('refused' in got) throw new Refused(got.refused);
  return { window, lines: got.lines, filler: [] };
}

function fillerOf(window: PlannedWindow, { dataset, listed }: FetchPorts): Line[] {
  return dataset.fill && listed ? linesOf(dataset, dataset.fill(window, listed)) : [];
}

async function fetchPages(
  window: PlannedWindow,
  { dataset, call, names, listed, breathe }: FetchPorts,
  arrived: (bytes: number) => void = () => undefined,
): Promise<{ lines: Line[]; bytes: number } | { refused: Exchange }> {
  const rows: Row[] = [];
  let bytes = 0;
  const first = dataset.ask(window, listed);
  const noticed: DataCall = (request) => call(request, request === first ? arrived : undefined);
  for await (const answer of pages(noticed, first, (body, asked) => {
    const page = readAs(dataset, window, () => dataset.read(body, window, names, asked));
    // Not spread: a long list of arguments overflows the stack.
    for (const row of page.rows) rows.push(row);
    return page.more;
  })) {
    if (!answer.ok) return { refused: answer.exchange };
    bytes += answer.bytes;
  }
  await breathe?.();
  return { lines: readAs(dataset, window, () => linesOf(dataset, rows)), bytes };
}

/** All pages of the lookup. @throws Refused, Failure */
export async function fetchNames(dataset: Dataset, call: DataCall): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const lookup = dataset.names;
  if (!lookup) return names;
  for await (const answer of pages(call, lookup.first(), (body) => {
    const page = readAs(dataset, undefined, () => lookup.read(body));
    for (const [id, name] of page.names) names.set(id, name);
    return page.more;
  })) {
    if (!answer.ok) throw new Refused(answer.exchange);
  }
  return names;
}

async function* pages(
  call: DataCall,
  first: DataRequest,
  read: (body: Json, asked: DataRequest) => DataRequest | undefined,
): AsyncGenerator<DataAnswer> {
  const asked = new Set<string>();
  for (let request: DataRequest | undefined = first; request;) {
    const mark = JSON.stringify(request);
    if (asked.has(mark) || asked.size >= MOST_PAGES)
      throw new Failure(
        'export',
        `${request.method} ${request.path.slice(0, 200)} was named as the next page again after ${asked.size} pages.`,
        'The API goes round in circles; nothing of this window was written. Try again later, or check the paging of the declared dataset.',
      );
    asked.add(mark);
    const answer = await call(request);
    request = answer.ok ? read(answer.body, request) : undefined;
    yield answer;
  }
}

/** A dataset says in a `TypeError` that an answer has another shape. */
function readAs<T>(dataset: Dataset, window: PlannedWindow | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const what = window ? `The answer for ${window.from} to ${window.to}` : 'A lookup';
    throw new OddAnswer(
      'export',
      `${what} of dataset ${dataset.id} can't be read: ${error.message}. Nothing of it was written.`,
      'If this repeats, the API has changed or a gateway alters its answers; a declared dataset may name other fields.',
    );
  }
}

/** The answer says that less should be asked for. */
function isTooMuch({ outcome }: Exchange): boolean {
  if (outcome.kind === 'unanswered') return outcome.why === 'time-out';
  if (outcome.kind !== 'answered') return false;
  const { status, body } = outcome;
  if (status === 413 || status === 408 || status === 504) return true;
  // A success that ends too early, tried again in vain.
  if (body.kind === 'cut' && status >= 200 && status < 300) return true;
  return body.kind === 'json' && JSON.stringify(body.value).includes('response.entity.too.large');
}

/** Other hours may still be answered: nothing was said of the access, of the rate or of later. */
function isOfHours({ outcome }: Exchange): boolean {
  if (outcome.kind !== 'answered') return outcome.kind === 'unanswered' && outcome.why === 'time-out';
  return ![401, 403, 407, 429].includes(outcome.status) && outcome.headers['retry-after'] === undefined;
}

/** The answer is about what was asked for, or the server failed at it; another address or method would not be mended. */
function isOfRequest({ outcome }: Exchange): boolean {
  if (outcome.kind !== 'answered') return false;
  const { status } = outcome;
  return status === 400 || status === 422 || (status >= 500 && status !== 501);
}
