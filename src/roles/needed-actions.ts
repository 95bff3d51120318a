import { gatewayReads } from '../azure/gateway-reads.ts';
import type { Operation } from '../operations/operation.ts';

/**
 * What Azure asks for on the resources that a restore makes, beyond the actions of the operation itself: the VM's network card
 * and its place in the subnet (learn.microsoft.com, "Manage Azure Backup with Azure role-based access control").
 */
export const linkedActions: Readonly<Record<string, readonly string[]>> = {
  'restore.new-vm': [
    'Microsoft.Network/networkInterfaces/write',
    'Microsoft.Network/networkInterfaces/join/action',
    'Microsoft.Network/virtualNetworks/subnets/join/action',
  ],
};

/** Which operations need an Azure action; empty: every answer of the bot does. */
export interface NeededAction {
  readonly action: string;
  readonly operations: readonly string[];
}

/** Everything that the bot's identity needs to hold for these operations, by name; spelled as it was first written, because Azure compares without regard to case. */
export function neededActions(operations: readonly Operation[]): readonly NeededAction[] {
  const found = new Map<string, { action: string; operations: string[] }>();
  for (const action of gatewayReads) found.set(action.toLowerCase(), { action, operations: [] });
  const reads = new Set(found.keys());
  for (const operation of operations) {
    for (const action of [...operation.actions, ...(linkedActions[operation.id] ?? [])]) {
      const key = action.toLowerCase();
      if (reads.has(key)) continue;
      const known = found.get(key) ?? { action, operations: [] };
      found.set(key, { ...known, operations: [...known.operations, operation.id] });
    }
  }
  return [...found.values()].toSorted((a, b) => compare(a.action, b.action));
}

function compare(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
