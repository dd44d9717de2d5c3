/** Whether a paste tells or shows that something failed, and whether it tells that nothing did. */
import {
  laterAnswers,
  refusedInBody,
  statusOf,
  stepName,
  type Evidence,
  type Exchange,
  type Said,
  type Scene,
} from '../../core/index.ts';
import { spoken } from './spoken.ts';

const FAILURE =
  /\b(?:40[0-9]|41\d|429|50\d)\b|error|fail|invalid|denied|refus|reject|unauthori|forbidden|exception|not work|n[’']t work|does(?: not|n[’']t)\b|can(?:no|[’'])t|unable|not able|turned away|locked out|missing|wrong|problem|issue|stuck|expired|incorrect|accept|trouble|only|bug\b|unexpected|empty|nothing|\bno\b|blank|\bopaque\b|instead|limit|offline|time[sd]?[- ]?out|\bhangs?\b|\bdead\b|\bglued\b|\blost\b|\b(?:is just|just (?:one|1))\b|\bwhy\b|\bfewer\b|\b(?:is|are|gives?|gets?|returns?) (?:always )?(?:null|nil|none|undefined)\b/i;
/** `I see 56 queues, the client sees two`; `returns 2 of 56`. */
export const FEWER_ROWS =
  /\bsees? (?:all\b|\d+)[^]{0,160}\b(?:client|token|api|service|app|script|job|it)\b[^\n.]{0,40}\b(?:sees?|gets?|returns?|shows?|lists?|finds?)\b(?: only| just)? (?:\d+|one|two|three|four|five|none|nothing|some|a few|half)\b|\b(?:returns?|gets?|sees?|shows?|lists?)\b(?: only| just)? (?:\d+|one|two|three|a few) (?:out )?of (?:the |our |all )?\d+\b/i;
/** Who asks mostly stands before a failure, but for one who asks how a thing is done or what it is. */
const ASKED = /\bhow\b|\?/i;
const ASKS_TO_LEARN =
  /(?:^|[.!?\n:]\s{0,3})(?:how (?:do|can|should|would|to|long|many|much|often|is|are)|what(?:[’']s| is| are| does)|which|where (?:do|can)|(?:is|are) there (?:an?|any) ways?|can (?:i|we)|(?:[\w,]+ ){0,2}(?:can|could) (?:any|some)(?:body|one) (?:tell|explain|show)(?: (?:me|us))? (?:where|what|which|whether))\b[^.?!\n]{0,400}[?.!\n]?/gi;
/** A question that begins with more than its verb; without its mark it may be a statement. */
const ASKS_WHAT =
  /(?<=^|[.!?\n:]\s{0,3})what (?!do\b)(?:[\w-]+ ){1,3}(?:is|are|do|does)\b[^.?!\n]{0,400}\?/gi;
/** A question that yes or no answers. */
const ASKS_WHETHER =
  /(?<=^|[.!?\n:,]\s{0,3}(?:(?:and|or|so|hello|hi|question)\W{1,3})?|note: )(?:do|does|is|are|can|could|will|would|must|should|has|have|may)\s[^.?!\n]{3,300}\?/gi;
/** What somebody asks whose own request failed. */
const OF_A_FAILURE =
  /\b[45]\d\d\b|error|\bfail|\b(?:invalid|unsupported|unauthorized|access|insufficient)_|refus|denied|reject|\bwhy\b|wrong|incorrect|mistake|not work|n[’']t work|\bany ?(?:one|body)\b|\b(?:someone|somebody)\b|\bI(?:[’']m| am)? (?:get|got|see|saw|receiv|miss)|\bmy (?:calls?|requests?)\b|broken|stuck|help|\black|missing/i;

/** It went wrong and is mended. */
const RESOLVED =
  /\b(?:(?:works?|working|runs?|running) (?:now|again|fine now|perfectly now)|now (?:it |everything |all )?(?:works|runs)|(?:solved|fixed|resolved|sorted)\b|all good\b|everything (?:works|runs|is (?:fine|ok(?:ay)?))|no (?:more|further) (?:errors?|problems?|issues?)\b)[^.!?\n]{0,200}/gi;
const NOT_RESOLVED =
  /\b(?:not|never|until|how|cannot|but|however|still|yet|hop(?:e|ing)|want|need|try(?:ing)?|to be|can be|be (?:fixed|solved|resolved))\b|n[’']t\b|\?|\b[45]\d\d\b/i;
/** Nothing went wrong so far. */
const NOT_YET =
  /[^.!?\n]*\b(?:(?:not|never|n[’']t) (?:yet )?(?:had|have|seen|met|run into) (?:any |a )?(?:problems?|issues?|errors?|failures?)|no (?:problems?|issues?|errors?|failures?) (?:yet|so far|until now)|just (?:planning|curious|wondering|preparing))\b[^.!?\n]*[.!?]?/gi;
/** What a client says of an answer after which it asks again. */
const ASKS_AGAIN =
  /[^\n.]*\b(?:retr(?:y|ies|ied|ying)|attempts?|back(?:ing)?[ -]?off|refresh\w*|again|wait\w*|re-?new\w*|(?:fetch|get|request)(?:ing|ed|s)? (?:an?|the) (?:new|fresh)\b|new (?:one|token))\b[^\n.]*/gi;

function isFailed(exchange: Exchange): boolean {
  const { outcome, step } = exchange;
  if (outcome.kind === 'unanswered') return true;
  if (outcome.kind !== 'answered' || outcome.token) return false;
  if (outcome.status === 0 || outcome.status >= 400 || stepName(step) === 'token') return true;
  return refusedInBody(exchange);
}

/** A list that came back empty; nobody shows one that ought to be. */
const NOTHING_IN_IT =
  /["']?\b(?:items|value|results?|data|entries|rows|files|events|records|list|members|users|objects|entities)\b["']?\s?:\s?\[\s{0,4}\]/i;

export function isEmptyList({ outcome }: Exchange): boolean {
  if (outcome.kind !== 'answered' || Math.floor(outcome.status / 100) !== 2) return false;
  const { body } = outcome;
  const text = body.kind === 'json' ? JSON.stringify(body.value) : body.kind === 'none' ? '' : body.text;
  return NOTHING_IN_IT.test(text);
}

const WORKS = /\b(?:works?|worked|working|succeed\w*|as expected|is right|is fine)\b/i;

/** A later answer to the same question is a good one. */
export function isMadeGood(exchange: Exchange, evidence: Evidence): boolean {
  return laterAnswers(exchange, evidence).some((x) => (statusOf(x) ?? 0) > 0 && !isFailed(x));
}

const known = new WeakMap<Scene, boolean>();

/** Something is said to have failed, or is shown to, and is not shown to have gone well in the end. */
export function tellsOfFailure(scene: Scene): boolean {
  const told = known.get(scene) ?? hearsOfFailure(scene);
  known.set(scene, told);
  return told;
}

function hearsOfFailure(scene: Scene): boolean {
  const failed = scene.evidence.exchanges.filter(isFailed);
  if (failed.some((x) => !isMadeGood(x, scene.evidence))) return true;
  const { told, asked } = toldIn(scene, failed.length > 0);
  const last = scene.evidence.exchanges.at(-1);
  if (last && isEmptyList(last) && !WORKS.test(told)) return true;
  return (
    FAILURE.test(told) ||
    FEWER_ROWS.test(told) ||
    ASKED.test(asked) ||
    (nothingAnswered(scene) && isStory(asked))
  );
}

const nothingAnswered = ({ evidence: { exchanges } }: Scene): boolean =>
  exchanges.every(({ outcome }) => outcome.kind === 'not-shown' || outcome.kind === 'not-sent');

/** So many words tell of what happens; nobody comes to tell that all is well without saying so. */
const STORY = 8;

function isStory(sentences: string): boolean {
  return (sentences.replace(/^\w+: /gm, '').match(/\p{L}{2,}/gu) ?? []).length >= STORY;
}

/** The person only asks to learn, or tells or shows that it went well. */
export function tellsOfNoFailure(scene: Scene): boolean {
  if (tellsOfFailure(scene)) return false;
  const letIn = scene.evidence.exchanges.some((x) => Math.floor((statusOf(x) ?? 0) / 100) === 2);
  const said = textOf(scene, ['prose']);
  return letIn || withoutHarmless(said) !== said;
}

function toldIn(scene: Scene, wentWell: boolean): { told: string; asked: string } {
  const heard = (where: readonly Said['where'][]): string => {
    const text = withoutHarmless(textOf(scene, where));
    return wentWell ? text.replace(ASKS_AGAIN, ' ') : text;
  };
  return { told: heard(['prose', 'config', 'code']), asked: heard(['prose']) };
}

function textOf(scene: Scene, where: readonly Said['where'][]): string {
  return scene.evidence.said
    .filter((s) => where.includes(s.where) && s.key !== 'provider')
    .map((s) => `${s.key}: ${spoken(s, scene)}`)
    .join('\n');
}

/** What is taken out leaves the end of a sentence, where the next one begins. */
const GAP = '. ';

/** Questions of one who wants to learn, and what is said to be mended, are no failure. */
function withoutHarmless(text: string): string {
  return text
    .replace(NOT_YET, GAP)
    .replace(ASKS_TO_LEARN, GAP)
    .replace(ASKS_WHAT, GAP)
    .replace(ASKS_WHETHER, (question) => (OF_A_FAILURE.test(question) ? question : ' '))
    .replace(/[^.!?\n]+[.!?]?/g, (sentence) =>
      sentence.search(RESOLVED) >= 0 && !NOT_RESOLVED.test(sentence) ? ' ' : sentence,
    );
}
