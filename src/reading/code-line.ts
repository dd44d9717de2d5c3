/** Which lines of a free text are code or settings, and no sentences. */
import { logfmtIn } from './logfmt.ts';

const CODE_LINE =
  /^\s*(?:import\s+\w|from\s+\S+\s+import|const\s|let\s|var\s|using\s+[\w.]+;|public\s|private\s|def\s|class\s|async\s|await\s|return\b.*[;)]?$|print\(|console\.|String\s+\w+\s*=|headers\.\w+\(|\$\w+\s*=|(?:PS [^>\n]{0,80}>\s*)?(?:\$\w+\s*=\s*)?(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)\s+[-@"'$]|[\w.\[\]"']+\s*=\s*\S|[}\])]+[;,]?\s*$|"[\w-]+"\s*:\s*.+,?$|'[\w-]+'\s*:\s*.+,?$|\w+=\w+,?$|[A-Z][\w<>.]{0,60}\s+\w{1,60}\s*=\s*(?:new\s|[\w.]{1,100}\()|(?:\w{1,60}\.){1,6}\w{1,60}\([^\n]*\);\s*$|(?:requests|axios|fetch|client|http)\.?\w*\(|\/\/\s)/;

/** What the text of an exception has below its first line: the status and the body of the answer. */
const OF_AN_ANSWER =
  /^\s*(?:(?:http)?status(?:_?code)?\s?=\s?[1-5]\d\d\s*$|(?:raw_?|response_?)?body\s?=\s?[{[])/i;

/** The line is one of a program, in whatever language. */
export function isCodeLine(text: string): boolean {
  return (
    CODE_LINE.test(text) &&
    !OF_AN_ANSWER.test(text) &&
    !/^\s*\w+ = \w+ [a-z]+ [a-z]+/.test(text) &&
    text.length < 400 &&
    !logfmtIn(text)
  );
}
