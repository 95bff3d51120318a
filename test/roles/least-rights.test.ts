import assert from 'node:assert/strict';
import { gatewayReads } from '../../src/azure/gateway-reads.ts';
import { operations } from '../../src/operations/index.ts';
import { customRole } from '../../src/roles/custom-role.ts';
import { linkedActions, neededActions } from '../../src/roles/needed-actions.ts';
import { botOid, type Simulated, withSimulator } from '../azure/support/simulated.ts';
import { practiceSubscription } from '../support/simulator.ts';
import { callEverything, gatewayCalls, realIds } from './drive.ts';
import { request } from './requests.ts';

const scope = `/subscriptions/${practiceSubscription}`;
const roleId = 'e0000000-0000-4000-8000-000000000001';
const actions = customRole({ operations, scopes: [scope], destructive: 'with' }).Actions;

/** The bot holds these actions and nothing else. */
async function holding({ simulator }: Simulated, held: readonly string[]): Promise<void> {
  await simulator.control.revoke(botOid);
  await simulator.control.defineRole({ name: roleId, roleName: 'Vaultkeeper', actions: held });
  await simulator.control.grant({ objectId: botOid, role: roleId, scope });
  await simulator.control.clearLog();
}

async function asked({ simulator }: Simulated): Promise<ReadonlySet<string>> {
  return new Set((await simulator.control.log()).map(({ action = '' }) => action.toLowerCase()));
}

async function denied({ simulator }: Simulated): Promise<readonly string[]> {
  const log = await simulator.control.log();
  return [
    ...new Set(
      log
        .filter(({ status, path }) => status === 403 && /^\/subscriptions\//i.test(path))
        .map(({ action, path }) => `${action} at ${path}`),
    ),
  ];
}

const strict = {
  simulator: { strictAuthorization: true, pace: 0.001, clock: 'real' as const },
  azure: { jobReadsPerHour: 100_000, now: () => new Date() },
};

/** What a gateway can do although no operation asks for it; what reads must be granted in any case. */
function isChange(denial: string): boolean {
  const [action = ''] = denial.split(' ');
  return (
    /\/(write|delete|action)$/.test(action) && !gatewayReads.some((read) => read.toLowerCase() === action.toLowerCase())
  );
}

describe('the custom role', () => {
  it('is enough for every method of every gateway and for every operation, and can change nothing that none of them changes', async function () {
    this.timeout(60_000);
    await withSimulator(async (simulated) => {
      await holding(simulated, actions);
      await callEverything(simulated.ports);
      const reads = (await denied(simulated)).filter((denial) => !isChange(denial));
      assert.deepEqual(reads, []);
      await simulated.simulator.control.clearLog();
      const notTaken: string[] = [];
      for (const operation of operations.filter(({ area }) => area !== 'runs'))
        if ((await request(simulated.ports, operation, strict.azure.now)) !== 'taken') notTaken.push(operation.id);
      assert.deepEqual(await denied(simulated), []);
      await callEverything(simulated.ports, await realIds(simulated.ports));
      const used = await asked(simulated);
      const linked = new Set(Object.values(linkedActions).flat());
      const unused = actions.filter(
        (action) => isChange(action) && !used.has(action.toLowerCase()) && !linked.has(action),
      );
      assert.deepEqual(
        unused.filter((action) => !onlyLinked.includes(action)),
        [],
      );
      assert.ok(notTaken.length < operations.length / 3, `Azure took too few requests: ${notTaken.join(', ')}`);
    }, strict);
  });

  it('shows as much of the estate as an owner sees', async () => {
    const seen = async ({ ports: { inventory } }: Simulated) =>
      await Promise.all(
        Object.values({ ...gatewayCalls.inventory }).map(async (read) =>
          JSON.stringify(((await read(inventory)) as Listed).value),
        ),
      );
    await withSimulator(async (simulated) => {
      await holding(simulated, ['*']);
      const all = await seen(simulated);
      await holding(simulated, actions);
      assert.deepEqual(await seen(simulated), all);
    }, strict);
  });

  for (const missing of [
    'Microsoft.RecoveryServices/locations/backupStatus/action',
    'Microsoft.Compute/snapshots/write',
    'Microsoft.Authorization/denyAssignments/read',
  ])
    it(`is no longer enough without ${missing}`, async () => {
      await withSimulator(async (simulated) => {
        await holding(
          simulated,
          actions.filter((action) => action !== missing),
        );
        await callEverything(simulated.ports);
        const missed = (await denied(simulated)).map((denial) => denial.split(' ')[0]?.toLowerCase());
        assert.ok(missed.includes(missing.toLowerCase()), missed.join(', '));
      }, strict);
    });

  it('has no wildcard, and none of the rights that give rights', () => {
    assert.deepEqual(
      actions.filter((action) => /\*|authorization\/.*\/(write|delete)|listkeys/i.test(action)),
      [],
    );
  });

  it('without destructive operations lacks what only they need, and nothing else', () => {
    const harmless = customRole({ operations, scopes: [scope], destructive: 'without' }).Actions;
    const lacking = actions.filter((action) => !harmless.includes(action));
    const needed = neededActions(operations);
    const risks = new Map(operations.map(({ id, risk }) => [id, risk]));
    for (const action of lacking) {
      const users = needed.find((one) => one.action === action)?.operations ?? [];
      assert.ok(users.length > 0 && users.every((id) => risks.get(id) === 'destructive'), action);
    }
    assert.match(
      lacking.join(' '),
      /protectedItems\/delete.*snapshots\/delete|snapshots\/delete.*protectedItems\/delete/s,
    );
    assert.deepEqual(
      gatewayReads.filter((action) => !harmless.includes(action)),
      [],
    );
  });
});

interface Listed {
  readonly value: unknown;
}

/** Asked for on what a request refers to, or in its body: no request names them. */
const onlyLinked = [
  'Microsoft.Compute/disks/beginGetAccess/action',
  'Microsoft.Compute/snapshots/beginGetAccess/action',
  'Microsoft.Compute/virtualMachines/write',
  'Microsoft.RecoveryServices/locations/backupCrossRegionRestore/action',
];
