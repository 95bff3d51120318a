import pg from 'pg';

type Query = (this: pg.Client, ...given: unknown[]) => unknown;

/** Statements that a connection of this process was given before it had answered the one before. */
export interface Overlaps {
  readonly found: string[];
  /** Watches no more. */
  end(): void;
}

/** node-postgres warns of such statements once in a process, and its next version refuses them. */
export function watchOverlaps(): Overlaps {
  const usual = Reflect.get(pg.Client.prototype, 'query') as Query;
  const open = new WeakMap<pg.Client, Set<object>>();
  const found: string[] = [];
  const begin = (client: pg.Client, text: string): (() => void) => {
    const statement = { text };
    const waiting = open.get(client) ?? new Set();
    open.set(client, waiting);
    if (waiting.size > 0) found.push(`${text} after ${[...waiting].map((one) => JSON.stringify(one)).join()}`);
    waiting.add(statement);
    return () => void waiting.delete(statement);
  };
  const watched: Query = function (...given) {
    const end = begin(this, JSON.stringify(given[0]));
    const callback = given.at(-1);
    const heard = (...answer: unknown[]): unknown => {
      end();
      return typeof callback === 'function' ? Reflect.apply(callback, undefined, answer) : undefined;
    };
    const result = Reflect.apply(usual, this, typeof callback === 'function' ? [...given.slice(0, -1), heard] : given);
    if (result instanceof Promise) result.then(end, end);
    return result;
  };
  Reflect.set(pg.Client.prototype, 'query', watched);
  return { found, end: () => void Reflect.set(pg.Client.prototype, 'query', usual) };
}
