/** JSON read in pieces: only the values asked for are built, and nesting is bounded. */
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';

export interface JsonPieces {
  /** The next bytes. Throws `JsonRefused` for what is no JSON. */
  write(bytes: Uint8Array): void;
  /** The value has ended; only white space may follow. */
  readonly ended: boolean;
}

/** Why bytes are no JSON that is read here; the words quote nothing of them. */
export class JsonRefused extends Error {}

const DEEPEST = 1000;

/**
 * @param paths which values are wanted: `$.info`, `$.paths.*`
 * @param onValue a value is complete; `parents` are the keys above it, outermost first
 */
export function createJsonPieces(
  paths: readonly string[],
  onValue: (value: unknown, key: string, parents: readonly string[]) => void,
): JsonPieces {
  const tokenizer = new Tokenizer();
  const values = new TokenParser({ paths: [...paths], keepStack: false });
  let depth = 0;
  let ended = false;
  values.onValue = ({ value, key, stack }) => {
    // The first level is the document itself and has no key.
    onValue(
      value,
      String(key),
      stack.slice(1).map((level) => String(level.key)),
    );
  };
  values.onEnd = () => (ended = true);
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) depth += 1;
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth -= 1;
    if (depth > DEEPEST) throw new JsonRefused(`it is nested deeper than ${DEEPEST} levels`);
    if (ended) throw new JsonRefused('text follows after the end of the JSON document');
    values.write(token);
  };
  return {
    write(bytes) {
      let failure: Error | undefined;
      tokenizer.onError = (error) => (failure ??= error);
      values.onError = (error) => (failure ??= error);
      try {
        tokenizer.write(bytes);
      } catch (error) {
        failure ??= error as Error;
      }
      if (failure instanceof JsonRefused) throw failure;
      if (failure) throw new JsonRefused('it is no valid JSON');
    },
    get ended() {
      return ended;
    },
  };
}
