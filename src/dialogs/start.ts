import type { Said } from '../language/recognize.ts';
import type { Wish } from '../operations/screen.ts';

/** How the operation dialog is begun: what was understood of a sentence, or what a button or a number of a list asked for. Plain JSON. */
export interface Start {
  readonly operation: string;
  readonly said: Readonly<Record<string, Said>>;
  /** Values that need no resolving: the parameters of a button. They are parsed by the operation's schema before use. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
}

/** A wish begins like a sentence that says everything. */
export function startOf(wish: Wish): Start {
  return { operation: wish.operation, said: {}, given: wish.parameters, dryRun: false };
}
