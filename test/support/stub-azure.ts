import type { Ports } from '../../src/azure/ports.ts';
import type { Disk } from '../../src/azure/types.ts';
import type { Context, RunReader } from '../../src/operations/context.ts';
import { anAccount, anItem, aPoint, aPolicy, aReplica, aVm, ids, now, someSettings } from './azure-samples.ts';

export * from './azure-samples.ts';

type Stubs = { readonly [Port in keyof Ports]?: Partial<Ports[Port]> };

/** A context whose gateways answer only what a test gives; anything else that is asked fails the test by name. */
export function stubContext(stubs: Stubs = {}, runs: Partial<RunReader> = {}): Context {
  const port = <Name extends keyof Ports>(name: Name): Ports[Name] =>
    strict(name, { ...usual[name], ...stubs[name] }) as Ports[Name];
  const azure: Ports = {
    inventory: port('inventory'),
    backup: port('backup'),
    recovery: port('recovery'),
    compute: port('compute'),
    access: port('access'),
    conditions: port('conditions'),
    jobs: port('jobs'),
  };
  return {
    azure,
    now: () => now,
    runs: strict('runs', runs) as RunReader,
    actor: { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' },
    reader: { locale: 'en', timeZone: 'UTC' },
    ownChat: async () => true,
  };
}

const asOf = now.toISOString();

const usual: Stubs = {
  inventory: {
    vms: async () => ({ value: [aVm()], asOf }),
    vaults: async () => ({ value: [], asOf }),
    protectedItems: async () => ({ value: [], asOf }),
    replicatedItems: async () => ({ value: [aReplica()], asOf }),
    snapshotsOf: async () => ({ value: [], asOf }),
    jobs: async () => ({ value: [], asOf }),
    networks: async () => ({ value: [], asOf }),
    recoveryPlans: async () => ({ value: [], asOf }),
    runbooks: async () => ({ value: [], asOf }),
    services: async () => ({ value: { replicas: [aReplica()], jobs: [], policies: [] }, asOf }),
    vaultsAndSnapshots: async () => ({ value: { vaults: [], snapshots: [] }, asOf }),
  },
  backup: {
    protectionOf: async () => ({ protected: true, vaultId: ids.vault, itemId: ids.item }),
    item: async () => anItem(),
    pastDurations: async () => [],
    vault: async () => someSettings(),
    guardOf: async () => undefined,
    policies: async () => [aPolicy('daily'), aPolicy('short', { retentionDays: 7 })],
    recoveryPoints: async () => [aPoint()],
    validateRestore: async () => [],
    storageAccounts: async () => [anAccount('stbackup')],
  },
  recovery: {
    item: async () => aReplica(),
    items: async () => [aReplica()],
    policy: async (id) => ({ id, name: 'p' }),
    job: async () => anEndedReplicationJob,
    pastDurations: async () => [],
    recoveryPoints: async () => [],
  },
  compute: {
    vm: async () => aVm(),
    disk: async (id): Promise<Disk> => ({
      id,
      name: id.slice(id.lastIndexOf('/') + 1),
      location: 'westeurope',
      sizeGib: 128,
      sku: 'Premium_LRS',
    }),
  },
  conditions: {
    locks: async () => [],
    denials: async () => [],
    quotas: async () => [],
    size: async (_subscription, _location, name) => ({ name, family: 'f', cores: 2, restricted: false, zones: ['1'] }),
    subnets: async () => ['default', 'app', 'data', 'test'].map((name) => ({ name, used: 3, limit: 251 })),
    encryptionSet: async (id) => ({ id }),
    hasKeyVault: async () => true,
    botLacks: async () => undefined,
  },
  access: {
    holds: async () => true,
    holdsForReading: async () => ({ held: true }),
    isMember: async () => false,
    knowsGroup: async () => false,
  },
};

function strict(name: string, methods: object): unknown {
  return new Proxy(methods, {
    get: (target, key) => {
      const found: unknown = Reflect.get(target, key);
      if (found === undefined) throw new TypeError(`the test did not expect ${name}.${String(key)}`);
      return found;
    },
  });
}

const anEndedReplicationJob = {
  id: '/jobs/j1',
  name: 'j1',
  vaultId: '/vaults/v',
  scenario: 'TestFailover',
  status: 'Succeeded',
  target: 'sql-01',
  allowedActions: [],
  tasks: [],
  recommendations: [],
};
