import { asStoreFault } from './fault.ts';
import type { Store } from './store.ts';

/**
 * The same store, whose calls reject with a StoreFault where the database is at fault and not the statement: it is away, read-only or full.
 * The queues keep their own errors: they try again by themselves.
 */
export function telling(store: Store): Store {
  return toldBy(store);
}

function toldBy<T extends object>(part: T): T {
  return new Proxy(part, {
    get(target, key): unknown {
      const found: unknown = Reflect.get(target, key);
      if (typeof found === 'function') {
        return (...given: unknown[]): unknown => told(Reflect.apply(found, target, given) as unknown);
      }
      return typeof found === 'object' && found !== null && key !== 'jobs' ? toldBy(found) : found;
    },
  });
}

function told(answer: unknown): unknown {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    throw asStoreFault(error) ?? error;
  });
}
