/** Which process wrote a lock or a temporary file, and whether it still lives. All of it stands in the file's name. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';

/** A process, told apart from one of an earlier boot and from one that got its number later. */
export interface Writer {
  /** Hashes, so that they fit a file name. */
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  /** Its start, in the kernel's own units; `0` where the system does not say. */
  readonly started: string;
  /** The namespace that its number counts in (pid_namespaces(7)), where the system has several. */
  readonly space?: string;
}

/** `unseen`: it runs, or ran, on this very host, but in another container. */
export type Fate = 'living' | 'gone' | 'elsewhere' | 'unseen';

/** How often a living one shows itself to those who can't see its process, in milliseconds. */
export const SHOWS_ITSELF_MS = 20_000;
/** An unseen one that has not shown itself for so long is gone. */
export const SILENT_MS = 3 * 60_000;

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

let own: Writer | undefined;

/** This process. */
export function thisWriter(): Writer {
  const space = pidSpace();
  own ??= {
    host: short(hostname()),
    boot: short(bootId()),
    pid: process.pid,
    started: startOf(process.pid) ?? '0',
    ...(space !== undefined && { space }),
  };
  return own;
}

function pidSpace(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return attempt(() => /^pid:\[(\d+)\]$/.exec(readlinkSync('/proc/self/ns/pid'))?.[1]);
}

/** `HOST.BOOT.PID.START.nSPACE`, for a file name. */
export function writerMark({ host, boot, pid, started, space }: Writer): string {
  return `${host}.${boot}.${pid}.${started}${space === undefined ? '' : `.n${space}`}`;
}

/** Earlier versions wrote no space. */
export const MARK = /([0-9a-f]{10})\.([0-9a-f]{10})\.(\d+)\.(\d+)(?:\.n(\d+))?/;

/** The writer in a file's name; undefined if none stands there. */
export function writerIn(name: string): Writer | undefined {
  const [, host, boot, pid, started, space] = MARK.exec(name) ?? [];
  return host === undefined || boot === undefined || started === undefined
    ? undefined
    : { host, boot, pid: Number(pid), started, ...(space !== undefined && { space }) };
}

/** Whether a writer still lives: of another host or container it can't be said. */
export function fateOf(writer: Writer): Fate {
  const self = thisWriter();
  if (writer.host !== self.host) return 'elsewhere';
  if (writer.boot !== self.boot) return 'gone';
  // A container may have the same name as its host or as another one; its numbers mean other processes.
  if (writer.space !== undefined && self.space !== undefined && writer.space !== self.space) return 'unseen';
  if (!isAlive(writer.pid) || isZombie(writer.pid)) return 'gone';
  const started = startOf(writer.pid);
  return started !== undefined && writer.started !== '0' && started !== writer.started ? 'gone' : 'living';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Its end was not taken note of by its parent yet, as is usual in containers: the number is still there, nothing runs any
 * more. The first thread to end is a zombie too while others finish their writing, so those are counted.
 */
function isZombie(pid: number): boolean {
  const fields = statOf(pid);
  return fields !== undefined && /^[ZX]$/.test(fields[0] ?? '') && Number(fields[17]) <= 1;
}

/** The fields of `/proc/PID/stat` behind the name, from the state on (proc_pid_stat(5), the third). */
function statOf(pid: number): string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The name stands in brackets and may hold blanks and brackets itself.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The number of this boot. */
function bootId(): string {
  if (process.platform === 'linux') {
    const id = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    if (id) return id;
  }
  if (process.platform === 'darwin') {
    const id = attempt(() =>
      execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim(),
    );
    if (id) return id;
  }
  // Minutes since the epoch; two readings of one boot may fall on both sides of a minute, hence the coarse step.
  return `up-${Math.round((Date.now() / 1000 - uptime()) / 600)}`;
}

/** When a process started; undefined if it is gone or the system does not say. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return statOf(pid)?.[19];
  if (process.platform === 'darwin') {
    const text = attempt(() =>
      execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim(),
    );
    const at = text ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : String(at / 1000);
  }
  return undefined;
}

function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
