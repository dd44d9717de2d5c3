/** What `cat -A`, `-v` and `-vet` print for characters that nobody sees. */

/** Whether lines of the text were printed so. */
export function shownByCat(text: string): boolean {
  return /\bcat\s+-\w{0,3}[AveE]/.test(text) || /\^M\$$/m.test(text) || /^\w+=.*M-BM- .*\$$/m.test(text);
}

/** The line as it stands in the file; the `$` that marks its end is taken off. */
export function unescapedCat(line: string): string {
  const bytes: number[] = [];
  const shown = line.replace(/\$$/, '');
  for (const [all, high, control, plain] of shown.matchAll(/(M-)?(?:\^([@-_?])|([^]))/gu)) {
    const low = control === undefined ? (plain ?? '').codePointAt(0) : (control.charCodeAt(0) ^ 64) & 127;
    if (low === undefined || low > 127) bytes.push(...new TextEncoder().encode(all));
    else bytes.push(high === undefined ? low : low + 128);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
