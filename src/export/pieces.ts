/**
 * The windows that are still to be asked for, and what becomes of one that is refused. It is halved, so that in the end
 * the hour that can't be had stands alone and all others are written. Where whole stretches are refused (hours that the
 * API no longer has) that would take a question for each hour; so after a few in vain it leaps ahead in growing steps,
 * and comes back to what it left out from the other end.
 */
import { spanOf, windowOf } from './hours.ts';
import type { LeftOut, Trouble } from './left-out.ts';
import type { PlannedWindow } from './plan.ts';

/** So many in a row that could not be had, and the next ones are taken to be like them. */
const IN_A_ROW = 3;
/** After so many in all, what is left is for the next run: it then asks for what this one brought in no more. */
const IN_ALL = 300;

interface Piece extends PlannedWindow {
  /** It was asked for as it is, in vain. */
  readonly trouble?: Trouble;
}

export class Pieces {
  private queue: Piece[];
  private aside: Piece[] = [];
  private inARow = 0;
  private inAll = 0;
  private backwards = false;
  private answered = false;
  private latest: Trouble | undefined;
  private readonly leftOut: LeftOut[];

  /** @param leftOut what could not be had is added to it */
  constructor(plan: readonly PlannedWindow[], leftOut: LeftOut[]) {
    this.queue = [...plan];
    this.leftOut = leftOut;
  }

  /** Whether anything was answered. */
  get anyGood(): boolean {
    return this.answered;
  }

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** The next window to ask for. */
  next(): PlannedWindow | undefined {
    for (;;) {
      const piece = this.queue.shift();
      if (piece === undefined) {
        if (!this.turnBack()) return undefined;
      } else if (piece.trouble === undefined) return piece;
      else this.halve(piece);
    }
  }

  /** Puts back what was taken and is not asked for now. */
  putBack(windows: readonly PlannedWindow[]): void {
    this.queue.unshift(...windows);
  }

  good(): void {
    this.answered = true;
    this.inARow = 0;
  }

  /** @param divisible whether less might be answered */
  refused(window: PlannedWindow, trouble: Trouble, divisible: boolean): void {
    this.inAll += 1;
    if (this.inAll >= IN_ALL) {
      const left: Piece[] = [window, ...this.queue.splice(0), ...this.aside.splice(0)];
      for (const piece of left) this.leave(piece, piece.trouble ?? trouble);
      return;
    }
    const isWhole = !divisible || hoursIn(window) < 2;
    if (!isWhole && this.inARow < IN_A_ROW) {
      this.halve(window);
      return;
    }
    this.inARow += 1;
    this.latest = trouble;
    if (isWhole) this.leave(window, trouble);
    else this.aside.push({ ...window, trouble });
    if (this.inARow < IN_A_ROW) return;
    if (this.backwards) this.leaveStretch(window, trouble);
    else this.leap();
  }

  private halve(window: PlannedWindow): void {
    const [from, to] = spanOf(window);
    const half = from + Math.ceil((to - from) / 2);
    const halves = [windowOf([from, half]), windowOf([half, to])].map((w) => ({ ...w, why: window.why }));
    this.queue.unshift(...(this.backwards ? halves.reverse() : halves));
  }

  private leave({ from, to, why }: PlannedWindow, trouble: Trouble): void {
    this.leftOut.push({ window: { from, to, why }, trouble });
  }

  /** One further on with each window that could not be had, then two, four, eight. */
  private leap(): void {
    const over = Math.min(2 ** (this.inARow - IN_A_ROW) - 1, Math.max(0, this.queue.length - 1));
    this.aside.push(...this.queue.splice(0, over));
  }

  /** What was left out is asked for from the newest on; where nothing was ever answered, it is not. */
  private turnBack(): boolean {
    const { aside } = this;
    this.aside = [];
    this.inARow = 0;
    if (aside.length === 0) return false;
    if (!this.answered) {
      for (const piece of aside) this.leave(piece, piece.trouble ?? this.latest!);
      return false;
    }
    this.backwards = true;
    this.queue = aside.sort((a, b) => (a.from < b.from ? 1 : -1));
    return true;
  }

  /** The rest of a stretch whose newer end could not be had. */
  private leaveStretch(window: PlannedWindow, trouble: Trouble): void {
    let { from } = window;
    while (this.queue[0]?.to === from) {
      const piece = this.queue.shift()!;
      ({ from } = piece);
      this.leave(piece, piece.trouble ?? trouble);
    }
    this.inARow = 0;
  }
}

function hoursIn(window: PlannedWindow): number {
  const [from, to] = spanOf(window);
  return to - from;
}
