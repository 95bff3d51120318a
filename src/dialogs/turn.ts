import type { TurnContext } from 'botbuilder';
import { CatalogueError } from '../errors.ts';
import type { LastRequest, Recollection } from './memory.ts';
import type { Person } from './options.ts';

/** What a dialog may know of the turn: who talks, and the answer that they typed or clicked. */
export interface Turn {
  readonly person: Person;
  readonly answer: { readonly words: string } | { readonly question: string; readonly index: number };
  /** Writes the state of the conversation now; it is also written when the turn ends. */
  readonly save: () => Promise<void>;
  /** Keeps what the next sentence may refer to. */
  readonly remember: (what: Omit<Recollection, 'at' | 'last'>) => Promise<void>;
  /** Keeps a complete request, which the next sentence may lean on. */
  readonly note: (request: Omit<LastRequest, 'at'>) => Promise<void>;
}

const key = Symbol('vaultkeeper.turn');

/** Puts the turn where the dialog finds it: typed and clicked answers look alike from there on. */
export function withTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(key, turn);
}

/** @throws CatalogueError `internal` when a dialog is run outside a turn of ours. */
export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn | undefined>(key);
  if (turn === undefined) throw new CatalogueError('internal');
  return turn;
}
