/**
 * What a person says was ruled out: `it is not a proxy problem`, `there is no trailing newline`, `the clock is in sync`.
 * The words of such a denial speak for no cause, and the cause that it denies loses weight; people are sometimes wrong,
 * so it stays among the causes.
 */
import type { FindingCode, Tellings } from '../../core/index.ts';

interface Topic {
  /** What is denied, as the source of a pattern. */
  readonly of: string;
  /** Further words that say that it is in order, as the source of a pattern. */
  readonly inOrder?: string;
  /** Its being there is the defect: `no trailing newline`. */
  readonly bad?: true;
  readonly causes: readonly FindingCode[];
  /** Nats against each cause; default: `WEIGHT`. */
  readonly weight?: number;
}

/** Against a cause that was ruled out, in nats. */
const WEIGHT = -2;
/** That their secret is right people say of wrong ones, too. */
const OFTEN_WRONG = -1.4;

const TOPICS: readonly Topic[] = [
  {
    of: String.raw`(?:corporate |company |http |forward )?prox(?:y|ies)|(?:TLS|SSL)(?: interception| inspection)?|certificates?`,
    causes: ['connection/tls-or-proxy'],
  },
  {
    of: String.raw`firewalls?|network(?:ing)?|connectivity|DNS`,
    causes: ['connection/unreachable', 'connection/tls-or-proxy', 'endpoint/ip-blocked'],
  },
  { of: String.raw`outages?|server side`, causes: ['connection/outage'] },
  {
    of: String.raw`(?:system |server |local )?clocks?|clock[ -](?:skew|drift)|time ?(?:skew|sync\w*|zones?)|(?:system|server) time`,
    causes: ['connection/clock-skew'],
  },
  {
    of: String.raw`(?:wrong )?(?:regions?|tenants?|realms?|environments?|data ?cent(?:er|re)s?)`,
    causes: ['request/wrong-region', 'endpoint/token-wrong-environment'],
  },
  {
    of: String.raw`(?:wrong )?(?:token |login |auth )?(?:urls?|endpoints?|hosts?(?: ?names?)?|domains?)`,
    causes: ['request/wrong-endpoint', 'request/wrong-region', 'endpoint/not-found'],
  },
  {
    of: String.raw`(?:client )?secrets?|(?:client )?id and (?:the )?secret|credentials?|passwords?`,
    causes: ['client/wrong-secret'],
    weight: OFTEN_WRONG,
  },
  { of: String.raw`client[ _]?ids?`, causes: ['client/unknown'], weight: OFTEN_WRONG },
  {
    of: String.raw`(?:roles?|permissions?)(?: and (?:roles?|permissions?))?`,
    causes: ['endpoint/missing-permission'],
    weight: OFTEN_WRONG,
  },
  {
    of: String.raw`(?:the )?(?:features?|licen[cs]es?|products?)`,
    inOrder: 'there|available|bought|enabled|active|activated|switched on|assigned|included',
    causes: ['endpoint/feature-missing'],
  },
  { of: String.raw`divisions?`, causes: ['endpoint/missing-division'] },
  {
    of: String.raw`scopes?`,
    causes: ['scope/not-requested', 'scope/not-allowed', 'scope/unknown', 'endpoint/missing-scope'],
    weight: OFTEN_WRONG,
  },
  { of: String.raw`rate[- ]?limit(?:s|ing)?|throttling|quotas?`, causes: ['endpoint/rate-limited'] },
  { of: String.raw`(?:token )?expir(?:y|ation)|expired tokens?`, causes: ['endpoint/token-expired'] },
  {
    of: String.raw`IP (?:allow-?|white)?-?(?:lists?|restrictions?|blocks?|filters?)`,
    causes: ['endpoint/ip-blocked'],
  },
  { of: String.raw`redirect ur[il]s?`, causes: ['grant/redirect-uri-mismatch'] },
  { of: String.raw`content[- ]types?`, causes: ['request/wrong-content-type', 'request/json-body'] },
  { of: String.raw`base ?64|encoding`, causes: ['header/bad-base64', 'credential/already-encoded'] },
  {
    bad: true,
    of: String.raw`(?:white ?spaces?|blanks?|spaces?|new-?lines?|line[- ]?(?:breaks?|feeds?)|\\n)(?: characters?)?`,
    causes: ['credential/whitespace'],
  },
  {
    bad: true,
    of: String.raw`(?:special|odd|weird|strange|reserved|funny) (?:characters?|chars?|signs?|symbols?)|plus(?: signs?)?|percent signs?`,
    causes: [
      'credential/needs-form-encoding',
      'credential/over-encoded',
      'credential/mangled',
      'credential/non-ascii',
    ],
  },
  {
    bad: true,
    of: String.raw`non-?ascii(?: characters?)?|umlauts?|(?:smart|curly|typographic)[- ]quotes?|BOM|zero[- ]width \w+`,
    causes: ['credential/non-ascii'],
  },
  { bad: true, of: String.raw`quotes?|quotation marks?`, causes: ['credential/mangled'] },
  { bad: true, of: String.raw`placeholders?|dummy values?`, causes: ['credential/placeholder'] },
  {
    bad: true,
    of: String.raw`typos?`,
    causes: ['client/wrong-secret', 'client/unknown'],
    weight: OFTEN_WRONG,
  },
];

const NOT = String.raw`\b(?:not|no|isn[’']t|wasn[’']t|never|nor|neither)\b`;
const FILLERS = String.raw`(?:\s(?:really|just|even|likely|an?|any|the|our|my|your|with|in|on|some kind of|wrong|both))*`;
const PROBLEM = String.raw`(?:problem|issue|thing|matter|fault|question|mismatch|cause|culprit)s?`;
const SURE = String.raw`(?:\s(?:both|definitely|certainly|surely|absolutely|all|already|exactly|also|confirmed(?: to be)?|verified(?: to be)?|known to be|100 ?%|perfectly|quite))*`;
const IN_ORDER = String.raw`(?:correct|right|fine|ok(?:ay)?|good|valid|in sync\w*|synced|synchroni[sz]ed|in order|accurate|matching|not (?:the|an?|our|my) (?:problem|issue|cause|reason|culprit)|not to blame|not involved|ruled out|excluded)\b(?:\s(?:with|to|via|by|against|through)\s[\w.-]+)?`;

/** The ways in which something is denied. */
function deniedBy({ of, bad, inOrder = 'clear' }: Topic): RegExp {
  const it = String.raw`\b(?:${of})(?![\w-])`;
  const ways = [
    String.raw`${NOT}${FILLERS}\s${it}(?:[- ]related)?[\s-]${PROBLEM}`,
    String.raw`${NOT}\s(?:due to|caused by|because of|about|related to|down to|a matter of|to do with)${FILLERS}\s${it}`,
    String.raw`${NOT}\s(?:the|an?|our|my)\s${it}(?:\s(?:either|itself|here))?(?=\s{0,3}(?:[.,;:!)]|$|and\b|or\b|nor\b))`,
    String.raw`\b(?:ruled|rule|ruling|exclude[ds]?|excluding)\b(?: out)?[^.;!?\n]{0,60}?\s${it}(?:\s${PROBLEM})?`,
    String.raw`${it}(?:\s${PROBLEM})?(?:\s(?:is|are|was|were|has been|have been|can be|looks?|seems?))${SURE}\s(?:${IN_ORDER}|(?:${inOrder})\b)`,
    ...(bad
      ? [
          String.raw`(?:\b(?:no|(?<!\b(?:and|or)\s)without|free of|zero|neither|nor)\b|n[’']t (?:have|contain|hold)|\bnot (?:have|contain|hold)|n[’']t|\bnot)(?:\s(?:any|an?|trailing|leading|stray|extra|hidden|final|surrounding|or|in it))*\s${it}`,
        ]
      : []),
  ];
  return new RegExp(`(?:${ways.join('|')})`, 'gi');
}

const DENIALS = TOPICS.map((topic) => ({ ...topic, says: deniedBy(topic) }));

/** What each denial has, so that most sentences are passed over quickly. */
const MAY_DENY =
  /\b(?:not|no|never|nor|neither|without|free|zero|rul(?:ed?|ing)|exclud\w+|is|are|was|were|been|be|looks?|seems?)\b|n[’']t\b/i;
const ANY_TOPIC = new RegExp(`\\b(?:${TOPICS.map(({ of }) => of).join('|')})`, 'i');

/** Who is not sure, asks or makes a condition denies nothing. */
const UNSURE =
  /\b(?:if|whether|unless|maybe|perhaps|not sure|unsure|should|could|might|think|guess|hope|assume|supposed?|pretend|although|only)\b|\?\s*$|\bcan[’']?t (?:be )?(?:rule|exclude)|\bcannot (?:be )?(?:rule|exclude)|\bnot (?:be )?(?:able to )?(?:ruled? out|excluded?)/i;
/** A sentence, or its half. */
const CLAUSE = /(?:[^.!?\n;]|\.(?=\S))+[.!?;]?/g;
const HALVES = /,\s(?=(?:but|so|yet|and (?:still|yet))\b)/;

interface Denied {
  readonly from: number;
  readonly to: number;
  readonly topic: Topic;
}

function denials(text: string): Denied[] {
  return [...text.slice(0, 50_000).matchAll(CLAUSE)].flatMap(({ 0: sentence, index }) => {
    if (!MAY_DENY.test(sentence) || !ANY_TOPIC.test(sentence) || UNSURE.test(sentence)) return [];
    let at = index;
    return sentence.split(HALVES).flatMap((half) => {
      const start = text.indexOf(half, at);
      at = start + half.length;
      return DENIALS.flatMap(({ says, ...topic }) =>
        [...half.matchAll(says)].map((m) => ({
          from: start + m.index,
          to: start + m.index + m[0].length,
          topic,
        })),
      );
    });
  });
}

/** The text without its denials, sign for sign: what is said to be absent is not heard as if it were there. */
export function withoutDenials(text: string): string {
  let heard = text;
  for (const { from, to } of denials(text))
    heard = heard.slice(0, from) + heard.slice(from, to).replace(/[^\n]/g, ' ') + heard.slice(to);
  return heard;
}

/** How far what is denied in these texts speaks against each cause, in nats. */
export function deniedWeights(texts: readonly string[]): Tellings['weights'] {
  const weights = new Map<FindingCode, number>();
  for (const { topic } of texts.flatMap(denials))
    for (const code of topic.causes)
      weights.set(code, Math.min(weights.get(code) ?? 0, topic.weight ?? WEIGHT));
  return weights;
}
