import { say } from '../message.ts';
import type { Suggestion, Wish } from '../operations/screen.ts';
import type { Watch, WatchEvent, WatchTarget } from '../store/index.ts';
import { covers } from './reading.ts';

/** What a button says that ends the watch on everything and leaves the other watches; a sentence with "everything" ends all of them. */
export const thatOne = 'that-one';

/** What ends one watch. */
export function endOf({ kind, name }: WatchTarget): Wish {
  return { operation: 'unwatch', parameters: { [kind]: kind === 'all' ? thatOne : name } };
}

/** Ends the watch that news came from; where they came from several, the list says which there are. */
export function stopFor(events: readonly WatchEvent[], watches: readonly Watch[]): Suggestion {
  const [only, ...others] = watches.filter(({ target }) => events.some(({ body }) => covers(target, body.vmId)));
  const one = only !== undefined && others.length === 0;
  return one
    ? { title: say('watch.stop'), wish: endOf(only.target) }
    : { title: say('watch.stop-some'), wish: { operation: 'watching', parameters: {} } };
}
