import assert from 'node:assert/strict';
import type { JobRef } from '../../../src/azure/types.ts';
import type { Context } from '../../../src/operations/context.ts';
import type { ChangingOperation } from '../../../src/operations/operation.ts';
import { snapshotCreate } from '../../../src/operations/snapshots/snapshot-create.ts';
import { botOid, type Simulated } from '../../azure/support/simulated.ts';
import { execution, stubContext } from '../../support/stub-azure.ts';

const snapshotRun = '11111111-1111-4111-8111-111111111111';

/** The practice estate, with snapshots of a VM that one run took. */
export async function snapshotted(simulated: Simulated, name: string) {
  const { ports, clock, follow } = simulated;
  const actor = { tenantId: 'tenant', oid: botOid, name: 'Ana' };
  const context: Context = { ...stubContext(), azure: ports, now: clock.now, actor };
  const vm = await simulated.vmNamed(name);
  const keepUntil = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const taken = (await snapshotCreate.submit(
    context,
    { vm: vm.id, keepUntil },
    { ...execution, runId: snapshotRun },
  )) as Extract<JobRef, { kind: 'snapshots' }>;
  await follow(taken);
  const [network] = (await ports.inventory.networks(vm.location)).value;
  const subnet = `${network?.id}/subnets/${network?.subnets[0]}`;
  return {
    context,
    vm,
    taken: taken.snapshotIds,
    given: { vm: vm.id, snapshots: [...taken.snapshotIds], network: subnet, name: `${name}-new` },
  };
}

/** Goes through all steps as a run does, asking twice for each as after a crash; gives the records of the steps. */
export async function walked(
  { follow }: Simulated,
  context: Context,
  { operation, given }: { readonly operation: ChangingOperation; readonly given: Record<string, unknown> },
): Promise<readonly JobRef[]> {
  const steps: JobRef[] = [await operation.submit(context, given, execution)];
  for (;;) {
    const last = steps.at(-1) ?? assert.fail();
    assert.equal((await follow(last)).at(-1)?.state, 'succeeded');
    const next = await operation.advance?.(context, given, execution);
    if (next === undefined) return steps;
    assert.ok(steps.length < 9, 'it never ends');
    steps.push(next);
  }
}
