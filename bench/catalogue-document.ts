/** A synthetic API document of a given size, and the cost of indexing one the way `catalogue update` does. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createDocumentReader } from '../src/catalogue/index.ts';
import { writeCatalogueIndex } from '../src/io/catalogue-file.ts';

const CODES = ['400', '401', '403', '404', '408', '409', '413', '415', '429', '500', '503', '504'];

/** Shaped as the Platform API's document: errors on every operation, and definitions that make up most of the bytes. */
export function writeDocument(file: string, operations: number, bytes: number): void {
  const out = openSync(file, 'w');
  let written = 0;
  const put = (text: string) => (written += writeSync(out, text));
  put(
    '{"swagger":"2.0","info":{"title":"Platform API"},"host":"api.mypurecloud.com","basePath":"/","paths":{',
  );
  for (let i = 0; i < operations / 2; i++) {
    const path = `/api/v2/domain${i % 60}/thing${i}/{thingId}`;
    put(
      `${i === 0 ? '' : ','}"${path}":${JSON.stringify({ get: operation(i, 'view'), post: operation(i, 'add') })}`,
    );
  }
  put('},"definitions":{"First":{}');
  for (let i = 0; written < bytes; i++) {
    const property = { type: 'string', description: 'what it means '.repeat(8), enum: ['a', 'b', 'c'] };
    const properties = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`property${k}`, property]));
    put(`,"Model${i}":${JSON.stringify({ type: 'object', properties })}`);
  }
  put('}}');
  closeSync(out);
}

function operation(i: number, action: string): object {
  const codes = Object.fromEntries(
    Array.from({ length: 6 }, (_, k) => [
      `some.error.${k}`,
      'Unable to perform the requested action. '.repeat(2),
    ]),
  );
  return {
    summary: 'what it does '.repeat(6),
    parameters: Array.from({ length: 8 }, (_, k) => ({
      name: `p${k}`,
      in: 'query',
      description: 'a filter '.repeat(9),
    })),
    responses: Object.fromEntries(
      CODES.map((status) => [status, { description: 'd'.repeat(100), 'x-inin-error-codes': codes }]),
    ),
    security: [{ 'PureCloud OAuth': [`domain${i % 60}`, `domain${i % 60}:readonly`] }],
    'x-inin-requires-permissions': { type: 'ANY', permissions: [`domain${i % 60}:thing${i}:${action}`] },
  };
}

/** Holds the whole document as an answer's body is held, then reads it in pieces. */
export function indexDocument(file: string, folder: string): { peakMb: number; milliseconds: number } {
  const started = performance.now();
  const bytes = readFileSync(file);
  const reader = createDocumentReader({ source: 'bench', date: '2026-11-23', expect: 'genesys' });
  for (let at = 0; at < bytes.length; at += 1 << 16) reader.write(bytes.subarray(at, at + (1 << 16)));
  const { entries } = reader.end();
  writeCatalogueIndex(folder, { host: 'api.mypurecloud.com', from: file, date: '2026-11-23', entries });
  return {
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    milliseconds: Math.round(performance.now() - started),
  };
}
