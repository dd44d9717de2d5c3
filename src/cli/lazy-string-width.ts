/**
 * Stands in the bundle for string-width, which builds a segmenter and an emoji pattern when it is loaded (about
 * 60 ms). ASCII is measured at once; other text by the segmenter, made when first needed, two columns for wide
 * characters (East Asian Width W and F, emoji).
 */
const ANSI = /\u001b\[[0-9;]*m/g;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

let segmenter: Intl.Segmenter | undefined;

/** Columns that a text takes on a terminal, escape sequences left out. */
export default function stringWidth(text: string): number {
  const plain = text.replace(ANSI, '');
  if (/^[\u0020-\u007e]*$/.test(plain)) return plain.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(plain)) {
    if (!/^[\p{Mark}\p{Control}\p{Format}]/u.test(segment)) width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}
