/**
 * Wordings so plain that they mean the same at every server, tried before a vendor's own rows: those match on a word
 * or two and would take a sentence such as "use a client_assertion in the post body" for its subject.
 */
import { wordsOfTheCall } from './first-words-call.ts';
import { wordsOfTheClient } from './first-words-client.ts';
import { wordsOfTheRequest } from './first-words-request.ts';
import { wordsOfTheToken } from './first-words-token.ts';
import { wordsOfWhatIsGranted } from './first-words-granted.ts';
import { wordsOfTheWay } from './first-words-way.ts';
import type { Phrase } from './phrase.ts';
import { sourceServerWords } from './source-server-words.ts';
import { sourceTokenWords } from './source-token-words.ts';

export const firstWords: readonly Phrase[] = [
  ...sourceServerWords,
  ...sourceTokenWords,
  ...wordsOfTheClient,
  ...wordsOfTheWay,
  ...wordsOfTheRequest,
  ...wordsOfWhatIsGranted,
  ...wordsOfTheToken,
  ...wordsOfTheCall,
];
