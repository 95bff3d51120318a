import { ids } from './azure-samples.ts';

/** Approved plans of every operation, as its commands read them; every name in them ends in the words. */
export function plansNamed(words: string) {
  /** Parameters of every kind. */
  const parameters = {
    vm: `${ids.vm}${words}`,
    keepUntil: '2026-04-01T00:00:00.000Z',
    policy: ids.policy(words),
    job: `${ids.job}${words}`,
    snapshot: `${ids.snapshot}${words}`,
    plan: `${ids.vault}/replicationRecoveryPlans/p${words}`,
    point: `${ids.point}${words}`,
    notes: words,
    network: ids.network(words),
    source: 'gone',
    snapshots: [`${ids.snapshot}-os${words}`, `${ids.snapshot}-data`],
    staging: `${ids.vm}/staging${words}`,
    mapping: `${ids.vault}/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectionContainerMappings/m${words}`,
    group: `${ids.vm}/group${words}`,
    cache: `${ids.vm}/cache${words}`,
    name: words,
    comment: words,
  };
  /** What a preview keeps for the commands. */
  const kept = {
    resources: [ids.vm, ids.item, ids.replica],
    code: '4F7K',
    runId: '11111111-2222-4333-8444-555555555555',
    said: { way: 'over' },
    measured: {
      'fact.cache': `${ids.vm}/storage${words}`,
      'fact.machine-size': 'Standard_D2s_v5',
      'fact.snapshots': parameters.snapshots.map((id) => id.toLowerCase()).join(' '),
      'fact.disk-type': 'Premium_LRS',
    },
  };
  const previewed: Readonly<Record<string, { readonly resources: readonly string[] }>> = {
    'vm.rebuild-in-place': { resources: [ids.vm, `${ids.vm}/os`, `${ids.vm}/data`] },
  };
  return { parameters, kept, previewed };
}

/** Where an operation's parameters are of another kind. */
export const otherKinds: Readonly<Record<string, object>> = {
  'plan.test-failover': { point: 'latest' },
  'plan.failover': { point: 'latest-processed' },
};
