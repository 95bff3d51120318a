import { z } from 'zod';
import { nameOf, resourceGroupOf, resourceGroupScopeOf, segmentOf } from '../../azure/arm-id.ts';
import type { RestoreTarget } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { restoreByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, succeeded } from '../backup/item-change.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { freshVm } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Choice, Finding, Suggestion } from '../screen.ts';
import { restoreChecks } from './restore-checks.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import { texts } from './restore-new-vm-texts.ts';
import {
  choicesIn,
  crossRegionAction,
  crossRegionRestoreAction,
  placeFacts,
  placeRights,
  regionOf,
  restoresFound,
  restoreThere,
  sourceIn,
  stagingAt,
} from './restore-place.ts';
import { restoreAction, restoreRights } from './restore-source.ts';

const id = 'restore.new-vm';
const message = own(id);
const writeVm = 'Microsoft.Compute/virtualMachines/write';

export const restoreNewVm = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'disruptive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    region: parameter.region().optional(),
    point: parameter.recoveryPoint(),
    network: parameter.network(),
    name: parameter.words().optional(),
    staging: parameter.words().optional(),
    to: parameter.regionName().optional(),
  }),
  actions: [restoreAction, 'Microsoft.Compute/disks/write', writeVm, crossRegionAction, crossRegionRestoreAction],
  rights: async (context, { vm, region }) => [
    ...(await restoreRights(context, vm, resourceGroupScopeOf(vm))),
    { action: writeVm, scope: resourceGroupScopeOf(vm) },
    ...(await placeRights(context, vm, region)),
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm, region }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    if (vm === undefined) return [];
    if (name === 'point') return await choicesIn(context, vm, region);
    return name === 'network' ? await subnetChoices(context, await regionOf(context, vm, region)) : [];
  },

  /** Named after the VM and the minute: free, and seen to be a copy. ARM allows 64 characters. */
  async defaults(context, { vm, region, name, staging }) {
    if (vm === undefined) return {};
    const minute = context.now().toISOString().slice(5, 16).replace(/[-:]/g, '').replace('T', '-');
    const found = staging ?? (await stagingAt(context, vm, region));
    return {
      name: name ?? `${nameOf(vm).slice(0, 44)}-restored-${minute}`,
      ...(found !== undefined && { staging: found }),
    };
  },

  async preview(context, { vm, region, point, network, name, staging }) {
    const source = await sourceIn(context, vm, { point, region });
    const target = targetOf(vm, { network, name });
    const values = { name: nameOf(target.vmId), network: place(network), vm: source.item.friendlyName };
    return {
      sentence: message('preview', { ...values, time: { time: source.point.time } }),
      facts: [
        ...placeFacts(source),
        ...(await restoreFacts(context, source, staging)),
        fact('new-vm', values.name),
        fact('network', values.network),
        fact('target-group', resourceGroupOf(vm)),
      ],
      resources: [vm, source.item.id, target.networkId],
      measured: restoreMeasures(source),
    };
  },

  async checks(context, { vm, region, point, network, name, staging, to }) {
    const target = targetOf(vm, { network, name });
    const source = await sourceIn(context, vm, { point, region });
    const [taken, findings] = await Promise.all([
      nameFindings(context, target.vmId),
      restoreChecks(context, source, { target, staging }),
    ]);
    return [...saidRegion(to, { name: source.item.friendlyName, region: source.region }), ...taken, ...findings];
  },

  async submit(context, { vm, region, point, network, name, staging }, { clientRequestId }) {
    const source = await sourceIn(context, vm, { point, region });
    return await restoreThere(context, source, { target: targetOf(vm, { network, name }), staging, clientRequestId });
  },

  findSubmitted: async (context, { vm, region }, { startingAt }) =>
    await restoresFound(context, vm, { region, startingAt }),

  async result(_context, { vm, name = '' }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: done ? message('done', { name, vm: nameOf(vm) }) : message('failed', { vm: nameOf(vm) }),
      facts: done ? [fact('new-vm', name)] : [],
      leftToDo: done
        ? [message('left', { name }), message('left-protect', { name })]
        : [message('left-failed', { group: resourceGroupOf(vm) })],
      suggestions: after(vm),
    };
  },

  undo: () => [],
  byHand: (plan) => restoreByHand(plan, intoNewVm(plan.parameters)),
  next: ({ vm }) => after(vm),
});

/** The new VM as the options of `az` name it. */
function intoNewVm({ network, name }: { readonly network: string; readonly name?: string | undefined }) {
  return {
    'restore-mode': 'AlternateLocation',
    'target-vm-name': name,
    'target-vnet-name': segmentOf(network, 'virtualNetworks'),
    'target-vnet-resource-group': resourceGroupOf(network),
    'target-subnet-name': nameOf(network),
  };
}

type NewVm = Extract<RestoreTarget, { kind: 'new-vm' }>;

/** Beside the old VM. The type leaves no way to say "the old VM": only `replace-disks` can. */
function targetOf(
  vm: string,
  { network, name }: { readonly network: string; readonly name: string | undefined },
): NewVm {
  if (name === undefined || name.toLowerCase() === nameOf(vm).toLowerCase()) throw new CatalogueError('internal');
  const groupId = resourceGroupScopeOf(vm);
  const vmId = `${groupId}/providers/Microsoft.Compute/virtualMachines/${name}`;
  return { kind: 'new-vm', vmId, groupId, networkId: network.replace(/\/subnets\/[^/]+$/i, ''), subnetId: network };
}

/** Of the region that is restored to: the vault's is the VM's own, and known even when the VM is gone. */
async function subnetChoices(context: Context, location: string): Promise<readonly Choice[]> {
  const networks = (await context.azure.inventory.networks(location)).value;
  return networks.flatMap((network) =>
    network.subnets.map((subnet) => {
      const value = `${network.id}/subnets/${subnet}`;
      return { value, title: `${network.name} / ${subnet}`, details: network.resourceGroup };
    }),
  );
}

function place(subnetId: string) {
  return message('subnet', { network: segmentOf(subnetId, 'virtualNetworks'), subnet: nameOf(subnetId) });
}

async function nameFindings(context: Context, vmId: string): Promise<readonly Finding[]> {
  const values = { name: nameOf(vmId) };
  try {
    await freshVm(context, vmId);
  } catch (error) {
    if (error instanceof CatalogueError && error.code === 'vm-not-found') return [];
    throw error;
  }
  return [
    { id: 'name-taken', severity: 'blocks', text: message('name-taken', values), advice: message('name-taken.advice') },
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
