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

/** The same as a button: what was resolved without doubt goes with it, everything else is asked for. */
export function wishOf({ operation, said, given }: Start): Wish {
  const sure = Object.entries(said).flatMap(([name, { value, kind }]) =>
    typeof value === 'string' && kind !== 'words' ? [[name, value] as const] : [],
  );
  return { operation, parameters: { ...Object.fromEntries(sure), ...given } };
}

/** A wish begins like a sentence that says everything. */
export function startOf(wish: Wish): Start {
  return { operation: wish.operation, said: {}, given: wish.parameters, dryRun: false };
}
