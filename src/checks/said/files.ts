/** What a paste tells of a value on its way from a file, a shell or a page into the header: what came with it. */
import type { Look, SaidRule } from './rule.ts';

/** A library that does not send the header, in the words of Node, Go, Rust, Java and Python. */
const HEADER_REFUSED =
  /\bInvalidHeaderValue\b|header (?:field )?value|invalid header|illegal header|header\b[^\n]{0,40}\b(?:new ?line|line ?break|control|invalid char)/i;
/** What fetch and the HTTP clients of Python say of a header that they can't write. */
const NOT_LATIN =
  /\bnon[- ]?ISO-8859-1 code ?point|\bByteString\b[^\n]{0,80}\bgreater than 255\b|\b(?:latin-?1|ascii)['"]? codec can[’']t encode char/i;
/** Reads a whole file, and nothing takes the white space off. */
const READS_A_FILE =
  /\b(?:read_to_string|readFileSync|readFile|ReadAllText(?:Async)?|file_get_contents|(?:os|ioutil)\.ReadFile|File\.read|IO\.read|read_text|slurp)\b|\bopen\([^)\n]{1,80}\)\.read\(\)/;
const TRIMS = /trim|strip|chomp|TrimSpace|splitlines|\.split\(/i;
const SECRETS = String.raw`(?:tokens?|secrets?|passwords?|(?:api )?keys?|credentials?)`;
const AN_EDITOR = String.raw`(?:(?:plain|ordinary|normal|simple|usual|text)[- ]?(?:text[- ]?)?editor|vim?|nano|emacs|notepad(?:\+\+)?|vs ?code|gedit|heredoc|echo)`;
const FINE = String.raw`(?:works?|worked|fine|good|ok(?:ay)?|accepted|valid|let in|taken|succeeds?)`;

const A_FILE = String.raw`(?:\b(?:file|readFileSync|read_to_string|ReadFile|ReadAllText)\b|/run/secrets/)`;

/** A file of a bill of materials has the same three letters. */
const OF_MATERIALS = /\bSBOM\b|dependency[- ]?track|cyclone ?dx|bill of materials/i;

const ofASecret = (look: Look): boolean => look.says(new RegExp(`\\b(?:${SECRETS}|client[ _-]?id)\\b`, 'i'));

/** Elasticsearch wants base64 of id:key (its documentation, "Create API key"); others take the two with a colon. */
const PLAIN_AT_ELASTIC = /\bApiKey\s["'`]?[<{$]{0,2}\w[\w .-]{0,30}[>}]{0,2}:[<{$]{0,2}\w/;

export const files: readonly SaidRule[] = [
  {
    id: 'mark-before-the-text',
    code: 'credential/non-ascii',
    likelihood: 0.95,
    pattern:
      /\bbyte[- ]order[- ]mark\b|\butf-?8[- ](?:with (?:a )?)?sig(?:nature)?\b|\bEF[ ,:]?(?:0x)?BB[ ,:]?(?:0x)?BF\b|\\ufeff|\bU\+FEFF\b|\b(?:utf-?(?:8|16)\w*|file|encod\w+|editor|saved?|notepad|starts?|begins?|leading|invisible)\b[^\n.]{0,40}\bBOM\b|\bBOM\b[^\n.]{0,40}\b(?:utf-?(?:8|16)\w*|file|start|beginning|front|before)\b/i,
    when: (look) => look.failureTold() && ofASecret(look) && !look.says(OF_MATERIALS),
    why: 'A byte order mark, which no editor shows, stands before the value and is sent with it.',
    tell: 'Save the file as UTF-8 without a mark; xxd shows its first bytes, and EF BB BF is the mark.',
  },
  {
    id: 'header-outside-latin-1',
    code: 'credential/non-ascii',
    likelihood: 0.96,
    shows: NOT_LATIN,
    when: (look) => NOT_LATIN.test(look.answers),
    why: 'The library does not send the header: a character outside Latin-1 stands in the token or the key (fetch.spec.whatwg.org, Headers).',
    tell: 'Print the code points of the value: a typographic dash or quote, or a character that is not seen, comes of copying.',
  },
  {
    id: 'file-read-with-its-line-end',
    code: 'credential/whitespace',
    likelihood: 0.93,
    where: ['code'],
    pattern: READS_A_FILE,
    when: (look) => HEADER_REFUSED.test(look.answers) && !look.code(TRIMS),
    why: 'The code reads a file whole, with the line break at its end, and the library does not send a header with one.',
    tell: 'Take white space off where the file is read (trim, strip, chomp).',
  },
  {
    id: 'good-elsewhere-than-in-the-file',
    code: 'credential/whitespace',
    likelihood: 0.95,
    where: ['prose'],
    pattern: new RegExp(
      `${A_FILE}[^]{0,240}\\b(?:same|very same|identical) ${SECRETS}\\b[^\\n.]{0,60}\\b${FINE}\\b|\\b(?:same|very same|identical) ${SECRETS}\\b[^\\n.]{0,60}\\b${FINE}\\b[^]{0,120}${A_FILE}|\\b${SECRETS}\\b[^\\n.]{0,60}\\b(?:inline|directly|by hand|on the command line|in an? (?:environment )?variable)\\b[^\\n.]{0,40}\\b${FINE}\\b[^]{0,80}\\bfrom (?:a|the) file\\b`,
      'i',
    ),
    when: (look) =>
      look.failureTold() &&
      !look.says(
        /\b(?:BOM|byte[- ]order|base ?64|expired|key ?file|json file|pem|p12|pfx)\b|\.(?:json|pem|p12)\b/i,
      ),
    why: 'The same value is good elsewhere and not from the file: the file ends with a line break, as an editor writes it.',
    tell: 'Count the bytes of the file with wc -c; write it with printf, or take white space off where it is read.',
  },
  {
    id: 'file-made-in-an-editor',
    code: 'credential/whitespace',
    likelihood: 0.85,
    where: ['prose'],
    pattern: new RegExp(
      `\\b${SECRETS}\\b[^]{0,120}\\bfile\\b[^\\n.]{0,40}\\b(?:made|wrote|written|created?|saved?|edited|typed)\\b[^\\n.]{0,16}\\b(?:in|with|by|using)\\b[^\\n.]{0,12}\\b${AN_EDITOR}\\b`,
      'i',
    ),
    when: (look) =>
      look.failureTold() && !look.says(/\bBOM\b|byte[- ]order|\bjson file\b|\.(?:json|ya?ml|toml|pem)\b/i),
    why: 'An editor ends a file with a line break, and who reads the file whole sends it with the value.',
    tell: 'Write the file with printf %s, or take white space off where it is read.',
  },
  {
    id: 'echo-into-base64-said',
    code: 'credential/whitespace',
    likelihood: 0.93,
    where: ['prose'],
    pattern:
      /\becho(?:es|ed|ing)?\b(?! ?-n)[^\n|]{0,60}\b(?:(?:in)?to|through|with|and) (?:the )?base ?64\b|\bbase ?64\b[^\n.]{0,40}\b(?:of|from|with|by) (?:an? |the |plain )?echo(?:ed)?\b(?! ?-n)/i,
    when: (look) => look.failureTold() && !look.says(/\becho -n|\bprintf\b/i),
    why: 'echo ends its output with a line break, and that line break goes into the base64.',
    tell: 'Use echo -n or printf %s, and compare the two.',
  },
  {
    id: 'encoded-form-encoded-again',
    code: 'credential/already-encoded',
    likelihood: 0.95,
    where: ['prose', 'config'],
    pattern:
      /\b(?:cop(?:y|ied)|took|take|past(?:e|ed)|gave|give|enter(?:ed)?|put|set|chose|stor(?:e|ed))\b[^\n.]{0,80}\b(?:base ?64[- ]?)?encoded (?:format|form|version|key|value|one|token|field|string)\b|\b(?:cop(?:y|ied)|took|take|past(?:e|ed)|gave|give|enter(?:ed)?|put|set)\b[^\n.]{0,40}[`'"]encoded[`'"]/i,
    when: (look) =>
      look.failureTold() &&
      look.says(
        /strict_encode64|encode64\(|b64encode|btoa\(|base64_encode|\(\s?["']base64["']\s?\)|ToBase64String|EncodeToString|\|\s?base64\b|\bencodes? (?:it|them|the (?:key|value|pair|two))\b/i,
      ) &&
      !look.says(/url[- ]?encoded|percent[- ]?encoded|form[- ]?(?:url)?[- ]?encoded/i),
    why: 'The value was copied in its encoded form, and the program encodes it once more.',
    tell: 'Give the plain id:key where the program encodes, or send the encoded form as it is.',
  },
  {
    id: 'plain-key-at-elastic',
    code: 'header/bad-base64',
    likelihood: 0.95,
    shows: PLAIN_AT_ELASTIC,
    when: (look) =>
      PLAIN_AT_ELASTIC.test(look.scene.evidence.paste ?? '') &&
      look.says(/elastic|kibana|logstash|\bbeats?\b|\bfleet\b/i) &&
      look.failureTold(),
    why: 'Behind ApiKey stands base64 of id:key at Elasticsearch; here the two stand there as they are.',
    tell: 'Send the value that the answer of the create call names "encoded".',
  },
  {
    id: 'pair-not-encoded-said',
    code: 'header/bad-base64',
    likelihood: 0.96,
    where: ['prose', 'config'],
    pattern:
      /\b(?:header|authori[sz]ation|ApiKey|Basic)\b[^\n.]{0,80}\b(?:as (?:it|they) (?:is|are|stands?)|plain(?:ly)?|raw|verbatim|in the clear|un-?encoded|(?:not|without(?: being)?|never|n[’']t)(?: \w+)? (?:base ?64\w*|encod\w+))\b/i,
    when: (look) =>
      look.failureTold() &&
      look.says(
        /(?<![\w.])(?:id:(?:api_?)?key|key:secret|id:secret|user(?:name)?:pass\w*|id and (?:api )?key)\b/i,
      ) &&
      look.says(/\bApiKey\b|\bBasic\b/) &&
      !look.says(/%2B|percent|url[- ]?encod|form[- ]?encod/i),
    why: 'The two values stand with their colon behind the scheme as they are; the server wants base64 of both.',
    tell: 'Put id:key into base64 on one line before it goes behind the scheme.',
  },
];
