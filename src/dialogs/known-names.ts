import { type Named, NameIndex } from '../language/names.ts';
import type { Context } from '../operations/context.ts';

/** How long names are good for; they are read again behind the next question, which does not wait. */
const freshForMs = 60_000;

/**
 * The names of VMs and vaults over all subscriptions, from Resource Graph. The first question waits for them; later ones take what is known
 * while it is being refreshed. When Azure does not answer, the old names stay: recognizing a name is not the moment to fail.
 */
export function knownNames(inventory: Context['azure']['inventory'], now: () => Date): () => Promise<NameIndex> {
  let known: { readonly index: NameIndex; readonly at: number } | undefined;
  let reading: Promise<NameIndex> | undefined;
  const read = async (): Promise<NameIndex> => {
    const index = await readNames(inventory);
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
    if (known === undefined) return await refresh().catch(() => new NameIndex([]));
    if (now().getTime() - known.at > freshForMs) void refresh().catch(() => undefined);
    return known.index;
  };
}

async function readNames(inventory: Context['azure']['inventory']): Promise<NameIndex> {
  const [vms, vaults] = await Promise.all([inventory.vms(), inventory.vaults()]);
  const named =
    (kind: Named['kind']) =>
    (resource: Omit<Named, 'kind'>): Named => {
      const { id, name, resourceGroup, subscriptionId, location } = resource;
      return { kind, id, name, resourceGroup, subscriptionId, location };
    };
  return new NameIndex([...vms.value.map(named('vm')), ...vaults.value.map(named('vault'))]);
}
