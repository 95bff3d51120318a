import assert from 'node:assert/strict';
import { resourceGroupScopeOf, vaultOf } from '../../src/azure/arm-id.ts';
import type { Right } from '../../src/azure/ports.ts';
import { changingOperations } from '../../src/operations/index.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import builtIn from '../../src/simulator/authorization/built-in-roles.json' with { type: 'json' };
import { type Simulated, withSimulator } from '../azure/support/simulated.ts';
import { practiceSubscription } from '../support/simulator.ts';
import { almighty, enough, places, powerless } from './matrix.ts';
import { contextOver } from './requests.ts';

const subscription = `/subscriptions/${practiceSubscription}`;
type Level =
  | 'management group'
  | 'subscription'
  | 'vault'
  | 'recovery'
  | 'machine'
  | 'elsewhere'
  | 'other management group';

/** An operation with what it asks for; the ids are of the practice estate. */
interface Case {
  readonly operation: ChangingOperation;
  readonly rights: readonly Right[];
}

/** Where a role is assigned. */
type Scopes = Readonly<Record<Level, string>>;

async function casesOf({ ports }: Simulated): Promise<{ readonly cases: readonly Case[]; readonly scopes: Scopes }> {
  const { inventory } = ports;
  const [vms, items, snapshots, plans] = await Promise.all([
    inventory.vms(),
    inventory.protectedItems(),
    inventory.snapshots(),
    inventory.recoveryPlans(),
  ]);
  const idOf = (name: string): string => vms.value.find((vm) => vm.name === name)?.id ?? assert.fail(name);
  const machine = idOf('sql-prod-01');
  const vault = items.value.find(({ vmId }) => vmId?.toLowerCase() === machine.toLowerCase())?.vaultId ?? assert.fail();
  const snapshot = { ...snapshots.value[0] }.id?.replace(
    /resourceGroups\/[^/]+/i,
    `resourceGroups/${machine.split('/')[4]}`,
  );
  const plan = plans.value[0]?.id ?? assert.fail();
  const context = contextOver(ports, () => new Date());
  const cases: Case[] = [];
  for (const operation of changingOperations.values()) {
    const recovers = places.recovery.includes(operation.id);
    const vm = recovers ? idOf('erp-prod-01') : machine;
    const job = recovers ? `${vaultOf(plan)}/replicationJobs/1` : `${vault}/backupJobs/1`;
    const given = {
      vm,
      job,
      snapshot,
      policy: `${vault}/backupPolicies/p`,
      plan,
      mapping: plan,
      group: resourceGroupScopeOf(machine),
      network: machine,
    };
    const rights = await operation.rights(context, given).catch(() => undefined);
    const named = rights?.filter(({ scope }) => /^\/subscriptions\//i.test(scope ?? '')) ?? [];
    if (named.length > 0 && named.length === rights?.length) cases.push({ operation, rights: named });
  }
  const elsewhere = `${subscription}/resourceGroups/rg-elsewhere`;
  const managementGroups = '/providers/Microsoft.Management/managementGroups';
  const scopes = {
    'management group': `${managementGroups}/production`,
    'other management group': `${managementGroups}/development`,
    subscription,
    vault: resourceGroupScopeOf(vault),
    recovery: resourceGroupScopeOf(plan),
    machine: resourceGroupScopeOf(machine),
    elsewhere,
  };
  return { cases, scopes };
}

function isPowerless(role: string): boolean {
  return (powerless as readonly string[]).includes(role);
}

function isKnown(id: string): boolean {
  return Object.values(places).some((ids) => ids.includes(id));
}

/** What Microsoft's tables say. */
function expected(role: string, level: Level, id: string): boolean {
  const may = (almighty as readonly string[]).includes(role) || (enough[role] ?? []).includes(id);
  if (level === 'subscription' || level === 'management group') return may;
  return level !== 'elsewhere' && level !== 'other management group' && may && places[level].includes(id);
}

/** A person for each role and level, made once: what they hold is asked for once a scope. */
async function people({ simulator }: Simulated, scopes: Scopes) {
  const levels = Object.entries(scopes) as [Level, string][];
  const { control } = simulator;
  await control.manage({ name: 'production', parent: 'company', subscriptions: [practiceSubscription] });
  await control.manage({ name: 'development', parent: 'company' });
  const made = builtIn.flatMap(({ roleName, name }, index) =>
    // What is refused at the subscription is refused below it.
    levels
      .filter(([level]) => level === 'subscription' || !isPowerless(roleName))
      .map(([level, scope], at) => ({
        role: roleName,
        level,
        order: {
          objectId: `f0000000-0000-4000-8000-0000000${String(index * 10 + at).padStart(5, '0')}`,
          role: name,
          scope,
        },
      })),
  );
  for (const { order } of made) await control.grant(order);
  return made;
}

describe('the authorization matrix: built-in roles × operations × scopes', () => {
  it('allows exactly what Microsoft’s tables allow', async function () {
    this.timeout(60_000);
    await withSimulator(
      async (simulated) => {
        const { cases, scopes } = await casesOf(simulated);
        assert.ok(cases.length > 25, `too few operations: ${cases.map(({ operation }) => operation.id).join(', ')}`);
        assert.equal(new Set(Object.values(scopes).map((scope) => scope.toLowerCase())).size, 7);
        const wrong: string[] = [];
        for (const { role, level, order } of await people(simulated, scopes))
          for (const { operation, rights } of cases) {
            // Of an operation that is not in the table yet it is known who may not.
            if (!isKnown(operation.id) && !isPowerless(role)) continue;
            const held = await holdsAll(simulated, order.objectId, rights);
            const should = expected(role, level, operation.id);
            if (held !== should)
              wrong.push(`${role} at the ${level}: ${operation.id} is ${held ? 'allowed' : 'refused'}`);
          }
        assert.deepEqual(wrong, []);
      },
      { simulator: { strictAuthorization: true } },
    );
  });

  it('allows nothing to an owner of everything whom a deny assignment above the subscription hits', async () => {
    await withSimulator(
      async (simulated) => {
        const { cases, scopes } = await casesOf(simulated);
        const made = await people(simulated, scopes);
        const owners = made.filter(({ role, level }) => role === 'Owner' && expected(role, level, 'backup.start'));
        const principals = owners.map(({ order }) => order.objectId);
        await simulated.simulator.control.deny({ scope: scopes['management group'], principals, actions: ['*'] });
        const allowed: string[] = [];
        for (const { order, level } of owners)
          for (const { operation, rights } of cases)
            if (await holdsAll(simulated, order.objectId, rights)) allowed.push(`${level}: ${operation.id}`);
        assert.ok(owners.length >= 3);
        assert.deepEqual(allowed, []);
      },
      { simulator: { strictAuthorization: true } },
    );
  });

  it('knows every built-in role that the simulated Azure has', () => {
    const known = new Set([...powerless, ...almighty, ...Object.keys(enough)]);
    assert.deepEqual(
      builtIn.map(({ roleName }) => roleName).filter((name) => !known.has(name)),
      [],
    );
    assert.equal(builtIn.length, known.size);
  });
});

/** As runs do before a preview, at an approval and at the start: all of the rights, or it is a no. */
async function holdsAll({ ports }: Simulated, oid: string, rights: readonly Right[]): Promise<boolean> {
  assert.ok(rights.length > 0);
  const held = await Promise.all(rights.map((right) => ports.access.holds({ oid }, right)));
  return held.every(Boolean);
}
