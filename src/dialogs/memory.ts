import { PrivateConversationState, type StatePropertyAccessor, type Storage, type TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { Text } from '../message.ts';
import type { Start } from './start.ts';

/** What is remembered of one person in one conversation: in a group, another person's "yes" or "2" is not mine. */
export interface Recollection {
  /** What the numbers of the last list stand for; null: that line leads nowhere. */
  readonly numbered: readonly (Start | null)[];
  /** The last refusal, for "why". */
  readonly refusal?: { readonly why: Text; readonly advice: Text };
  /** ISO 8601; after ten minutes it no longer counts. */
  readonly at: string;
}

const lifetime = 10 * 60 * 1000;

/** The stored side of a conversation: the dialog that is going on, and what was just said. It survives a restart. */
export class Memory {
  readonly dialogs: StatePropertyAccessor<DialogState>;
  readonly #state: PrivateConversationState;
  readonly #recollection: StatePropertyAccessor<Recollection | undefined>;
  readonly #now: () => Date;

  constructor(storage: Storage, now: () => Date) {
    this.#state = new PrivateConversationState(storage);
    this.dialogs = this.#state.createProperty<DialogState>('dialogs');
    this.#recollection = this.#state.createProperty<Recollection | undefined>('recollection');
    this.#now = now;
  }

  /** What was said lately, or nothing. */
  async recall(turn: TurnContext): Promise<Recollection | undefined> {
    const found = await this.#recollection.get(turn);
    if (found === undefined || this.#now().getTime() - Date.parse(found.at) > lifetime) return undefined;
    return found;
  }

  /** Replaces what is remembered. */
  async remember(turn: TurnContext, what: Omit<Recollection, 'at'>): Promise<void> {
    await this.#recollection.set(turn, { ...what, at: this.#now().toISOString() });
  }

  /** Writes the turn's changes; to be called before the turn ends. */
  async save(turn: TurnContext): Promise<void> {
    await this.#state.saveChanges(turn);
  }
}
