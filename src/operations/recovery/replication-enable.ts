import { z } from 'zod';
import { nameOf, subscriptionOf, vaultOf } from '../../azure/arm-id.ts';
import type { EligibilityFault } from '../../azure/recovery-types.ts';
import type { Context } from '../context.ts';
import { fact, usualOrUnknown, vmWithGroup } from '../facts.ts';
import { findReplicatedItem, freshVm, vmOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { readable } from '../readable.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { disksOf, groupChoices, mappingChoice, mappingOf, mappingsFor, proposed } from './new-replication.ts';
import { sameRegion } from './plan-now.ts';
import { failedSteps } from './plan-report.ts';
import { orAccepted } from './replica.ts';
import { none, regionNetworkChoices } from './test-networks.ts';

const id = 'replication.enable';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/write';
const readVms = 'Microsoft.Compute/virtualMachines/read';
/** Azure asks for it in the group of the recovery VM: whoever replicates there makes VMs there. */
const writeVm = 'Microsoft.Compute/virtualMachines/write';
const scenario = 'EnableDr';
const offered = 10;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Replicate a VM',
    does: 'replicate a VM to another region',
    example: 'enable replication of web-prod-02',
    phrases: [
      'enable replication of {vm}',
      'enable replication for {vm}',
      'start replication of {vm}',
      'start replicating {vm}',
      'replicate {vm}',
      'replicate {vm} to another region',
      'set up disaster recovery for {vm}',
    ],
    messages: {
      undo: 'The replication can be ended: its recovery points are deleted, the VM stays.',
      preview:
        'Replicates {vm} from {from} to {to} from now on: {count, plural, one {# disk is} other {# disks are}} copied. The VM goes on running; Site Recovery’s agent is installed in it. It costs money until it is ended.',
      'mapping-details': 'by the policy {policy} of the vault {vault}',
      disk: '{disk}: {type}',
      replicated: '{vm} is replicated already.',
      'replicated.advice': 'See how: “replication of {vm}”.',
      'not-eligible': 'Azure would not replicate it: {text}',
      'not-eligible.advice': '{advice}',
      'no-advice': 'Look up Azure’s code {code}.',
      'vault-here': 'The vault {vault} lies in the VM’s own region: with that region lost, it is lost too.',
      'vault-here.advice': 'Choose a mapping of a vault in another region.',
      'no-network': 'After a failover the VM has no network card.',
      'no-network.advice': 'Choose a network of {to}.',
      'no-network-short': 'No network',
      eligible: 'Azure says that it can be replicated.',
      done: '{vm} is being replicated to {to}; the first copy is under way.',
      failed: 'The replication of {vm} was not set up.',
      left: 'It can fail over when the first copy is complete and the first recovery point exists: then test it.',
      'left-failed': 'See the job: it tells what is in the way.',
      show: 'Show the replication',
    },
  },
  'pt-BR': {
    title: 'Replicar uma VM',
    does: 'replicar uma VM para outra região',
    example: 'ativar a replicação da web-prod-02',
    phrases: [
      'ativar a replicação da {vm}',
      'ativar replicação de {vm}',
      'habilitar a replicação da {vm}',
      'iniciar a replicação da {vm}',
      'replicar a {vm}',
      'replicar {vm} para outra região',
      'configurar a recuperação de desastre da {vm}',
    ],
    messages: {
      undo: 'A replicação pode ser encerrada: os pontos de recuperação são excluídos, a VM fica.',
      preview:
        'Replica {vm} de {from} para {to} a partir de agora: {count, plural, one {# disco é copiado} other {# discos são copiados}}. A VM continua rodando; o agente do Site Recovery é instalado nela. Custa até ser encerrada.',
      'mapping-details': 'pela política {policy} do cofre {vault}',
      disk: '{disk}: {type}',
      replicated: '{vm} já é replicada.',
      'replicated.advice': 'Veja como: “replicação da {vm}”.',
      'not-eligible': 'O Azure não a replicaria: {text}',
      'not-eligible.advice': '{advice}',
      'no-advice': 'Procure o código {code} do Azure.',
      'vault-here': 'O cofre {vault} fica na própria região da VM: perdida a região, perde-se o cofre.',
      'vault-here.advice': 'Escolha um mapeamento de um cofre em outra região.',
      'no-network': 'Depois de um failover a VM fica sem placa de rede.',
      'no-network.advice': 'Escolha uma rede de {to}.',
      'no-network-short': 'Sem rede',
      eligible: 'O Azure diz que ela pode ser replicada.',
      done: '{vm} está sendo replicada para {to}; a primeira cópia está em andamento.',
      failed: 'A replicação de {vm} não foi configurada.',
      left: 'Ela pode ter failover quando a primeira cópia terminar e o primeiro ponto de recuperação existir: então teste.',
      'left-failed': 'Veja o trabalho: ele diz o que impede.',
      show: 'Mostrar a replicação',
    },
  },
  it: {
    title: 'Replica una VM',
    does: 'replicare una VM in un’altra area',
    example: 'attiva la replica di web-prod-02',
    phrases: [
      'attiva la replica di {vm}',
      'abilita la replica di {vm}',
      'avvia la replica di {vm}',
      'attiva replica per {vm}',
      'replica {vm} in un’altra area',
      'configura il disaster recovery di {vm}',
    ],
    messages: {
      undo: 'La replica si può terminare: i suoi punti di ripristino vengono eliminati, la VM resta.',
      preview:
        'Da ora replica {vm} da {from} a {to}: {count, plural, one {viene copiato # disco} other {vengono copiati # dischi}}. La VM continua a girare; vi viene installato l’agente di Site Recovery. Costa finché non viene terminata.',
      'mapping-details': 'con il criterio {policy} dell’insieme di credenziali {vault}',
      disk: '{disk}: {type}',
      replicated: '{vm} è già replicata.',
      'replicated.advice': 'Guarda come: “replica di {vm}”.',
      'not-eligible': 'Azure non la replicherebbe: {text}',
      'not-eligible.advice': '{advice}',
      'no-advice': 'Cerca il codice {code} di Azure.',
      'vault-here': 'L’insieme di credenziali {vault} è nell’area della VM: persa l’area, è perso anche quello.',
      'vault-here.advice': 'Scegli un mapping di un insieme di credenziali in un’altra area.',
      'no-network': 'Dopo un failover la VM non ha scheda di rete.',
      'no-network.advice': 'Scegli una rete di {to}.',
      'no-network-short': 'Nessuna rete',
      eligible: 'Azure dice che si può replicare.',
      done: '{vm} viene replicata in {to}; la prima copia è in corso.',
      failed: 'La replica di {vm} non è stata configurata.',
      left: 'Può avere un failover quando la prima copia è completa e c’è il primo punto di ripristino: allora provala.',
      'left-failed': 'Guarda il processo: dice che cosa lo impedisce.',
      show: 'Mostra la replica',
    },
  },
};

export const replicationEnable = changing({
  id,
  area: 'recovery',
  risk: 'reversible',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    mapping: parameter.replicationMapping(),
    group: parameter.resourceGroup(),
    network: parameter.network(),
    cache: parameter.storageAccount(),
  }),
  actions: [action, writeVm],
  rights: async (_, { mapping, group }) => [
    { action, scope: vaultOf(mapping) },
    { action: writeVm, scope: group },
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm: vmId, mapping: mappingId }) {
    if (vmId === undefined) return await unreplicated(context);
    const vm = await vmOf(context, vmId);
    if (mappingId === undefined || name === 'mapping')
      return atLeastOne((await mappingsFor(context, vm)).map(mappingChoice), 'no-mapping');
    const mapping = await mappingOf(context, mappingId);
    if (name === 'group') return await groupChoices(context, mapping);
    if (name === 'network') return await regionNetworkChoices(context, mapping.toRegion);
    const accounts = await context.azure.backup.storageAccounts(subscriptionOf(vm.id), vm.location);
    return accounts.map((account) => ({ value: account.id, title: account.name }));
  },

  /** As others that are replicated the same way, and as the vault maps its networks. */
  async defaults(context, { vm: vmId, mapping: given }) {
    if (vmId === undefined) return {};
    const vm = await vmOf(context, vmId);
    const ways = given === undefined ? await mappingsFor(context, vm) : [await mappingOf(context, given)];
    const [only] = ways;
    if (only === undefined || ways.length > 1) return {};
    return { mapping: only.id, ...(await proposed(context, vm, only)) };
  },

  async preview(context, { vm: vmId, mapping: mappingId, group, network, cache }) {
    const vm = await freshVm(context, vmId);
    const mapping = await mappingOf(context, mappingId);
    const disks = await disksOf(context, vm);
    const values = { vm: vm.name, from: mapping.fromRegion, to: mapping.toRegion, count: disks.length };
    const shown = disks.map(({ id: diskId, sku }) => message('disk', { disk: nameOf(diskId), type: sku }));
    return {
      sentence: message('preview', values),
      facts: [
        fact('vm', vmWithGroup(vmId)),
        fact('vault', nameOf(mapping.vaultId)),
        fact('replication-policy', mapping.policyName),
        fact('target-group', nameOf(group)),
        fact('target-network', network === none ? message('no-network-short') : nameOf(network)),
        fact('cache', nameOf(cache)),
        fact('disk-types', shown),
        fact('usually', await usualOrUnknown(context.azure.recovery.pastDurations(mapping.vaultId, scenario))),
      ],
      resources: [vmId, mapping.vaultId, group, cache, ...(network === none ? [] : [network])],
      measured: {
        'fact.disks': disks.map(({ id: diskId, sku }) => `${nameOf(diskId)} ${sku}`).join(', '),
        'fact.replication-policy': mapping.policyName,
        'fact.recovery-region': mapping.toRegion,
      },
    };
  },

  async checks(context, { vm: vmId, mapping: mappingId, network }) {
    if ((await findReplicatedItem(context, vmId)) !== undefined)
      return [found('replicated', 'blocks', { vm: nameOf(vmId) })];
    const mapping = await mappingOf(context, mappingId);
    const faults = await context.azure.recovery.eligibility(vmId);
    const { value: vaults } = await context.azure.inventory.vaults();
    const home = vaults.find(({ id: vaultId }) => vaultId.toLowerCase() === mapping.vaultId.toLowerCase());
    const here = home !== undefined && sameRegion(home.location, mapping.fromRegion);
    const eligible: Finding = { id: 'eligible', severity: 'passed', text: message('eligible') };
    return orAccepted([
      ...(faults.length === 0 ? [eligible] : faults.map(notEligible)),
      ...(here ? [found('vault-here', 'warns', { vault: nameOf(mapping.vaultId) })] : []),
      ...(network === none ? [found('no-network', 'warns', { to: mapping.toRegion })] : []),
    ]);
  },

  async submit(context, { vm: vmId, mapping: mappingId, group, network, cache }, { runId, clientRequestId }) {
    const mapping = await mappingOf(context, mappingId);
    const disks = await disksOf(context, await freshVm(context, vmId));
    return await context.azure.recovery.enable(runId, {
      mapping,
      vmId,
      disks,
      groupId: group,
      cacheAccountId: cache,
      ...(network !== none && { networkId: network }),
      clientRequestId,
    });
  },

  /** The item has the run's id for a name, so that nobody else's can be taken for it. */
  async findSubmitted(context, { vm, mapping }, { runId, startingAt }) {
    const vaultId = vaultOf(mapping);
    const itemId = `${mapping.replace(/\/replicationProtectionContainerMappings\/.*$/i, '')}/replicationProtectedItems/${runId}`;
    const wanted = { items: [{ id: itemId, friendlyName: nameOf(vm) }], scenarios: [scenario], since: startingAt };
    const jobs = await context.azure.recovery.itemJobsSince(vaultId, wanted);
    const [job] = jobs;
    if (jobs.length > 1) return 'unclear';
    return job === undefined ? 'nothing' : { kind: 'replication', vaultId, jobId: job.jobId };
  },

  async result(context, { vm, mapping }, _execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const name = nameOf(vm);
    const { toRegion: to } = await mappingOf(context, mapping);
    return {
      sentence: failed ? message('failed', { vm: name }) : message('done', { vm: name, to }),
      facts: failedSteps(progress),
      leftToDo: [message(failed ? 'left-failed' : 'left')],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'replication.disable', parameters: { vm } }],
  next: ({ vm }) => after(vm),
});

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
  key: 'replicated' | 'vault-here' | 'no-network',
  severity: Finding['severity'],
  values: Readonly<Record<string, string>>,
): Finding {
  return { id: key, severity, text: message(key, values), advice: message(`${key}.advice`, values) };
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'replicated-item.show', parameters: { vm } } }];
}
