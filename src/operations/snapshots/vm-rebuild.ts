import { z } from 'zod';
import { keyOf, nameOf, resourceGroupOf, resourceGroupScopeOf, segmentOf } from '../../azure/arm-id.ts';
import type { ArmId, JobRef } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { succeeded } from '../backup/item-change.ts';
import { allOf } from '../checks/check.ts';
import { encryptionFindings, sizeFindings } from '../checks/machine.ts';
import { lockFindings, policyFindings, subnetFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { freshVm } from '../located.ts';
import { changing, type Execution, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Choice, Finding, Suggestion } from '../screen.ts';
import { rebuildByHand } from './by-hand-disks.ts';
import { coverage, readyOr } from './rebuild-checks.ts';
import {
  diskRights,
  disksFound,
  keptUntil,
  makeDisks,
  newDiskId,
  type Rebuild,
  rebuildableVms,
  rebuildFacts,
  rebuildMeasures,
  rebuildSource,
  snapshotRuns,
} from './rebuild-source.ts';
import { texts } from './vm-rebuild-texts.ts';

const id = 'vm.rebuild';
const message = own(id);
const join = 'Microsoft.Network/virtualNetworks/subnets/join/action';

export const vmRebuild = changing({
  id,
  area: 'snapshots',
  risk: 'disruptive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    snapshots: parameter.snapshotRun(),
    network: parameter.network(),
    name: parameter.words().optional(),
  }),
  actions: [...diskRights('').map(({ action }) => action), join, 'Microsoft.Network/networkInterfaces/write'],
  rights: async (_, { vm, network }) => [...diskRights(vm), { action: join, scope: network }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await rebuildableVms(context);
    if (vm === undefined) return [];
    if (name === 'snapshots') return await snapshotRuns(context, vm);
    return name === 'network' ? await subnets(context, vm) : [];
  },

  /** Named after the VM and the minute: free, and seen to be a copy. ARM allows 64 characters. */
  async defaults(context, { vm, name }) {
    if (vm === undefined || name !== undefined) return {};
    const minute = context.now().toISOString().slice(5, 16).replace(/[-:]/g, '').replace('T', '-');
    return { name: `${nameOf(vm).slice(0, 44)}-rebuilt-${minute}` };
  },

  async preview(context, given) {
    const source = await rebuildSource(context, given);
    const made = newVmId(given);
    const network = message('subnet', {
      network: segmentOf(given.network, 'virtualNetworks'),
      subnet: nameOf(given.network),
    });
    return {
      sentence: message('preview', { name: nameOf(made), network, vm: nameOf(given.vm), count: source.parts.length }),
      facts: [
        ...(await rebuildFacts(context, source, id)),
        fact('new-vm', nameOf(made)),
        fact('machine-size', source.machine.size),
        fact('network', network),
        fact('target-group', resourceGroupOf(given.vm)),
      ],
      resources: [given.vm, ...source.parts.map(({ snapshot }) => snapshot.id)],
      // Whoever deletes one of them meanwhile takes the ground from under it.
      holds: given.snapshots,
      measured: rebuildMeasures(source),
    };
  },

  async checks(context, given) {
    const [source, taken, place] = await Promise.all([
      rebuildSource(context, given),
      taking(context, given),
      placeFindings(context, given),
    ]);
    return readyOr([...coverage(source), ...taken, ...place]);
  },

  async submit(context, given, execution) {
    const first = (await makeDisks(context, given, execution)) ?? (await makeVm(context, given, execution));
    if (first === undefined) throw new CatalogueError('internal');
    return first;
  },

  findSubmitted: async (context, given, execution) => await disksFound(context, given, execution),

  advance: async (context, given, execution) =>
    (await makeDisks(context, given, execution)) ?? (await makeVm(context, given, execution)),

  async result(context, given, _execution, progress) {
    const done = succeeded(progress);
    const values = { name: nameOf(newVmId(given)), vm: nameOf(given.vm), group: resourceGroupOf(given.vm) };
    const until = done ? await keptUntil(context, given) : undefined;
    return {
      sentence: message(done ? 'done' : 'failed', values),
      facts: done ? [fact('new-vm', values.name)] : [],
      leftToDo: done
        ? [
            message('left', values),
            message('left-protect', values),
            ...(until === undefined ? [] : [message('left-snapshots', { until: { age: until } })]),
          ]
        : [message('left-failed', values)],
      suggestions: after(given.vm),
    };
  },

  undo: () => [],
  byHand: rebuildByHand,
  next: ({ vm }) => after(vm),
});

interface Given extends Rebuild {
  readonly network: ArmId;
  readonly name?: string | undefined;
}

function newVmId({ vm, name }: Given): ArmId {
  if (name === undefined || keyOf(name) === keyOf(nameOf(vm))) throw new CatalogueError('internal');
  return `${resourceGroupScopeOf(vm)}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** Undefined when it is there. */
async function makeVm(context: Context, given: Given, execution: Execution): Promise<JobRef | undefined> {
  const id = newVmId(given);
  if ((await context.azure.compute.machine(id)) !== undefined) return undefined;
  const { machine, parts } = await rebuildSource(context, given);
  const disks = parts.map(({ snapshot, disk }) => ({ ...disk, diskId: newDiskId(given.vm, snapshot, execution) }));
  const [osDisk, ...dataDisks] = disks;
  if (osDisk === undefined) throw new CatalogueError('internal');
  const { location, size, zones, osType } = machine;
  return await context.azure.compute.createVm({
    ...{ id, location, size, zones, osType, osDisk, dataDisks },
    subnetId: given.network,
    tags: { 'vaultkeeper-run': execution.runId, 'vaultkeeper-requester': execution.requester.oid },
    clientRequestId: execution.clientRequestId,
  });
}

async function subnets(context: Context, vm: ArmId): Promise<readonly Choice[]> {
  const machine = await context.azure.compute.machine(vm);
  const networks = machine === undefined ? [] : (await context.azure.inventory.networks(machine.location)).value;
  return networks.flatMap((network) =>
    network.subnets.map((subnet) => ({
      value: `${network.id}/subnets/${subnet}`,
      title: `${network.name} / ${subnet}`,
      details: network.resourceGroup,
    })),
  );
}

async function taking(context: Context, given: Given): Promise<readonly Finding[]> {
  const id = newVmId(given);
  if ((await context.azure.compute.machine(id)) === undefined) return [];
  const text = message('name-taken', { name: nameOf(id) });
  return [{ id: 'name-taken', severity: 'blocks', text, advice: message('name-taken.advice') }];
}

/** Cores, the size, a free address, locks and policies for the new VM and its disks. */
async function placeFindings(context: Context, given: Given): Promise<readonly Finding[]> {
  const vm = await freshVm(context, given.vm);
  const groupId = resourceGroupScopeOf(given.vm);
  const { location } = vm;
  return await allOf([
    sizeFindings(context, vm),
    encryptionFindings(context, vm),
    subnetFindings(context, given.network),
    lockFindings(context, groupId, { deletes: false }),
    policyFindings(context, groupId, [
      { type: 'Microsoft.Compute/disks', name: `${vm.name}-osdisk`, location },
      { type: 'Microsoft.Compute/virtualMachines', name: nameOf(newVmId(given)), location },
    ]),
  ]);
}

function after(vm: ArmId): readonly Suggestion[] {
  return [{ title: message('list'), wish: { operation: 'snapshot.list', parameters: { vm } } }];
}
