/** Wordings that mean the same at every server: scopes that are declined or exclude each other, letters instead of scopes. */
import { says, type Phrase } from './phrase.ts';

const RFC6749 = 'https://www.rfc-editor.org/rfc/rfc6749#section-3.3';
const NOT = "(?:can(?:no|[’'])t|can not|may not|must not|should not|not possible to|not allowed to)";

export const wordsOfWhatIsGranted: readonly Phrase[] = [
  says(
    /\bscopes?\b[^\n.]{0,30}\b(?:have been|has been|were|was|are|is|got) declined\b|\bdeclined (?:some |all |one |the )?(?:of the )?(?:requested )?scopes?\b|\bServerDeclinedScopes\b/i,
    [
      [
        'scope/granted-narrower',
        0.9,
        'The server gave a token with fewer scopes than were asked for, and the library takes that for an error.',
        'Read the scopes that were granted in the error, and ask only for these.',
      ],
      ['scope/unknown', 0.45],
      ['endpoint/consent-missing', 0.4],
    ],
    'https://learn.microsoft.com/entra/msal/objc/request-custom-claims',
  ),
  // A list was wanted, and one string was taken apart into its letters.
  says(
    /\bscopes?\b[^\n]{0,80}[=:([{"' ](?:["']?[\w.:/-]["']?(?:, ?| )){5,}["']?[\w.:/-]\b/i,
    [
      [
        'scope/malformed',
        0.96,
        'The server was asked for single letters: the scope was given as one text where a list is wanted, and was taken apart.',
        'Give a list with one element.',
      ],
      ['scope/unknown', 0.2],
    ],
    'https://github.com/bergercookie/syncall/pull/18',
  ),
  says(
    new RegExp(
      `\\b${NOT} (?:be )?(?:request|combin|mix|ask for|us)\\w*\\b[^\\n.]{0,80}\\bscopes?\\b[^\\n.]{0,60}\\b(?:at the same time|at once|together|in (?:one|the same) request)\\b|\\bscopes?\\b[^\\n.]{0,60}\\b${NOT} be (?:requested|used|asked for) (?:together|at the same time|with other)`,
      'i',
    ),
    [
      [
        'scope/not-allowed',
        0.92,
        'Scopes of two kinds are asked for that this server does not give together; a library may add some of its own.',
        'Look at scope in the address to which the user is sent, and keep the one kind.',
      ],
      ['scope/malformed', 0.3],
      ['scope/unknown', 0.2],
    ],
    RFC6749,
  ),
];
