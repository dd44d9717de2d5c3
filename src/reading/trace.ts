/** What `curl --trace-ascii` writes, as `curl -v` would: there every line is whole, and nothing is hidden by halves. */

const PART = /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:(=>|<=) (?:Send|Recv) (header|data|SSL data)|==) ?/;
const LINE = /^([0-9a-f]{4,8}): /;

/**
 * @param text a paste, with or without such a record in it
 * @returns the same with each part of the record behind the sign of its direction, pieces of one line joined
 */
export function untraced(text: string): string {
  if (!/^(?:[\d:.]+ )?(?:=> Send|<= Recv) header, \d+ bytes/m.test(text)) return text;
  const out: string[] = [];
  let sign: string | undefined;
  let next = -1;
  for (const line of text.split('\n')) {
    const part = PART.exec(line);
    const offset = sign === undefined ? null : LINE.exec(line);
    if (part) {
      sign = SIGNS[`${part[1] ?? ''} ${part[2] ?? ''}`] ?? '';
      next = -1;
      // What curl remarks; what TLS sends for itself is no part of the exchange.
      if (part[1] === undefined) out.push(`* ${line.slice(part[0].length)}`);
    } else if (!offset) {
      out.push(line);
      sign = undefined;
    } else if (sign !== '') {
      const at = parseInt(offset[1] ?? '', 16);
      const shown = line.slice(offset[0].length);
      // A line ends with CRLF, which is counted; what goes on without was only broken for the record.
      out.push(at === next ? `${out.pop() ?? ''}${shown}` : `${sign === 'data' ? '' : (sign ?? '')}${shown}`);
      next = at + shown.length;
    }
  }
  return out.join('\n');
}

const SIGNS: { readonly [part: string]: string } = {
  '=> header': '> ',
  '<= header': '< ',
  '=> data': 'data',
  '<= data': 'data',
};
