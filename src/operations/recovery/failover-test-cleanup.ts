import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { onReplica } from '../by-hand.ts';
import { fact, usualOrUnknown, vmWithGroup } from '../facts.ts';
import { replicatedItemOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { cleanupReport, lastMonth } from './drill-report.ts';
import { sidesOf } from './sides.ts';

const id = 'failover.test-cleanup';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailoverCleanup/action';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Clean up test failover',
    does: 'remove the test VM of a test failover',
    example: 'clean up erp-prod-01',
    phrases: [
      'clean up',
      'clean up {vm}',
      'cleanup {vm}',
      'clean up test failover of {vm}',
      'clean up the test of {vm}',
      'clean up the test failover',
      'remove the test vm of {vm}',
      'end the test failover of {vm}',
      'finish the drill of {vm}',
      'test failover cleanup {vm}',
      'clean up after the drill of {vm}',
      'clean up after the test failover of {vm}',
      'clean up after the test of {vm}',
      'delete the test vm of {vm}',
      'delete the test failover of {vm}',
      'stop the drill of {vm}',
      'tear down the drill of {vm}',
      'clean up the drill of {vm}',
      'clean up the test resources of {vm}',
      'clean up {vm} in the secondary region',
    ],
    messages: {
      preview: 'Deletes the test VM {test} of {vm} in {region}. The real VM and its replication go on untouched.',
      'nothing-there': 'No test VM of {vm} waits to be cleaned up.',
      'nothing-there.advice': 'Azure accepts now: {allowed}.',
      ready: 'Azure accepts the cleanup now.',
      done: 'The test VM of {vm} is removed.',
      failed: 'The cleanup of {vm} did not complete.',
      'left-check': 'Firewall rules and DNS records that were changed by hand for the test are not undone by Azure.',
      'no-notes': 'No notes',
      show: 'Show protection',
      'choice-details': 'test VM running in the vault {vault}',
    },
  },
  'pt-BR': {
    title: 'Limpar o failover de teste',
    does: 'remover a VM de teste de um failover de teste',
    example: 'limpar erp-prod-01',
    phrases: [
      'limpar',
      'limpar {vm}',
      'limpar o teste da {vm}',
      'limpar o failover de teste da {vm}',
      'limpar failover de teste',
      'remover a vm de teste da {vm}',
      'limpeza do failover de teste da {vm}',
      'limpar depois do teste da {vm}',
      'limpar depois do simulado da {vm}',
      'apagar a vm de teste da {vm}',
      'desfazer o failover de teste da {vm}',
      'excluir o failover de teste da {vm}',
      'parar o failover de teste da {vm}',
      'desmontar o failover de teste da {vm}',
      'limpar o simulado da {vm}',
      'limpar o que sobrou do teste da {vm}',
      'derrubar a vm de teste da {vm}',
      'finalizar o teste de failover da {vm}',
      'desmontar o ambiente de teste da {vm}',
      'encerrar a vm de teste da {vm}',
      'desfazer a vm de teste da {vm}',
    ],
    messages: {
      preview: 'Exclui a VM de teste {test} de {vm} em {region}. A VM real e sua replicação seguem intocadas.',
      'nothing-there': 'Nenhuma VM de teste de {vm} aguarda limpeza.',
      'nothing-there.advice': 'O Azure aceita agora: {allowed}.',
      ready: 'O Azure aceita a limpeza agora.',
      done: 'A VM de teste de {vm} foi removida.',
      failed: 'A limpeza de {vm} não foi concluída.',
      'left-check': 'Regras de firewall e registros DNS alterados à mão para o teste não são desfeitos pelo Azure.',
      'no-notes': 'Sem anotações',
      show: 'Mostrar a proteção',
      'choice-details': 'VM de teste em execução no cofre {vault}',
    },
  },
  it: {
    title: 'Pulisci il failover di test',
    does: 'rimuovere la VM di test di un failover di test',
    example: 'pulisci erp-prod-01',
    phrases: [
      'pulisci',
      'pulisci {vm}',
      'pulisci il test di {vm}',
      'pulisci il failover di test di {vm}',
      'pulisci il failover di test',
      'pulizia del failover di test di {vm}',
      'rimuovi la vm di test di {vm}',
      'termina il failover di test di {vm}',
      'pulisci dopo il test di {vm}',
      'pulisci dopo l’esercitazione di {vm}',
      'elimina la vm di test di {vm}',
      'fai pulizia dopo il test di {vm}',
      'elimina il failover di test di {vm}',
      'smonta il failover di test di {vm}',
      'chiudi il failover di test di {vm}',
      'pulisci la prova di dr di {vm}',
      'rimuovi la vm creata dal test di {vm}',
    ],
    messages: {
      preview: 'Elimina la VM di test {test} di {vm} in {region}. La VM vera e la sua replica restano intatte.',
      'nothing-there': 'Nessuna VM di test di {vm} attende la pulizia.',
      'nothing-there.advice': 'Azure accetta ora: {allowed}.',
      ready: 'Azure accetta ora la pulizia.',
      done: 'La VM di test di {vm} è stata rimossa.',
      failed: 'La pulizia di {vm} non è stata completata.',
      'left-check':
        'Le regole del firewall e i record DNS modificati a mano per il test non vengono annullati da Azure.',
      'no-notes': 'Nessuna nota',
      show: 'Mostra la protezione',
      'choice-details': 'VM di test in esecuzione nell’insieme di credenziali {vault}',
    },
  },
};

export const failoverTestCleanup = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill'],
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), notes: parameter.notes() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicatedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name) {
    if (name !== 'vm') return [{ value: '', title: message('no-notes') }];
    const items = (await context.azure.inventory.replicatedItems()).value.filter(
      (item) => item.testFailoverState !== 'None' && item.testFailoverState !== '',
    );
    const choices = items.map((item) => ({
      value: item.vmId,
      title: item.friendlyName,
      details: message('choice-details', { vault: nameOf(item.vaultId) }),
    }));
    return atLeastOne(choices, 'nothing-to-clean-up');
  },

  async preview(context, { vm, notes }) {
    const item = await replicatedItemOf(context, vm);
    const usual = await usualOrUnknown(
      context.azure.recovery.pastDurations(item.vaultId, 'TestFailoverCleanup', 'vms'),
    );
    return {
      sentence: message('preview', { vm: item.friendlyName, test: testVmOf(item), region: item.recoveryRegion }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('test-vm', testVmOf(item)),
        fact('region', item.recoveryRegion),
        ...(notes === '' ? [] : [fact('notes', notes)]),
        fact('usually', usual),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: { 'fact.test-vm': testVmOf(item), 'fact.test-state': item.testFailoverState },
    };
  },

  async checks(context, { vm }): Promise<readonly Finding[]> {
    const item = await replicatedItemOf(context, vm);
    if (item.allowedOperations.includes('TestFailoverCleanup'))
      return [{ id: 'ready', severity: 'passed', text: message('ready') }];
    const values = { vm: item.friendlyName, allowed: [...item.allowedOperations] };
    return [
      {
        id: 'nothing-there',
        severity: 'blocks',
        text: message('nothing-there', values),
        advice: message('nothing-there.advice', values),
      },
    ];
  },

  async submit(context, { vm, notes }, { clientRequestId, code, requester }) {
    const item = await replicatedItemOf(context, vm);
    return await context.azure.recovery.cleanUpTestFailover(item.id, {
      comments: [notes, `Vaultkeeper run ${code}, ${requester.name}`].filter((part) => part !== '').join('; '),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicatedItemOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, 'TestFailoverCleanup', startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm, notes }, execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const item = await replicatedItemOf(context, vm);
    const drills = await context.azure.recovery.jobsSince(item.id, 'TestFailover', lastMonth(context)).catch(() => []);
    return {
      sentence: message(failed ? 'failed' : 'done', { vm: nameOf(vm) }),
      facts: await cleanupReport(context, { drills, execution, progress, notes }),
      leftToDo: failed ? [] : [message('left-check')],
      suggestions: after(vm),
    };
  },

  byHand: (plan) => onReplica(plan, 'testFailoverCleanup', { comments: plan.parameters.notes }),
  next: ({ vm }) => after(vm),
});

function testVmOf(item: ReplicatedItem): string {
  return item.testVmName ?? `${item.friendlyName}-test`;
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } }];
}
