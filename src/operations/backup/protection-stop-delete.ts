import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, VaultSettings } from '../../azure/types.ts';
import { azRest, protectedItemIn } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { goneForGoodAt } from '../soft-deleted.ts';
import { guardFindings } from './guarded.ts';
import { deleteItem, itemFacts, itemMeasures, orReady, recordedJob, succeeded, usualFact } from './item-change.ts';
import { texts } from './protection-stop-delete-texts.ts';

const id = 'protection.stop-delete';
const message = own(id);

export const protectionStopDelete = changing({
  id,
  area: 'backup',
  risk: 'destructive',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [deleteItem],
  rights: async (context, { vm }) => [{ action: deleteItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async preview(context, { vm }) {
    const { item, vault } = await looked(context, vm);
    const points = await context.azure.backup.recoveryPoints(item.id);
    const [newest] = points;
    const values = { vm: item.friendlyName, vault: vault.name, count: points.length, soft: soft(vault) };
    return {
      sentence: message('preview', values),
      facts: await withHit(
        context,
        [
          ...itemFacts(item),
          await usualFact(context, item.vaultId, 'DeleteBackupData'),
          fact('points', newest === undefined ? message('none') : message('newest', { time: moment(newest.time) })),
          fact('soft-delete', soft(vault)),
        ],
        { vmId: vm, forGood: message('for-good') },
      ),
      resources: [vm, item.id],
      measured: {
        ...itemMeasures(item),
        'fact.points': String(points.length),
        'fact.soft-delete': `${vault.softDelete} ${vault.softDeleteDays ?? ''}`,
      },
    };
  },

  async checks(context, { vm }) {
    const { item, vault } = await looked(context, vm);
    const guard = await guardFindings(context, item.vaultId, deleteItem);
    return orReady([...guard, ...stateFindings(item, vault)], message('ready'));
  },

  async submit(context, { vm }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.deleteData(item.id, { clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'DeleteBackupData', startingAt }),

  async result(context, { vm }, _execution, progress) {
    const values = { vm: nameOf(vm) };
    if (!succeeded(progress))
      return { sentence: message('failed', values), facts: [], leftToDo: [], suggestions: after(vm) };
    // Without soft delete there is nothing left to look at.
    const item = await protectedItemOf(context, vm).catch(() => undefined);
    const until = item === undefined ? undefined : goneForGoodAt(item);
    return {
      sentence: message('done', values),
      facts: until === undefined ? [] : [fact('recoverable', moment(until))],
      leftToDo: until === undefined ? [] : [message('left', { ...values, until: { time: until } })],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.undelete', parameters: { vm } }],
  byHand: (plan) => {
    const item = protectedItemIn(plan);
    return item === undefined ? [] : [azRest('delete', item)];
  },
  next: ({ vm }) => after(vm),
});

async function looked(context: Context, vm: string) {
  const item = await protectedItemOf(context, vm);
  return { item, vault: await context.azure.backup.vault(item.vaultId) };
}

function soft({ softDelete, softDeleteDays = 14 }: VaultSettings) {
  if (softDelete === 'unknown') return message('soft-unknown');
  return softDelete === 'off' ? message('at-once') : message('recoverable', { days: softDeleteDays });
}

function stateFindings(item: ProtectedItem, vault: VaultSettings): readonly Finding[] {
  const values = { vm: item.friendlyName, vault: vault.name };
  const found = (key: string, severity: Finding['severity']): Finding => ({
    id: key,
    severity,
    text: message(key, values),
    advice: message(`${key}.advice`, values),
  });
  if (item.softDeleted) return [found('already-deleted', 'blocks')];
  if (vault.immutability !== 'off') return [found('immutable', 'blocks')];
  return vault.softDelete === 'off' || vault.softDelete === 'unknown' ? [found('final', 'warns')] : [];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('undelete'), wish: { operation: 'protection.undelete', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
