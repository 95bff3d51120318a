import type { ReplicatedItem } from '../../azure/types.ts';
import { replicatedItemWords } from '../../azure-words.ts';
import type { Text } from '../../message.ts';
import { own } from '../operation.ts';
import type { Suggestion, Tone, Wish } from '../screen.ts';

const message = own('replicated-item.list');

/** The right to look at replicated items. */
export const readReplicas =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/read';

const healths = ['Normal', 'Warning', 'Critical', 'None'];
const words = ['Protected', ...replicatedItemWords];

/** Health in the reader's words; a word of Azure's that is not known is shown as it is. */
export function healthText(health: string): Text {
  return healths.includes(health) ? message(health) : health;
}

/** Never by colour alone: it stands beside the word. */
export function healthTone(health: string): Tone {
  if (health === 'Normal') return 'good';
  if (health === 'None') return 'unknown';
  return health === 'Critical' ? 'bad' : 'warning';
}

/** Where an item stands on its way over and back; see `healthText`. */
export function stateText(state: string): Text {
  return words.includes(state) ? message(state) : state;
}

/** A verb of `allowedOperations`; see `healthText`. */
export function verbText(verb: string): Text {
  return words.includes(verb) ? message(verb) : verb;
}

/** What the product offers of what Azure allows: the way on first, for nothing half-done should stay. */
export function nextSteps(item: Pick<ReplicatedItem, 'vmId' | 'allowedOperations'>): readonly Suggestion[] {
  const wishes: readonly (readonly [verb: string, wish: Omit<Wish, 'parameters'>])[] = [
    ['TestFailoverCleanup', { operation: 'failover.test-cleanup' }],
    ['Commit', { operation: 'failover.commit' }],
    ['ChangePit', { operation: 'failover.change-point' }],
    ['SwitchProtection', { operation: 'failover.reprotect' }],
    ['TestFailover', { operation: 'failover.test' }],
    ['UnplannedFailover', { operation: 'failover.start' }],
  ];
  return wishes
    .filter(([verb]) => item.allowedOperations.includes(verb))
    .map(([verb, wish]) => ({ title: verbText(verb), wish: { ...wish, parameters: { vm: item.vmId } } }));
}
