import { PrivateConversationState, type StatePropertyAccessor, type Storage, type TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { Text } from '../message.ts';
import type { ParameterKind } from '../operations/parameters.ts';
import type { Start } from './start.ts';

/** The one thing that a request was about. */
export interface Subject {
  readonly kind: ParameterKind;
  /** As the operation's parameter has it: an ARM id, or a run's code. */
  readonly value: string;
  readonly name: string;
}

/** The last request that said everything, with what it was given: what "it", "and …?" and "same for …" lean on. */
export interface LastRequest extends Pick<Start, 'operation' | 'given' | 'dryRun'> {
  readonly subject?: Subject;
  /** ISO 8601; it is forgotten ten minutes later, whatever was said meanwhile. */
  readonly at: string;
}

/** What is remembered of one person in one conversation: in a group, another person's "yes" or "2" is not mine. */
export interface Recollection {
  /** What the numbers of the last list stand for. */
  readonly numbered: readonly Start[];
  /** The last refusal, for "why". */
  readonly refusal?: { readonly why: Text; readonly advice: Text };
  readonly last?: LastRequest;
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
    if (found === undefined || this.#isOld(found.at)) return undefined;
    const { last, ...rest } = found;
    return last === undefined || this.#isOld(last.at) ? rest : found;
  }

  /** Replaces what numbers and "why" stand for; the last request stays. */
  async remember(turn: TurnContext, what: Omit<Recollection, 'at' | 'last'>): Promise<void> {
    const last = (await this.recall(turn))?.last;
    await this.#recollection.set(turn, { ...what, ...(last && { last }), at: this.#now().toISOString() });
  }

  /** Keeps a request that said everything; numbers of an earlier list mean nothing after it. */
  async note(turn: TurnContext, request: Omit<LastRequest, 'at'>): Promise<void> {
    const at = this.#now().toISOString();
    await this.#recollection.set(turn, { numbered: [], last: { ...request, at }, at });
  }

  /** Writes the turn's changes; to be called before the turn ends. */
  async save(turn: TurnContext): Promise<void> {
    await this.#state.saveChanges(turn);
  }

  #isOld(at: string): boolean {
    return this.#now().getTime() - Date.parse(at) > lifetime;
  }
}
