/** `--record DIR` and `--replay DIR`: evidence as a file that is safe to paste, and back again. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/index.ts';
import type { Evidence, Exchange, Transport } from '../core/index.ts';
import { checkEvidence } from './evidence-shape.ts';
import { replaceFile } from './whole-file.ts';

const NAME = 'evidence.json';
/** No record of ours comes near it. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Writes `DIR/evidence.json` (0600, whole or not at all); the folder is made if need be.
 * @returns the file's path
 * @throws Failure `config` where the folder can't be written
 */
export async function recordEvidence(folder: string, evidence: Evidence): Promise<string> {
  const path = join(folder, NAME);
  try {
    await replaceFile(path, [`${JSON.stringify(evidence, null, 2)}\n`], undefined, 0o600);
  } catch (error) {
    const why = error instanceof Failure ? error.message : 'the disk refused it';
    throw new Failure(
      'config',
      `The record can't be written: ${why}`,
      'a folder for --record that you may write to',
    );
  }
  return path;
}

/**
 * Reads what `--record` wrote.
 * @param place the folder, or the file itself
 * @throws Failure `config` naming what is wrong with it: not there, cut off, of a newer version, not evidence
 */
export async function replayEvidence(place: string): Promise<Evidence> {
  const path = await fileAt(place);
  let value: unknown;
  try {
    value = JSON.parse(await textAt(path));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('config', `${path} is not whole JSON; it seems to be cut off or edited.`, EXPECTED);
  }
  const wrong = checkEvidence(value);
  if (wrong !== undefined) throw new Failure('config', `${path}: ${wrong}`, EXPECTED);
  return value as Evidence;
}

const EXPECTED = "a folder that 'why403 diagnose --record DIR' has written, with evidence.json in it";

async function fileAt(place: string): Promise<string> {
  try {
    return (await stat(place)).isDirectory() ? join(place, NAME) : place;
  } catch {
    throw new Failure('config', `There is nothing at ${place} to replay.`, EXPECTED);
  }
}

async function textAt(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    const found = await stat(path);
    if (!found.isFile())
      throw new Failure('config', `${path} is not a regular file, so it is not read.`, EXPECTED);
    if (found.size > MOST_BYTES)
      throw new Failure('config', `${path} is too large to be a record.`, EXPECTED);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Failure('config', `${path} can't be read: ${code}.`, EXPECTED);
  }
  return new TextDecoder().decode(bytes);
}

/** Answers asks from a record, by step; what was not recorded is `offline`. It never asks anybody. */
export function replayTransport(evidence: Evidence): Transport {
  const byStep = new Map<string, Exchange>(evidence.exchanges.map((x) => [x.step, x]));
  return (ask) => {
    const recorded = byStep.get(ask.step);
    return Promise.resolve(
      recorded ?? {
        step: ask.step,
        ...(ask.subject === undefined ? {} : { subject: ask.subject }),
        request: { method: ask.method, url: ask.url, authorization: { kind: 'absent' } },
        outcome: { kind: 'unanswered', why: 'offline', detail: 'the record does not hold this answer' },
      },
    );
  };
}
