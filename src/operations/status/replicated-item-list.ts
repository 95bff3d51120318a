import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { readable } from '../readable.ts';
import { healthText, healthTone, readReplicas, stateText } from '../recovery/replication-words.ts';
import type { ListItem } from '../screen.ts';

const id = 'replicated-item.list';
const message = own(id);
/** A card holds no more lines on a phone. */
const most = 25;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List replicated VMs',
    does: 'see which VMs Site Recovery replicates',
    example: 'replicated items',
    phrases: [
      'replicated items',
      'list replicated items',
      'show replicated items',
      'list all replicated vms',
      'which vms are replicated',
      'replication status of all vms',
      'what does site recovery replicate',
      'everything that is replicated',
      'what is replicated',
      'everything replicating with site recovery',
      'what is being replicated',
      'protected items in site recovery',
      'all vms in site recovery',
      'state of our dr',
      'replication overview',
      'vms protected by site recovery',
      'what do we replicate',
    ],
    messages: {
      heading: '{count, plural, =0 {No VM is replicated} one {# replicated VM} other {# replicated VMs}}',
      lead: '{bad, plural, =0 {Replication of all of them is healthy.} one {Replication of # of them needs attention.} other {Replication of # of them needs attention.}}',
      line: '{health} · {state} · {rpo}',
      rpo: 'RPO {rpo}',
      'no-rpo': 'no RPO reported',
      'test-waits': 'A test VM waits for cleanup',
      more: 'Only the first {most} are shown; those that need attention come first.',
      Normal: 'healthy',
      Warning: 'warning',
      Critical: 'critical',
      None: 'health not reported',
      Protected: 'protected',
      InitialReplicationInProgress: 'first copy under way',
      UnplannedFailoverInProgress: 'failover under way',
      UnplannedFailoverCommitPending: 'failed over, not committed',
      UnplannedFailoverCommitted: 'failed over and committed, not replicated back',
      SwitchProtectionInProgress: 'reprotect under way',
      TestFailover: 'Test failover',
      TestFailoverCleanup: 'Clean up the test',
      UnplannedFailover: 'Fail over',
      Commit: 'Commit',
      ChangePit: 'Change recovery point',
      SwitchProtection: 'Reprotect',
      DisableProtection: 'End the replication',
    },
  },
  'pt-BR': {
    title: 'Listar VMs replicadas',
    does: 'ver quais VMs o Site Recovery replica',
    example: 'itens replicados',
    phrases: [
      'itens replicados',
      'listar itens replicados',
      'mostrar itens replicados',
      'listar todas as vms replicadas',
      'quais vms estão replicadas',
      'o que o site recovery replica',
      'o que está replicando',
      'tudo que está replicado',
      'o que está sendo replicado',
      'todas as vms no site recovery',
      'como está nosso dr',
      'visão geral da replicação',
      'vms protegidas pelo site recovery',
    ],
    messages: {
      heading: '{count, plural, =0 {Nenhuma VM é replicada} one {# VM replicada} other {# VMs replicadas}}',
      lead: '{bad, plural, =0 {A replicação de todas está íntegra.} one {A replicação de # delas precisa de atenção.} other {A replicação de # delas precisa de atenção.}}',
      line: '{health} · {state} · {rpo}',
      rpo: 'RPO {rpo}',
      'no-rpo': 'RPO não informado',
      'test-waits': 'Uma VM de teste espera limpeza',
      more: 'Só as {most} primeiras aparecem; as que precisam de atenção vêm antes.',
      Normal: 'íntegra',
      Warning: 'aviso',
      Critical: 'crítica',
      None: 'integridade não informada',
      Protected: 'protegida',
      InitialReplicationInProgress: 'primeira cópia em andamento',
      UnplannedFailoverInProgress: 'failover em andamento',
      UnplannedFailoverCommitPending: 'failover feito, sem confirmação',
      UnplannedFailoverCommitted: 'failover confirmado, sem replicação de volta',
      SwitchProtectionInProgress: 'nova proteção em andamento',
      TestFailover: 'Failover de teste',
      TestFailoverCleanup: 'Limpar o teste',
      UnplannedFailover: 'Fazer failover',
      Commit: 'Confirmar',
      ChangePit: 'Mudar o ponto de recuperação',
      SwitchProtection: 'Proteger novamente',
      DisableProtection: 'Encerrar a replicação',
    },
  },
  it: {
    title: 'Elenca le VM replicate',
    does: 'vedere quali VM Site Recovery replica',
    example: 'elementi replicati',
    phrases: [
      'elementi replicati',
      'elenca gli elementi replicati',
      'mostra gli elementi replicati',
      'elenca tutte le vm replicate',
      'quali vm sono replicate',
      'cosa replica site recovery',
      'cosa viene replicato da site recovery',
      'cosa è replicato',
      'tutto quello che è replicato',
      'cosa stiamo replicando',
      'tutte le vm in site recovery',
      'stato del nostro dr',
      'panoramica della replica',
      'vm protette da site recovery',
    ],
    messages: {
      heading: '{count, plural, =0 {Nessuna VM è replicata} one {# VM replicata} other {# VM replicate}}',
      lead: '{bad, plural, =0 {La replica di tutte è integra.} one {La replica di # VM richiede attenzione.} other {La replica di # VM richiede attenzione.}}',
      line: '{health} · {state} · {rpo}',
      rpo: 'RPO {rpo}',
      'no-rpo': 'RPO non comunicato',
      'test-waits': 'Una VM di test attende la pulizia',
      more: 'Sono mostrate solo le prime {most}; quelle che richiedono attenzione vengono prima.',
      Normal: 'integra',
      Warning: 'avviso',
      Critical: 'critica',
      None: 'integrità non comunicata',
      Protected: 'protetta',
      InitialReplicationInProgress: 'prima copia in corso',
      UnplannedFailoverInProgress: 'failover in corso',
      UnplannedFailoverCommitPending: 'failover eseguito, non confermato',
      UnplannedFailoverCommitted: 'failover confermato, senza replica di ritorno',
      SwitchProtectionInProgress: 'nuova protezione in corso',
      TestFailover: 'Failover di test',
      TestFailoverCleanup: 'Pulisci il test',
      UnplannedFailover: 'Esegui il failover',
      Commit: 'Conferma',
      ChangePit: 'Cambia il punto di ripristino',
      SwitchProtection: 'Riproteggi',
      DisableProtection: 'Termina la replica',
    },
  },
};

export const replicatedItemList = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [readReplicas],
  rights: async () => [],

  async answer(context) {
    const items = await context.azure.inventory.replicatedItems();
    const seen = (await readable(context, readReplicas, items.value)).toSorted(byAttention);
    const bad = seen.filter(needsAttention).length;
    return {
      title: message('heading', { count: seen.length }),
      tone: bad > 0 ? 'warning' : 'neutral',
      ...(seen.length > 0 && { lead: message('lead', { bad }) }),
      items: seen.slice(0, most).map(line),
      notes: [ageNote(items), ...(seen.length > most ? [message('more', { most })] : [])],
    };
  },
});

function needsAttention({ replicationHealth }: ReplicatedItemSummary): boolean {
  return replicationHealth !== 'Normal' && replicationHealth !== 'None';
}

function byAttention(one: ReplicatedItemSummary, other: ReplicatedItemSummary): number {
  const order = Number(needsAttention(other)) - Number(needsAttention(one));
  return order || one.friendlyName.localeCompare(other.friendlyName);
}

function line(item: ReplicatedItemSummary): ListItem {
  const rpo = item.rpoSeconds === undefined ? message('no-rpo') : message('rpo', { rpo: { seconds: item.rpoSeconds } });
  const health = healthText(item.replicationHealth);
  return {
    title: item.friendlyName,
    tone: healthTone(item.replicationHealth),
    details: [
      message('line', { health, state: stateText(item.protectionState), rpo }),
      nameOf(item.vaultId),
      ...(item.testFailoverState === 'WaitingForCompletion' ? [message('test-waits')] : []),
    ],
    opens: { operation: 'replicated-item.show', parameters: { vm: item.vmId } },
  };
}
