import type { RecoveryPlan } from '../../azure/recovery-types.ts';
import { say } from '../../message.ts';
import type { Suggestion } from '../screen.ts';
import { againstTheWay, type PlanNow } from './plan-now.ts';
import { verbText } from './replication-words.ts';

/** By Azure's verb, in the order in which they are offered: the way on first, for nothing half-done should stay. */
const ways: readonly (readonly [verb: string, operation: string])[] = [
  ['TestFailoverCleanup', 'plan.test-cleanup'],
  ['Commit', 'plan.commit'],
  ['SwitchProtection', 'plan.reprotect'],
  ['TestFailover', 'plan.test-failover'],
  ['UnplannedFailover', 'plan.failover'],
];

/** What a plan does with all of its VMs in one direction. */
const oneWay = ['TestFailover', 'UnplannedFailover'];

interface Standing {
  readonly plan: Pick<RecoveryPlan, 'id' | 'allowedOperations'>;
  readonly items?: PlanNow['items'];
}

/** What can be done with a plan now: what Azure accepts of it, and reprotecting where any of its VMs accepts that, nothing that its VMs would do in both directions; then a look at it. */
export function planSteps({ plan, items = [] }: Standing): readonly Suggestion[] {
  const allowed = new Set(plan.allowedOperations);
  if (items.some(({ allowedOperations }) => allowedOperations.includes('SwitchProtection')))
    allowed.add('SwitchProtection');
  if (againstTheWay({ items }).length > 0) for (const verb of oneWay) allowed.delete(verb);
  const parameters = { plan: plan.id };
  return [
    ...ways
      .filter(([verb]) => allowed.has(verb))
      .map(([verb, operation]) => ({ title: verbText(verb), wish: { operation, parameters } })),
    { title: say('plan.test-failover.show'), wish: { operation: 'recovery-plan.show', parameters } },
  ];
}
