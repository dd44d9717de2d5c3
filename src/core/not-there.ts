/** A 404, 405 or 410 that says no more than that: a server that names something else has a handler at the URL. */
import { bodyText, type Exchange } from './evidence.ts';

const FIELDS = [
  'error',
  'error_description',
  'description',
  'message',
  'errorSummary',
  'detail',
  'title',
  'error.message',
  'errors.0.message',
];

/** What servers and frameworks say to any path that they don't have. */
const ROUTINE =
  /https?:\/\/\S+|\b(?:https?|status|code|error|http error|40[45]|410)\b|\bnot[ _-]?found\b|\bmethod(?: '?\w{3,7}'?)?(?: is)?[ _-]?not[ _-]?(?:allowed|supported)\b|\bgone\b|no message available|no route matched with those values|no static resource|cannot (?:get|post)\b|\bcould not be found\b|nothing matches the given uri|\b(?:page|url|uri|path|route|resource|endpoint|you|are|looking|the|that|this|a|an|we|your|requested|request|was|is|no|such|exists?|does(?: not|n't)|on|server|for|post|get|unknown|at)\b|\/[\w./-]*/gi;

/** Nothing in the answer speaks of anything but the path: no realm, client or format that the server looked for. */
export function saysOnlyNotThere(exchange: Exchange): boolean {
  const { outcome } = exchange;
  if (outcome.kind !== 'answered') return false;
  const { body } = outcome;
  if (body.kind === 'none' || body.kind === 'html') return true;
  const texts = body.kind === 'json' ? FIELDS.map((path) => bodyText(exchange, path) ?? '') : [body.text];
  return texts.every((text) => !/[a-z]{2}/i.test(text.slice(0, 2_000).replace(ROUTINE, ' ')));
}
