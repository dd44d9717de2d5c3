/** Looks for secrets in what came out: as they are, encoded as people and programs encode them, and in pieces. */

/** Pieces shorter than this are found in any text by chance. */
const PIECE = 10;

/** By piece: which needle, in which form. Built once a needle. */
const indexes = new Map<string, ReadonlyMap<string, string>>();

function indexOf(needle: string): ReadonlyMap<string, string> {
  const known = indexes.get(needle);
  if (known) return known;
  const index = new Map<string, string>();
  for (const [form, value] of formsOf(needle)) {
    for (let at = 0; at + PIECE <= value.length; at++) index.set(value.slice(at, at + PIECE), form);
  }
  indexes.set(needle, index);
  return index;
}

/**
 * The forms of the needles that stand in a text; empty where it holds none.
 * @param needles secrets of more than ten characters, by a name that a failed test may print
 */
export function leaks(text: string, needles: Readonly<Record<string, string>>): string[] {
  const pieces = new Set<string>();
  // Line breaks of a layout must not hide what they only cut.
  for (const whole of [text, text.replace(/\s+/g, '')]) {
    for (let at = 0; at + PIECE <= whole.length; at++) pieces.add(whole.slice(at, at + PIECE));
  }
  const found = new Set<string>();
  for (const [name, needle] of Object.entries(needles)) {
    for (const [piece, form] of indexOf(needle)) if (pieces.has(piece)) found.add(`${name} ${form}`);
  }
  return [...found];
}

function formsOf(needle: string): [string, string][] {
  const forms: [string, string][] = [
    ['as it is', needle],
    ['backwards', [...needle].reverse().join('')],
    ['url-encoded', encodeURIComponent(needle)],
    ['form-encoded', new URLSearchParams([['', needle]]).toString().slice(1)],
    ['in a JSON string', JSON.stringify(needle).slice(1, -1)],
    ['in hex', Buffer.from(needle).toString('hex')],
    ['in capitals', needle.toUpperCase()],
  ];
  // Where it begins inside a triple of bytes decides how base64 writes it; the edges mix with the neighbours.
  for (const shift of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(needle)]);
    const inner = (text: string): string =>
      text.slice(Math.ceil((shift * 4) / 3), Math.floor((bytes.length * 4) / 3));
    forms.push([`in base64, shifted by ${shift}`, inner(bytes.toString('base64'))]);
    forms.push([`in base64url, shifted by ${shift}`, inner(bytes.toString('base64url'))]);
  }
  return forms;
}
