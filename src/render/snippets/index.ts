/**
 * The register of snippet languages. A snippet is a whole program without dependencies: it takes the client's id and
 * secret from the environment, asks for a token, makes the call where one is known, and never prints the token. It
 * ends with 1 where a server refuses, and says there what the server said.
 */
import { variablesOf, type RightRequest } from '../../core/index.ts';
import { csharp } from './csharp.ts';
import { curl } from './curl.ts';
import { java } from './java.ts';
import { node } from './node.ts';
import { powershell } from './powershell.ts';
import { python } from './python.ts';

/** @param head lines of comment, safe to put behind the language's own mark */
export type SnippetWriter = (request: RightRequest, head: readonly string[]) => string;

const WRITERS = { curl, python, java, node, csharp, powershell } satisfies Record<string, SnippetWriter>;

export type SnippetLanguage = keyof typeof WRITERS;

export const SNIPPET_LANGUAGES = Object.keys(WRITERS) as SnippetLanguage[];

/** @returns the program, with its final line break */
export function snippet(language: SnippetLanguage, request: RightRequest): string {
  const head = [`Set ${variablesOf(request).join(', ')} in the environment.`, ...request.notes];
  return WRITERS[language](request, head);
}
