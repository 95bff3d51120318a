import type { z } from 'zod';
import type { Said } from '../language/recognize.ts';
import type { Operation } from '../operations/operation.ts';
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

/**
 * Reads what a start was given by its operation's schema: a button's parameters are as foreign as words. Answers undefined where they do not fit, or no such
 * operation exists. What takes long is to make a schema, so one is made when an operation is asked for the first time.
 */
export function givenReader(operations: readonly Operation[]) {
  const shapes = new Map<string, z.ZodType<Readonly<Record<string, unknown>>>>();
  return ({ operation: id, given }: Start): Readonly<Record<string, unknown>> | undefined => {
    const shape = shapes.get(id) ?? operations.find((operation) => operation.id === id)?.parameters.partial();
    if (shape === undefined) return undefined;
    shapes.set(id, shape);
    return shape.safeParse(given).data;
  };
}
