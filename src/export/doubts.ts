/** Answers without rows beside answers that can't be read. */
import { Failure } from '../core/index.ts';
import type { Fetched } from './fetch.ts';
import type { LeftOut, Trouble } from './left-out.ts';

/** While no row could be read and an answer could not, one without rows does not show that there are none. */
export class Doubts {
  private read = false;
  private doubt: Trouble | undefined;
  private held: Fetched[] = [];

  /** What may be written now. */
  sort(brought: Fetched | LeftOut): Fetched[] {
    if ('trouble' in brought) {
      if (brought.trouble instanceof Failure) this.doubt = brought.trouble;
      return [];
    }
    this.read ||= brought.lines.length > 0;
    this.held.push(brought);
    return this.doubt && !this.read ? [] : this.held.splice(0);
  }

  /** What is still doubted. */
  end(): LeftOut[] {
    return this.held.flatMap(({ window }) => (this.doubt ? [{ window, trouble: this.doubt }] : []));
  }
}
