/** Templates in a tree of segments, so that a lookup costs as many steps as the path has segments. */
import type { CatalogueEntry } from '../core/index.ts';
import { isParameter } from './paths.ts';

interface Node {
  readonly words: Map<string, Node>;
  parameter?: Node;
  /** By method. */
  readonly entries: Map<string, CatalogueEntry>;
}

export interface Match {
  readonly entry: CatalogueEntry;
  /** No place of the template was filled in: the path is the template's own text. */
  readonly literal: boolean;
}

export interface Tree {
  add(segments: readonly string[], entry: CatalogueEntry): void;
  /** The entry for a method; words are preferred to parameters, as servers do. */
  match(method: string, segments: readonly string[]): Match | undefined;
  /** All methods of the template that is this very text. */
  methods(segments: readonly string[]): CatalogueEntry[];
}

export function createTree(): Tree {
  const root = emptyNode();

  function* leaves(
    node: Node,
    segments: readonly string[],
    at: number,
    literal: boolean,
  ): Generator<[Node, boolean]> {
    const segment = segments[at];
    if (segment === undefined) {
      yield [node, literal];
      return;
    }
    const place = isParameter(segment);
    const word = place ? undefined : node.words.get(segment.toLowerCase());
    if (word) yield* leaves(word, segments, at + 1, literal);
    if (node.parameter) yield* leaves(node.parameter, segments, at + 1, literal && place);
  }

  return {
    add(segments, entry) {
      let node = root;
      for (const segment of segments) {
        if (isParameter(segment)) {
          node = node.parameter ??= emptyNode();
        } else {
          const key = segment.toLowerCase();
          let next = node.words.get(key);
          if (!next) node.words.set(key, (next = emptyNode()));
          node = next;
        }
      }
      if (!node.entries.has(entry.method)) node.entries.set(entry.method, entry);
    },
    match(method, segments) {
      for (const [node, literal] of leaves(root, segments, 0, true)) {
        const entry = node.entries.get(method);
        if (entry) return { entry, literal };
      }
      return undefined;
    },
    methods(segments) {
      for (const [node, literal] of leaves(root, segments, 0, true)) {
        if (literal && node.entries.size > 0) return [...node.entries.values()];
      }
      return [];
    },
  };
}

function emptyNode(): Node {
  return { words: new Map(), entries: new Map() };
}
