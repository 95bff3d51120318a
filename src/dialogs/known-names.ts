import { NameIndex } from '../language/names.ts';
import type { Context } from '../operations/context.ts';

/** How long names are good for; they are read again behind the next question, which does not wait. */
const freshForMs = 60_000;
/** The longest that the first question waits for names: an answer without names beats none. */
const firstWaitMs = 1500;

/**
 * The names of VMs, vaults and recovery plans over all subscriptions, from Resource Graph; VMs that are gone are known by what vaults hold
 * of them. The first question waits for them a little; later ones take what is known while it is being refreshed. When Azure does not
 * answer, the old names stay: recognizing a name is not the moment to fail.
 */
export function knownNames(
  inventory: Pick<Context['azure']['inventory'], 'names'>,
  now: () => Date,
  waitMs: number = firstWaitMs,
): () => Promise<NameIndex> {
  let known: { readonly index: NameIndex; readonly at: number } | undefined;
  let reading: Promise<NameIndex> | undefined;
  const read = async (): Promise<NameIndex> => {
    const { things, subscriptions } = await inventory.names();
    const index = new NameIndex(things, subscriptions);
    known = { index, at: now().getTime() };
    return index;
  };
  const refresh = (): Promise<NameIndex> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return async () => {
    if (known === undefined) return await Promise.race([refresh().catch(nothing), afterAWhile(waitMs)]);
    if (now().getTime() - known.at > freshForMs) void refresh().catch(() => undefined);
    return known.index;
  };
}

function nothing(): NameIndex {
  return new NameIndex([]);
}

async function afterAWhile(waitMs: number): Promise<NameIndex> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve(nothing()), waitMs);
  });
}
