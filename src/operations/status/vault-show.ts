import { z } from 'zod';
import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, ResourceGuard, VaultSettings } from '../../azure/types.ts';
import { fact, look, type Seen } from '../facts.ts';
import { own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Fact, Section, Suggestion, Tone } from '../screen.ts';
import { readVault, vaultChoices, vaultWithGroup } from '../vaults.ts';
import { texts } from './vault-show-texts.ts';

const id = 'vault.show';
const message = own(id);

export const vaultShow = reading({
  id,
  area: 'status',
  intentions: ['protected'],
  risk: 'read',
  texts,
  parameters: z.object({ vault: parameter.vault() }),
  actions: [readVault, 'Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/read'],
  rights: async (_, { vault }) => [{ action: readVault, scope: vault }],
  choices: async (context, name) => (name === 'vault' ? await vaultChoices(context) : []),

  async answer(context, { vault: vaultId }) {
    const { backup, inventory } = context.azure;
    const [vault, guard, items] = await Promise.all([
      backup.vault(vaultId),
      look(nameOf(vaultId), backup.guardOf(vaultId)),
      inventory.protectedItems(),
    ]);
    const here = items.value.filter((item) => keyOf(item.vaultId) === keyOf(vaultId));
    return {
      title: message('heading', { vault: vault.name }),
      tone: toneOf(vault),
      lead: message('where', { vault: vaultWithGroup(vault.id), region: vault.location }),
      sections: [storage(vault), safety(vault, guard), content(here)],
      suggestions: after(vault.id),
    };
  },
});

const immutability = { off: 'immutable-off', unlocked: 'immutable-unlocked', locked: 'immutable-locked' } as const;

/** What can be deleted in a moment deserves a warning, whatever else is well. */
function toneOf({ softDelete, immutability }: VaultSettings): Tone {
  if (softDelete === 'unknown') return 'unknown';
  return softDelete === 'off' && immutability === 'off' ? 'warning' : 'good';
}

function storage(vault: VaultSettings): Section {
  const known = ['GeoRedundant', 'LocallyRedundant', 'ZoneRedundant'];
  const { redundancy = '' } = vault;
  return {
    title: message('storage'),
    tone: redundancy === 'LocallyRedundant' ? 'warning' : redundancy === '' ? 'unknown' : 'good',
    facts: [
      fact('redundancy', known.includes(redundancy) ? message(redundancy) : redundancy || message('unknown')),
      fact('cross-region', message(vault.crossRegionRestore ? 'cross-on' : 'cross-off')),
    ],
  };
}

function safety(vault: VaultSettings, guard: Seen<ResourceGuard | undefined>): Section {
  return {
    title: message('safety'),
    tone: toneOf(vault),
    facts: [
      fact('soft-delete', softDelete(vault)),
      fact('immutability', message(immutability[vault.immutability])),
      guardFact(guard),
    ],
  };
}

function softDelete({ softDelete: state, softDeleteDays = 14 }: VaultSettings) {
  if (state === 'unknown') return message('unknown');
  return state === 'off'
    ? message('soft-off')
    : message(state === 'on' ? 'soft-on' : 'soft-always', { days: softDeleteDays });
}

function guardFact(guard: Seen<ResourceGuard | undefined>): Fact {
  if (!guard.seen) return fact('guard', guard.why);
  const found = guard.value;
  return fact(
    'guard',
    found === undefined
      ? message('guard-off')
      : message('guard-on', { guard: found.name, count: found.protects.length }),
  );
}

function content(items: readonly ProtectedItem[]): Section {
  const deleted = items.filter((item) => item.softDeleted).length;
  return {
    title: message('content'),
    tone: 'neutral',
    facts: [
      fact('protected-vms', message('items', { count: items.length - deleted })),
      fact('soft-deleted', message('deleted', { count: deleted })),
    ],
  };
}

function after(vault: string): readonly Suggestion[] {
  return [
    { title: message('do-policies'), wish: { operation: 'policy.list', parameters: { vault } } },
    { title: message('do-jobs'), wish: { operation: 'backup-job.list', parameters: {} } },
    { title: message('do-vaults'), wish: { operation: 'vault.list', parameters: {} } },
  ];
}
