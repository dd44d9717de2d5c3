/** `why403 help`: the overview, a topic, or a command's options. */
import { Failure, visibleLine } from '../core/index.ts';
import { COMMANDS, overview } from './commands.ts';
import { nearestWords, parse } from './parse.ts';
import type { Terminal } from './terminal.ts';
import { TOPICS, topicText } from './topics.ts';

/**
 * @param words what stands behind `help`
 * @throws Failure `usage` for what is neither a topic nor a command
 */
export async function helpOn(words: readonly string[], terminal: Terminal): Promise<string> {
  const [name] = words;
  if (name === undefined || name.startsWith('-')) return overview();
  const topic = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined;
  if (topic) return topicText(topic(), terminal.columns);
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry) return (await parse(await entry.load(), ['--help'], terminal)).help ?? '';
  const known = [...Object.keys(TOPICS), ...Object.keys(COMMANDS)];
  const [near] = nearestWords(name, known);
  throw new Failure(
    'usage',
    `there is no help on '${visibleLine(name)}'`,
    near ? `did you mean 'why403 help ${near}'?` : `topics: ${Object.keys(TOPICS).join(', ')}; or a command`,
  );
}
