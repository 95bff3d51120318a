import { z } from 'zod';
import { nameOf, sameId, segmentOf, subscriptionOf, vaultOf } from '../../azure/arm-id.ts';
import type { EligibilityFault, SetupStep } from '../../azure/recovery-types.ts';
import type { Message } from '../../message.ts';
import type { Context } from '../context.ts';
import { fact, usualOrUnknown, vmWithGroup } from '../facts.ts';
import { findReplicatedItem, freshVm, vmOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { readable } from '../readable.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { enableByHand } from './by-hand-recovery.ts';
import { beginEnabling, enableScenario, enablingJob, goOnEnabling, setupActions } from './enabling.ts';
import { disksOf, groupChoices, mappingChoice, mappingsFor, plannedChoices, proposed } from './new-replication.ts';
import { sameRegion } from './plan-now.ts';
import { failedSteps } from './plan-report.ts';
import { orAccepted } from './replica.ts';
import { replicationEnableTexts } from './replication-enable-texts.ts';
import { stepsOf, type Way, wayOfMapping } from './replication-ways.ts';
import { none, regionNetworkChoices } from './test-networks.ts';

const id = 'replication.enable';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/write';
const readVms = 'Microsoft.Compute/virtualMachines/read';
/** Azure asks for it in the group of the recovery VM: whoever replicates there makes VMs there. */
const writeVm = 'Microsoft.Compute/virtualMachines/write';
const offered = 10;

export const replicationEnable = changing({
  id,
  area: 'recovery',
  risk: 'reversible',
  texts: replicationEnableTexts,
  parameters: z.object({
    vm: parameter.vm(),
    region: parameter.regionName().optional(),
    mapping: parameter.replicationMapping(),
    group: parameter.resourceGroup(),
    network: parameter.network(),
    cache: parameter.storageAccount(),
  }),
  actions: [action, writeVm, ...Object.values(setupActions)],

  async rights(context, { mapping, group, vm, network }) {
    const steps = await stepsOf(context, await wayOfMapping(context, mapping), { vm, network });
    const made = new Set(steps.map(({ kind }) => setupActions[kind]));
    return [
      ...[action, ...made].map((one) => ({ action: one, scope: vaultOf(mapping) })),
      { action: writeVm, scope: group },
    ];
  },
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm: vmId, region, mapping: mappingId }) {
    if (vmId === undefined) return await unreplicated(context);
    const vm = await vmOf(context, vmId);
    if (mappingId === undefined || name === 'mapping') {
      const known = await mappingsFor(context, vm, region);
      const planned = await plannedChoices(context, vm, { region, known });
      return atLeastOne([...known.map(mappingChoice), ...planned].slice(0, offered), 'no-mapping');
    }
    const way = await wayOfMapping(context, mappingId);
    if (name === 'group') return await groupChoices(context, vm, way);
    if (name === 'network') return await regionNetworkChoices(context, way.toRegion);
    const accounts = await context.azure.backup.storageAccounts(subscriptionOf(vm.id), vm.location);
    return accounts.map((account) => ({ value: account.id, title: account.name }));
  },

  /** As others that are replicated the same way, and as the vault maps its networks; a way that is still to be made is chosen by a person. */
  async defaults(context, { vm: vmId, region, mapping: given }) {
    if (vmId === undefined) return {};
    const vm = await vmOf(context, vmId);
    const ways = given === undefined ? await mappingsFor(context, vm, region) : [await wayOfMapping(context, given)];
    const [only] = ways;
    if (only === undefined || ways.length > 1) return {};
    return { mapping: only.id, ...(await proposed(context, vm, only)) };
  },

  async preview(context, { vm: vmId, mapping: mappingId, group, network, cache }) {
    const vm = await freshVm(context, vmId);
    const way = await wayOfMapping(context, mappingId);
    const [disks, steps] = await Promise.all([disksOf(context, vm), stepsOf(context, way, { vm: vmId, network })]);
    const values = { vm: vm.name, from: way.fromRegion, to: way.toRegion, count: disks.length };
    const shown = disks.map(({ id: diskId, sku }) => message('disk', { disk: nameOf(diskId), type: sku }));
    return {
      sentence: message('preview', values),
      facts: [
        fact('vm', vmWithGroup(vmId)),
        fact('vault', nameOf(way.vaultId)),
        ...(steps.length === 0
          ? []
          : [
              fact(
                'also-created',
                steps.map((step) => stepText(way, step)),
              ),
            ]),
        fact('replication-policy', way.policyName),
        fact('target-group', nameOf(group)),
        fact('target-network', network === none ? message('no-network-short') : nameOf(network)),
        fact('cache', nameOf(cache)),
        fact('disk-types', shown),
        fact('usually', await usualOrUnknown(context.azure.recovery.pastDurations(way.vaultId, enableScenario, 'vms'))),
      ],
      resources: [vmId, way.vaultId, group, cache, ...(network === none ? [] : [network])],
      measured: {
        'fact.disks': disks.map(({ id: diskId, sku }) => `${nameOf(diskId)} ${sku}`).join(', '),
        'fact.replication-policy': way.policyName,
        'fact.recovery-region': way.toRegion,
      },
    };
  },

  async checks(context, { vm: vmId, mapping: mappingId, network }) {
    if ((await findReplicatedItem(context, vmId)) !== undefined)
      return [found('replicated', 'blocks', { vm: nameOf(vmId) })];
    const way = await wayOfMapping(context, mappingId);
    const faults = await context.azure.recovery.eligibility(vmId);
    const eligible: Finding = { id: 'eligible', severity: 'passed', text: message('eligible') };
    return orAccepted([
      ...(faults.length === 0 ? [eligible] : faults.map(notEligible)),
      ...(await vaultFindings(context, way)),
      ...(network === none ? [found('no-network', 'warns', { to: way.toRegion })] : []),
    ]);
  },

  submit: async (context, given, execution) => await beginEnabling(context, given, execution),

  /** What makes the way is sent again without harm, and by what Azure has. */
  findSubmitted: async (context, given, execution) => await enablingJob(context, given, execution),

  advance: async (context, given, execution) => await goOnEnabling(context, given, execution),

  async result(context, { vm, mapping }, _execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const name = nameOf(vm);
    const { toRegion: to, missing } = await wayOfMapping(context, mapping);
    const setup = missing.length === 0 ? [] : [message('left-setup')];
    return {
      sentence: failed ? message('failed', { vm: name }) : message('done', { vm: name, to }),
      facts: failedSteps(progress),
      leftToDo: failed ? [message('left-failed'), ...setup] : [message('left')],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'replication.disable', parameters: { vm } }],
  byHand: enableByHand,
  next: ({ vm }) => after(vm),
});

/** What a step makes, as a person knows it. */
function stepText(way: Way, step: SetupStep): Message {
  const fabric = segmentOf(step.id, 'replicationFabrics');
  const here = sameId(fabric, segmentOf(way.containerId, 'replicationFabrics'));
  const [from, to] = here ? [way.fromRegion, way.toRegion] : [way.toRegion, way.fromRegion];
  if (step.kind !== 'network-mapping')
    return message(`creates-${step.kind}`, { region: from, name: nameOf(step.id), from, to });
  return message('creates-network-mapping', { name: [nameOf(step.primaryNetworkId), nameOf(step.recoveryNetworkId)] });
}

/** Azure sets up no way out of a vault's own region; one that is there nevertheless is only unwise. */
async function vaultFindings(context: Context, way: Way): Promise<readonly Finding[]> {
  const { value: vaults } = await context.azure.inventory.vaults();
  const home = vaults.find(({ id: vaultId }) => sameId(vaultId, way.vaultId));
  if (home === undefined || !sameRegion(home.location, way.fromRegion)) return [];
  const values = { vault: nameOf(way.vaultId), to: way.toRegion };
  return [way.missing.length > 0 ? found('vault-refused', 'blocks', values) : found('vault-here', 'warns', values)];
}

/** VMs that this person may read and that no vault replicates. */
async function unreplicated(context: Context) {
  const { value: vms } = await context.azure.inventory.vms();
  const { value: items } = await context.azure.inventory.replicatedItems();
  const known = new Set(items.map(({ vmId }) => vmId.toLowerCase()));
  const open = vms.filter((vm) => !known.has(vm.id.toLowerCase()));
  return (await readable(context, readVms, open))
    .slice(0, offered)
    .map((vm) => ({ value: vm.id, title: vm.name, details: vm.resourceGroup }));
}

function notEligible({ code, message: text, action: advice }: EligibilityFault): Finding {
  const next = advice ?? message('no-advice', { code });
  const values = { text: `${code}: ${text}` };
  return {
    id: 'not-eligible',
    severity: 'blocks',
    text: message('not-eligible', values),
    advice: message('not-eligible.advice', { advice: next }),
  };
}

function found(
  key: 'replicated' | 'vault-here' | 'vault-refused' | 'no-network',
  severity: Finding['severity'],
  values: Readonly<Record<string, string>>,
): Finding {
  return { id: key, severity, text: message(key, values), advice: message(`${key}.advice`, values) };
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'replicated-item.show', parameters: { vm } } }];
}
