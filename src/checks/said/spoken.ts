/** What a person says, without what speaks of something else. */
import type { Said, Scene } from '../../core/index.ts';
import { withoutDenials } from './denied.ts';

/** A sentence that gives advice or makes a condition tells nothing of the case. */
const ADVICE =
  /\b(?:you|your|you[’']re|make sure|ensure|just check|don[’']?t forget|usually|often|in general|typically)\b|^\s*(?:if|check)\b/i;
/** A post of this length has answers of others below it. */
const LONG = 1500;

/** The text of a sentence part, without what it rules out and, in a long thread, without the advice of others. */
export function spoken(said: Said, scene: Scene): string {
  const known = heard.get(said);
  if (known !== undefined) return known;
  const advised = withoutAdvice(said, scene);
  const text = said.where === 'prose' ? withoutDenials(advised) : advised;
  heard.set(said, text);
  return text;
}

const heard = new WeakMap<Said, string>();

function withoutAdvice(said: Said, scene: Scene): string {
  const text = said.text ?? '';
  if (said.where !== 'prose' || (scene.evidence.paste?.length ?? 0) < LONG) return text;
  return text.replace(/[^.!?\n;]+[.!?;]?/g, (sentence) =>
    ADVICE.test(sentence) ? ' '.repeat(sentence.length) : sentence,
  );
}
