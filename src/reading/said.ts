/** What a paste says beside its exchanges, masked, with its place. */
import { shapeOf, type Exchange, type Said } from '../core/index.ts';
import { textOf } from './answers.ts';
import { curlCommand } from './curl.ts';
import { endsOfList } from './ends.ts';
import { masked } from './mask.ts';
import type { Piece } from './piece.ts';
import { basicPair } from './requests.ts';
import type { Defect } from './shell.ts';
import type { Shown, ShownResponse } from './shown.ts';

/** Parts of a kind that are kept; a report needs no more. */
export const MOST = 20;
/** Sentences and settings that are kept, and how much of each. */
const MOST_SAID = 400;
const LONGEST_SAID = 20_000;

/** Settings, code, commands, sentences and answers as they were shown, masked. */
export function saidOf(
  shown: Shown,
  codes: readonly { piece: Piece }[],
  exchanges: readonly Exchange[],
): Said[] {
  const coded = new Set(codes.map(({ piece }) => piece.at));
  const defects = shown.commands.slice(0, MOST).flatMap((piece): Said[] =>
    firstOfEach(curlCommand(piece).defects).map((defect) => ({
      where: 'command',
      key: 'defect',
      text: `${defect.slug}: ${defect.text}`,
      source: { from: piece.at + defect.from, to: piece.at + defect.to },
    })),
  );
  return [
    ...defects,
    ...shown.commands.slice(0, MOST).map((piece): Said => text('command', 'curl', piece)),
    ...codes.slice(0, MOST).map(({ piece }): Said => text('code', 'code', piece)),
    ...shown.config
      .filter(({ value }) => !coded.has(value.at))
      .map((one) => setting(one, basicPair(shown.headers[0]?.text) !== undefined)),
    ...shown.headers.slice(0, MOST).map((piece): Said => text('config', 'authorization', piece)),
    ...logs(shown.tokenResponses, 'token', exchanges),
    ...logs(shown.apiResponses, 'endpoint', exchanges),
    ...besides(shown.logs ?? [], exchanges),
    ...endsOfList(shown.prose, MOST_SAID).map((piece): Said => text('prose', 'note', piece)),
    ...(shown.provider === undefined
      ? []
      : [{ where: 'prose', key: 'provider', text: masked(shown.provider) } as const]),
  ];
}

/** One defect of a kind is enough to see what to mend; a command in typographic quotes has many. */
function firstOfEach(defects: readonly Defect[]): Defect[] {
  return defects.filter((one, i) => defects.findIndex((other) => other.slug === one.slug) === i);
}

/** The answers word for word; a body in evidence may have lost the sentence around it. */
function logs(
  responses: readonly ShownResponse[],
  name: 'token' | 'endpoint',
  exchanges: readonly Exchange[],
): Said[] {
  const steps = exchanges.filter((x) => x.step.split('/')[0] === name).map((x) => x.step);
  return endsOfList(responses, MOST).map((response, i) => ({
    where: 'log',
    key: steps[i] ?? name,
    text: masked(textOf(response).slice(0, LONGEST_SAID)),
    ...(response.body && { source: spanOf(response.body) }),
  }));
}

/** A log beside an answer is about the last answer that is shown: the server says there what it tells nobody else. */
function besides(pieces: readonly Piece[], exchanges: readonly Exchange[]): Said[] {
  const last = exchanges.findLast((x) => x.outcome.kind === 'answered');
  if (!last) return [];
  return endsOfList(pieces, MOST).map((piece) => ({
    where: 'log',
    key: last.step,
    text: masked(piece.text.slice(0, LONGEST_SAID)),
    source: spanOf(piece),
  }));
}

/** @param sent a header shows what was really sent, so the shape of the setting is not judged as well */
function setting({ key, value, meant }: Shown['config'][number], sent: boolean): Said {
  const secret = /secret|password|passwd|token$|api_?key/i.test(key) && !/url|uri|endpoint/i.test(key);
  const line = `${key}: ${value.text.slice(0, LONGEST_SAID)}`;
  return {
    where: 'config',
    key,
    ...(secret && !sent && { shape: shapeOf(meant ?? value.text) }),
    text: wholly(masked(line).slice(key.length + 2)),
    source: spanOf(value),
  };
}

/** A value of one word is hidden to its end, whatever signs stand in it. */
function wholly(hidden: string): string {
  return /•/.test(hidden) && !/[\s=]/.test(hidden.trim()) ? hidden.replace(/[^\s"'`]/g, '•') : hidden;
}

function text(where: Said['where'], key: string, piece: Piece): Said {
  return { where, key, text: masked(piece.text.slice(0, LONGEST_SAID)), source: spanOf(piece) };
}

/** A secret in the form in which servers store one, told here because behind this door only shapes are left. */
export function hashed(secret: string | undefined): Said[] {
  const form =
    /^<?(pbkdf2_\w{3,12}|\{(?:bcrypt|pbkdf2|scrypt|argon2)\}|\$2[abxy]|\$argon2\w{1,2}|\$scrypt|bcrypt(?:_sha256)?)\$?/.exec(
      secret ?? '',
    )?.[1];
  return form === undefined ? [] : [{ where: 'config', key: 'password hash', text: form }];
}

/** Where a piece stands in the document. */
export function spanOf(piece: Piece): { from: number; to: number } {
  return { from: piece.at, to: piece.at + piece.text.length };
}
