import { readFileSync } from 'node:fs';
import type { AccessGateway } from '../azure/ports.ts';
import { CatalogueError } from '../errors.ts';
import type { Log } from '../store/index.ts';
import { assertGroupsKnown } from './policy-file.ts';

/** What start-up asks Azure about the policy file. */
interface Start {
  readonly policyFile: string | undefined;
  readonly access: Pick<AccessGateway, 'knowsGroup'>;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Asks Azure whether it knows the Entra groups of the policy file. When it does not tell, the bot starts all the same: nobody counts
 * as a member until it does.
 * @throws PolicyFault for each group that Azure does not know, with its line.
 */
export async function assertPolicyGroups({ policyFile, access, log }: Start): Promise<void> {
  if (policyFile === undefined) return;
  try {
    await assertGroupsKnown(readFileSync(policyFile, 'utf8'), policyFile, (group) => access.knowsGroup(group));
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    log.warn(
      { error, policyFile },
      'Azure does not tell about the groups of the policy file; nobody is in them until it does',
    );
  }
}
