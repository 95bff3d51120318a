import { z } from 'zod';
import { nameOf, sameId, vaultOf } from '../../azure/arm-id.ts';
import type { BackupPolicy, ProtectedItem, RecoveryPoint } from '../../azure/types.ts';
import { changeOfItem } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { daysFrom } from '../keeping.ts';
import { protectedItemOf } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { policyDetails } from '../status/policy-list.ts';
import { guardFindings } from './guarded.ts';
import {
  itemChoices,
  itemFacts,
  itemMeasures,
  orReady,
  recordedJob,
  succeeded,
  usualFact,
  writeItem,
} from './item-change.ts';
import { policyChoices, policyOf } from './policy-choices.ts';
import { texts } from './protection-change-policy-texts.ts';

const id = 'protection.change-policy';
const message = own(id);

export const protectionChangePolicy = changing({
  id,
  area: 'backup',
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm(), policy: parameter.policy() }),
  actions: [writeItem],
  rights: async (context, { vm }) => [{ action: writeItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return vm === undefined ? [] : await policyChoices(context, (await protectedItemOf(context, vm)).vaultId);
  },

  async preview(context, { vm, policy }) {
    const { item, chosen, sooner } = await looked(context, vm, policy);
    const before = item.policyName ?? '–';
    return {
      sentence: message('preview', { vm: item.friendlyName, policy: chosen.name, before, count: sooner.length }),
      facts: [
        ...itemFacts(item),
        fact('new-policy', [chosen.name, ...policyDetails(chosen)]),
        await usualFact(context, item.vaultId, 'ConfigureBackup'),
      ],
      resources: [vm, item.id, chosen.id],
      measured: {
        ...itemMeasures(item),
        'fact.new-policy': `${chosen.name} ${chosen.retentionDays ?? ''}`,
        'fact.points': String(sooner.length),
      },
    };
  },

  async checks(context, { vm, policy }) {
    const { item, chosen, sooner } = await looked(context, vm, policy);
    const state = stateFindings(item, chosen);
    if (state.length > 0) return state;
    const guard = await guardFindings(context, item.vaultId, writeItem);
    return orReady([...guard, ...(await losses(context, { item, chosen, sooner }))], message('ready'));
  },

  async submit(context, { vm, policy }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.protect(item.id, { vmId: item.vmId, policyId: policy, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'ConfigureBackup', startingAt }),

  async result(_context, { vm, policy }, _execution, progress) {
    const values = { vm: nameOf(vm), policy: nameOf(policy) };
    return {
      sentence: succeeded(progress) ? message('done', values) : message('failed', { vm: values.vm }),
      facts: [],
      leftToDo: [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.change-policy', parameters: { vm } }],
  byHand: (plan) => changeOfItem(plan, { policyId: plan.parameters.policy }),
  next: ({ vm }) => after(vm),
});

interface Looked {
  readonly item: ProtectedItem;
  readonly chosen: BackupPolicy;
  /** Points that the new policy keeps for a shorter time than they would be kept now. */
  readonly sooner: readonly RecoveryPoint[];
}

async function looked(context: Context, vm: string, policy: string): Promise<Looked> {
  const [item, chosen] = await Promise.all([protectedItemOf(context, vm), policyOf(context, policy)]);
  const points = await context.azure.backup.recoveryPoints(item.id);
  return { item, chosen, sooner: points.filter((point) => endsSooner(point, chosen)) };
}

/** A day of grace: Azure's ends are at the time of the backup, not of the point. */
function endsSooner({ time, expiresAt }: RecoveryPoint, { retentionDays }: BackupPolicy): boolean {
  if (expiresAt === undefined || retentionDays === undefined) return false;
  return Date.parse(daysFrom(new Date(time), retentionDays + 1)) < Date.parse(expiresAt);
}

function stateFindings(item: ProtectedItem, chosen: BackupPolicy): readonly Finding[] {
  const values = { vm: item.friendlyName, policy: chosen.name, vault: nameOf(item.vaultId) };
  if (item.softDeleted || item.protectionState === 'ProtectionStopped') return found('stopped', values);
  if (!sameId(vaultOf(chosen.id), item.vaultId)) return found('other-vault', values);
  return sameId(item.policyName ?? '', chosen.name) ? found('same', values) : [];
}

async function losses(context: Context, { item, chosen, sooner }: Looked): Promise<readonly Finding[]> {
  const oldest = sooner.at(-1);
  if (oldest === undefined) return [];
  const vault = await context.azure.backup.vault(item.vaultId);
  if (vault.immutability !== 'off') return found('immutable', { vault: vault.name });
  const text = message('sooner', {
    count: sooner.length,
    oldest: { time: oldest.time },
    days: chosen.retentionDays ?? 0,
  });
  return [{ id: 'sooner', severity: 'warns', text, advice: message('sooner.advice') }];
}

function found(key: string, values: Record<string, string>): readonly Finding[] {
  return [{ id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
