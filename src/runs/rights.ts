import type { Right } from '../azure/ports.ts';
import { CatalogueError } from '../errors.ts';
import type { Actor, Context } from '../operations/context.ts';

/** @throws CatalogueError `no-right` naming the first right that the person does not hold in Azure. */
export async function assertRights(
  context: Context,
  person: Actor,
  rights: readonly Right[],
  options: { readonly fresh?: boolean } = {},
): Promise<void> {
  const held = await Promise.all(rights.map((right) => context.azure.access.holds(person, right, options)));
  const missing = rights.find((_right, at) => held[at] !== true);
  if (missing === undefined) return;
  throw new CatalogueError('no-right', {
    values: { person: person.name, action: missing.action, scope: missing.scope },
  });
}
