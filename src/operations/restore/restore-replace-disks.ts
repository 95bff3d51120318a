import { z } from 'zod';
import { keyOf, nameOf, resourceGroupOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { Vm } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { restoreByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, recordedJob, succeeded } from '../backup/item-change.ts';
import { fact } from '../facts.ts';
import { freshVm } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { restoreChecks } from './restore-checks.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import { texts } from './restore-replace-disks-texts.ts';
import { pointChoices, requestOf, restoreAction, restoreRights, sourceOf, stagingFor } from './restore-source.ts';

const id = 'restore.replace-disks';
const message = own(id);
const writeVm = 'Microsoft.Compute/virtualMachines/write';
const target = { kind: 'replace-disks' } as const;

export const restoreReplaceDisks = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'destructive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    point: parameter.recoveryPoint(),
    staging: parameter.words().optional(),
  }),
  actions: [restoreAction, 'Microsoft.Compute/disks/write', writeVm],
  rights: async (context, { vm }) => [
    ...(await restoreRights(context, vm, resourceGroupScopeOf(vm))),
    { action: writeVm, scope: vm },
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return name === 'point' && vm !== undefined ? await pointChoices(context, vm) : [];
  },

  async defaults(context, { vm, staging }) {
    const found = staging ?? (vm === undefined ? undefined : await stagingFor(context, vm));
    return found === undefined ? {} : { staging: found };
  },

  async preview(context, { vm: vmId, point, staging }) {
    const [source, vm] = await Promise.all([sourceOf(context, vmId, point), freshVm(context, vmId)]);
    const count = vm.diskIds.length;
    return {
      sentence: message('preview', { vm: vm.name, count, time: { time: source.point.time } }),
      facts: await withHit(
        context,
        [...(await restoreFacts(context, source, staging)), fact('disks', vm.diskIds.map(nameOf))],
        { vmId: vm.id, interrupts: true, forGood: message('for-good') },
      ),
      resources: [vm.id, source.item.id, ...vm.diskIds],
      measured: {
        ...restoreMeasures(source),
        'fact.power': vm.powerState,
        'fact.disks': vm.diskIds.map(keyOf).toSorted().join(' '),
      },
    };
  },

  async checks(context, { vm: vmId, point, staging }) {
    const [source, vm] = await Promise.all([sourceOf(context, vmId, point), freshVm(context, vmId)]);
    return [...powerFindings(vm), ...(await restoreChecks(context, source, { target, staging }))];
  },

  async submit(context, { vm, point, staging }, { clientRequestId }) {
    if (staging === undefined) throw new CatalogueError('internal');
    const source = await sourceOf(context, vm, point);
    const request = requestOf(source, target, staging);
    return await context.azure.backup.restore(source.item.id, { ...request, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'Restore', startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    const values = { vm: nameOf(vm) };
    return {
      sentence: message(done ? 'done' : 'failed', values),
      facts: [],
      leftToDo: done
        ? [message('left-check', values), message('left', { group: resourceGroupOf(vm) })]
        : [message('left-failed', values)],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'restore.replace-disks', parameters: { vm } }],
  byHand: (plan) => restoreByHand(plan, { 'restore-mode': 'OriginalLocation' }),
  next: ({ vm }) => after(vm),
});

function powerFindings({ powerState }: Vm): readonly Finding[] {
  if (powerState !== 'PowerState/running') return [];
  return [{ id: 'running', severity: 'warns', text: message('running'), advice: message('running.advice') }];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
