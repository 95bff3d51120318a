import type { Message } from '../message.ts';
import { say } from '../message.ts';
import type { Context } from '../operations/context.ts';

/** What the person may read, for one answer that changes nothing; knows whether last known rights stood in, and from when. */
export class ReadingRights {
  /** Of a reading operation alone: what changes something asks Azure itself. */
  readonly context: Context;
  #asOf: string | undefined;

  constructor(context: Context) {
    const { access } = context.azure;
    const holds = async (...[principal, right]: Parameters<typeof access.holds>): Promise<boolean> => {
      const { held, asOf } = await access.holdsForReading(principal, right);
      if (asOf !== undefined && asOf < (this.#asOf ?? '~')) this.#asOf = asOf;
      return held;
    };
    this.context = { ...context, azure: { ...context.azure, access: { ...access, holds } } };
  }

  /** Small print of the answer; none where Azure was asked. */
  notes(): readonly Message[] {
    return this.#asOf === undefined ? [] : [say('dialog.rights-as-of', { age: { age: this.#asOf } })];
  }
}
