import { z } from 'zod';
import { keyOf, nameOf, resourceGroupOf } from '../../azure/arm-id.ts';
import type { JobRef } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { succeeded } from '../backup/item-change.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { changing, type Execution, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { disksCost } from '../prices.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { exchangeByHand } from './by-hand-disks.ts';
import { coverage, inPlaceFindings, readyOr } from './rebuild-checks.ts';
import {
  diskRights,
  disksFound,
  keptUntil,
  makeDisks,
  newDiskId,
  oldDisks,
  type Rebuild,
  rebuildableVms,
  rebuildFacts,
  rebuildMeasures,
  rebuildSource,
  snapshotRuns,
  snapshotsOfRun,
} from './rebuild-source.ts';
import { texts } from './vm-rebuild-in-place-texts.ts';

const id = 'vm.rebuild-in-place';
const message = own(id);
const power = ['deallocate', 'start'].map((verb) => `Microsoft.Compute/virtualMachines/${verb}/action`);

export const vmRebuildInPlace = changing({
  id,
  area: 'snapshots',
  risk: 'destructive',
  texts,
  parameters: z.object({ vm: parameter.vm(), snapshots: parameter.snapshotRun() }),
  actions: [...diskRights('').map(({ action }) => action), ...power],
  rights: async (_, { vm }) => [...diskRights(vm), ...power.map((action) => ({ action, scope: vm }))],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await rebuildableVms(context);
    return name === 'snapshots' && vm !== undefined ? await snapshotRuns(context, vm) : [];
  },

  async preview(context, given) {
    const source = await rebuildSource(context, given);
    const [cost, facts] = await Promise.all([oldCost(context, given), rebuildFacts(context, source, id)]);
    return {
      sentence: message('preview', { vm: nameOf(given.vm), count: source.parts.length }),
      facts: await withHit(
        context,
        [
          ...facts,
          fact(
            'old-disks',
            source.parts.map(({ disk }) => nameOf(disk.diskId)),
          ),
          ...(cost === undefined ? [] : [fact('old-disks-cost', message('per-month', { cost }))]),
        ],
        { vmId: given.vm, interrupts: true, forGood: message('for-good') },
      ),
      resources: [given.vm, ...source.parts.flatMap(({ disk, snapshot }) => [disk.diskId, snapshot.id])],
      // Whoever deletes one of them meanwhile takes the ground from under it.
      holds: given.snapshots,
      measured: { ...rebuildMeasures(source), 'fact.power': source.machine.power },
    };
  },

  async checks(context, given) {
    const [source, place] = await Promise.all([rebuildSource(context, given), inPlaceFindings(context, given.vm)]);
    return readyOr([...coverage(source), ...running(source.machine.power), ...place]);
  },

  async submit(context, given, execution) {
    const first = await nextStep(context, given, execution);
    if (first === undefined) throw new CatalogueError('internal');
    return first;
  },

  findSubmitted: async (context, given, execution) => await disksFound(context, given, execution),

  advance: async (context, given, execution) => await nextStep(context, given, execution),

  async result(context, given, _execution, progress) {
    const done = succeeded(progress);
    const values = { vm: nameOf(given.vm), group: resourceGroupOf(given.vm) };
    if (!done)
      return {
        sentence: message('failed', values),
        facts: [],
        leftToDo: [message('left-failed', values)],
        suggestions: after(given.vm),
      };
    const [old, cost, until] = await Promise.all([
      oldDisks(context, given),
      oldCost(context, given),
      keptUntil(context, given),
    ]);
    const kept = { disks: old.map(({ name }) => name), count: old.length, ...(cost !== undefined && { cost }) };
    return {
      sentence: message('done', values),
      facts: [fact('old-disks', kept.disks)],
      leftToDo: [
        message('left-check', values),
        message(cost === undefined ? 'left-old' : 'left-old-cost', { ...values, ...kept }),
        ...(until === undefined ? [] : [message('left-snapshots', { until: { age: until } })]),
      ],
      suggestions: after(given.vm),
    };
  },

  undo: () => [],
  byHand: exchangeByHand,
  next: ({ vm }) => after(vm),
});

/**
 * Whatever is missing between the VM as it is and the VM with the run's disks: the disks while it still runs, then its stop, the exchange, its start.
 * Undefined when it runs with them.
 */
async function nextStep(context: Context, given: Rebuild, execution: Execution): Promise<JobRef | undefined> {
  const { compute } = context.azure;
  const making = await makeDisks(context, given, execution);
  if (making !== undefined) return making;
  const machine = await compute.machine(given.vm);
  if (machine === undefined) throw new CatalogueError('vm-not-found', { values: { name: nameOf(given.vm) } });
  const { clientRequestId } = execution;
  const taken = await snapshotsOfRun(context, given.snapshots);
  const isOurs = taken.some((one) => keyOf(newDiskId(given.vm, one, execution)) === keyOf(machine.osDisk.diskId));
  if (isOurs) return machine.power === 'running' ? undefined : await compute.startVm(given.vm, { clientRequestId });
  if (machine.power !== 'deallocated') return await compute.deallocate(given.vm, { clientRequestId });
  return await exchange(context, given, execution);
}

/** Disks without a snapshot stay where they are. */
async function exchange(context: Context, given: Rebuild, execution: Execution): Promise<JobRef> {
  const { machine, parts } = await rebuildSource(context, given);
  const exchanged = [machine.osDisk, ...machine.dataDisks].map((disk) => {
    const part = parts.find((one) => one.disk === disk);
    return part === undefined ? disk : { ...disk, diskId: newDiskId(given.vm, part.snapshot, execution) };
  });
  const [osDisk, ...dataDisks] = exchanged;
  if (osDisk === undefined || osDisk.diskId === machine.osDisk.diskId) throw new CatalogueError('internal');
  const { clientRequestId } = execution;
  return await context.azure.compute.swapDisks(given.vm, { osDisk, dataDisks, clientRequestId });
}

async function oldCost(context: Context, given: Rebuild): Promise<number | undefined> {
  return disksCost(context, await oldDisks(context, given));
}

function running(state: string): readonly Finding[] {
  if (state !== 'running') return [];
  return [{ id: 'running', severity: 'warns', text: message('running'), advice: message('running.advice') }];
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } }];
}
