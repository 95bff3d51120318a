import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { onReplica } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Choice, Fact, Finding } from '../screen.ts';
import { blastRadius, plansWith } from './blast-radius.ts';
import { uncommitted } from './left-open.ts';
import { failedSteps, measuredTimes } from './plan-report.ts';
import { acceptance, measuredOf, orAccepted, replicaChoices, replicaOf, unhealthy } from './replica.ts';
import { latest, latestChoice, pointChoices, pointFacts, pointText } from './replication-points.ts';
import { healthText, nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';
import { stillUp } from './still-up.ts';
import { targetFindings } from './target-findings.ts';
import { wayOf } from './way.ts';

const id = 'failover.start';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/unplannedFailover/action';
const scenario = 'UnplannedFailover';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Fail over',
    does: 'move a VM to its recovery region for real',
    example: 'fail over erp-prod-01',
    phrases: [
      'fail over {vm}',
      'failover {vm}',
      'start failover of {vm}',
      'start a failover of {vm}',
      'run failover of {vm}',
      'failback {vm}',
      'failback of {vm}',
      'fail over {vm} to the other region',
      'failover {vm} to the secondary region',
      'switch {vm} to the other region',
      'fail {vm} over to the latest point',
      'failover {vm} to the latest processed point',
      'fail over {vm} to the recovery point',
      'fail over {vm} from the recovery point',
      'do a failover of {vm}',
      'do the failover of {vm}',
      'trigger failover of {vm}',
      'run a failover of {vm} to the secondary region',
      'start the failover of {vm} to the recovery point',
      'do a failover of {vm} to the secondary region',
      'initiate a failover for {vm}',
      'fail over {vm} to disaster recovery',
      'fail over {vm} to the dr site',
      'switch {vm} over to disaster recovery',
      'switch {vm} to disaster recovery',
      'move {vm} to the secondary region',
      'move {vm} to the other region',
      'move {vm} over to the secondary region',
      'bring {vm} up in the secondary region',
      'start {vm} in the secondary region',
      'activate the disaster recovery of {vm}',
      'activate the replica of {vm}',
      'failover {vm} for real',
      'do a real failover of {vm}',
      'do a failback of {vm}',
      'run the failback of {vm}',
      'start the failback of {vm}',
      'fail back {vm} to the primary region',
      'fail back {vm} to the primary',
      'start a failback of {vm} to the recovery point',
      'do an unplanned failover of {vm}',
      'failover {vm} using the latest recovery point',
      'use disaster recovery for {vm}',
      'fail over {vm} in site recovery',
      'fail over {vm} with site recovery',
      'put {vm} in the secondary region',
    ],
    messages: {
      undo: 'Until it is committed, another recovery point can be taken. The way back is commit, reprotect, and a failover in the other direction.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Shuts {vm} down in {from} and starts it in {to} from {point}. Its users are cut off meanwhile; what was written after that point is lost.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Starts {vm} in {to} from {point} and leaves the machine in {from} as it is: if that is still up, both run. What was written after that point is lost.',
      'shut-down': 'Shut the source down first',
      'shut-down-details': 'Azure tries to stop the VM in {from}, so that no data is meant to be lost',
      gone: 'The source is gone',
      'gone-details': 'the VM in {from} is not touched: only when it cannot be reached',
      unhealthy: 'Replication of {vm} is not well ({health}): more may be lost than usual.',
      'still-up': '{vm} is still running in {from}.',
      'still-up.advice': 'Choose “shut the source down first”, or two machines of one name run.',
      'in-plan': '{vm} belongs to the recovery plan {plans}.',
      'in-plan.advice': 'Alone it may find its neighbours in the other region: think of failing over the plan.',
      'for-good': 'What was written after the point that is used. Going back takes a reprotect and a failback.',
      unknown: 'not reported',
      done: '{vm} runs in {region}. The {way, select, back {failback} other {failover}} is not committed yet.',
      failed: 'The failover of {vm} did not complete.',
      left: 'Look at the VM, then commit; until then another recovery point can be chosen. Nothing commits by itself.',
      'left-failed': 'See what Azure allows now: “replication of {vm}”.',
    },
  },
  'pt-BR': {
    title: 'Fazer failover',
    does: 'mover de verdade uma VM para a região de recuperação',
    example: 'fazer failover da erp-prod-01',
    phrases: [
      'fazer failover da {vm}',
      'fazer o failover de {vm}',
      'iniciar failover da {vm}',
      'executar failover da {vm}',
      'failover da {vm}',
      'failback da {vm}',
      'fazer failback da {vm}',
      'virar a {vm} para a outra região',
      'failover da {vm} para a região secundária',
      'mover a {vm} para a outra região',
      'fazer a virada da {vm}',
      'mandar a {vm} para a região secundária no failover',
      'virada da {vm}',
      'virada da {vm} para a região secundária',
    ],
    messages: {
      undo: 'Até a confirmação, pode-se usar outro ponto de recuperação. O caminho de volta é confirmar, reproteger e fazer o failover no sentido contrário.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Desliga {vm} em {from} e a inicia em {to}; ponto usado: {point}. Os usuários ficam sem acesso enquanto isso; o que foi gravado depois desse ponto se perde.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Inicia {vm} em {to} (ponto usado: {point}) e deixa a máquina em {from} como está: se ela ainda estiver ligada, as duas rodam. O que foi gravado depois desse ponto se perde.',
      'shut-down': 'Desligar a origem antes',
      'shut-down-details': 'o Azure tenta parar a VM em {from}, para que nenhum dado se perca',
      gone: 'A origem não existe mais',
      'gone-details': 'a VM em {from} não é tocada: só quando ela está inacessível',
      unhealthy: 'A replicação de {vm} não está bem ({health}): pode-se perder mais que o normal.',
      'still-up': '{vm} ainda está em execução em {from}.',
      'still-up.advice': 'Escolha “desligar a origem antes”, ou duas máquinas com o mesmo nome rodam.',
      'in-plan': '{vm} faz parte do plano de recuperação {plans}.',
      'in-plan.advice': 'Sozinha ela pode encontrar as vizinhas na outra região: pense em fazer failover do plano.',
      'for-good': 'O que foi gravado depois do ponto usado. Para voltar é preciso reproteger e fazer o failback.',
      unknown: 'não informado',
      done: '{vm} está em execução em {region}. O {way, select, back {failback} other {failover}} ainda não foi confirmado.',
      failed: 'O failover de {vm} não foi concluído.',
      left: 'Verifique a VM e confirme; até lá outro ponto de recuperação pode ser escolhido. Nada se confirma sozinho.',
      'left-failed': 'Veja o que o Azure permite agora: “replicação da {vm}”.',
    },
  },
  it: {
    title: 'Esegui il failover',
    does: 'spostare davvero una VM nell’area di ripristino',
    example: 'esegui il failover di erp-prod-01',
    phrases: [
      'esegui il failover di {vm}',
      'fai il failover di {vm}',
      'avvia il failover di {vm}',
      'failover di {vm}',
      'avvia un failover di {vm}',
      'failback di {vm}',
      'esegui il failback di {vm}',
      "sposta {vm} sull'altra regione",
      'failover di {vm} nella regione secondaria',
      'porta {vm} nell’altra regione',
      'commuta {vm}',
      'commuta {vm} sulla regione secondaria',
      'porta {vm} in dr',
      'manda {vm} in failover',
      'metti {vm} in failover',
      'torna al primario con {vm}',
      'riporta {vm} al primario',
      'failover di {vm} spegni la sorgente',
    ],
    messages: {
      undo: 'Fino alla conferma si può prendere un altro punto di ripristino. La via del ritorno è confermare, riproteggere e fare il failover nell’altra direzione.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Arresta {vm} in {from} e la avvia in {to}; punto usato: {point}. Intanto gli utenti restano tagliati fuori; ciò che è stato scritto dopo quel punto va perso.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Avvia {vm} in {to} (punto usato: {point}) e lascia com’è la macchina in {from}: se è ancora accesa, girano entrambe. Ciò che è stato scritto dopo quel punto va perso.',
      'shut-down': 'Arresta prima l’origine',
      'shut-down-details': 'Azure prova a fermare la VM in {from}, perché nessun dato vada perso',
      gone: 'L’origine non c’è più',
      'gone-details': 'la VM in {from} non viene toccata: solo quando è irraggiungibile',
      unhealthy: 'La replica di {vm} non va bene ({health}): può andare perso più del solito.',
      'still-up': '{vm} è ancora in esecuzione in {from}.',
      'still-up.advice': 'Scegli “arresta prima l’origine”, altrimenti girano due macchine con lo stesso nome.',
      'in-plan': '{vm} fa parte del piano di ripristino {plans}.',
      'in-plan.advice': 'Da sola può trovare le vicine nell’altra area: valuta il failover dell’intero piano.',
      'for-good': 'Ciò che è stato scritto dopo il punto usato. Per tornare servono una riprotezione e un failback.',
      unknown: 'non comunicato',
      done: '{vm} è in esecuzione in {region}. Il {way, select, back {failback} other {failover}} non è ancora confermato.',
      failed: 'Il failover di {vm} non è stato completato.',
      left: 'Guarda la VM, poi conferma; fino ad allora si può scegliere un altro punto di ripristino. Niente si conferma da solo.',
      'left-failed': 'Guarda che cosa Azure consente ora: “replica di {vm}”.',
    },
  },
};

export const failoverStart = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  parameters: z.object({ vm: parameter.vm(), source: parameter.source(), point: parameter.replicationPoint() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicaOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (vm === undefined) return await replicaChoices(context, /^Protected$/);
    const item = await replicaOf(context, vm);
    return name === 'source' ? sourceChoices(item) : [latestChoice, ...(await pointChoices(context, item))];
  },

  async preview(context, { vm, source, point }) {
    const item = await replicaOf(context, vm);
    const from = await pointText(context, item, point);
    const { friendlyName: name, primaryRegion, recoveryRegion } = item;
    const way = await wayOf(context, item);
    const values = { way, vm: name, from: primaryRegion, to: recoveryRegion, point: from };
    return {
      sentence: message(source === 'gone' ? 'preview-gone' : 'preview-shut-down', values),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        fact('source', message(source)),
        ...(await lossFacts(context, item, point)),
        ...(await blastRadius(context, { items: [item], scenario, forGood: message('for-good') })),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: measuredOf(item),
    };
  },

  async checks(context, { vm, source }): Promise<readonly Finding[]> {
    const item = await replicaOf(context, vm);
    const values = { vm: item.friendlyName, health: healthText(item.replicationHealth) };
    const plans = await plansWith(context, { items: [item] });
    return orAccepted([
      ...acceptance(item, 'UnplannedFailover'),
      ...unhealthy(item, message('unhealthy', values)),
      ...(source === 'gone' ? await stillUp(context, [item]) : []),
      ...(await targetFindings(context, item)),
      ...(plans.length === 0 ? [] : [warning('in-plan', { vm: item.friendlyName, plans })]),
    ]);
  },

  async submit(context, { vm, source, point }, { clientRequestId }) {
    const item = await replicaOf(context, vm);
    return await context.azure.recovery.failOver(item.id, {
      shutDownSource: source === 'shut-down',
      ...(point === latest ? {} : { recoveryPointId: point }),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicaOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm }, _execution, progress) {
    const item = await replicaOf(context, vm);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const name = item.friendlyName;
    const done = { vm: name, region: item.recoveryRegion, way: await wayOf(context, item) };
    return {
      sentence: failed ? message('failed', { vm: name }) : message('done', done),
      facts: [
        ...(failed ? [] : [fact('recovery-vm', item.recoveryVmName ?? name)]),
        ...(await measuredTimes(context, progress)),
        ...failedSteps(progress),
      ],
      leftToDo: [message(failed ? 'left-failed' : 'left', failed ? { vm: item.friendlyName } : {})],
      suggestions: nextSteps(item),
    };
  },

  undo: ({ vm }) => [
    { operation: 'failover.change-point', parameters: { vm } },
    { operation: 'failover.commit', parameters: { vm } },
  ],
  byHand: (plan) =>
    onReplica(plan, 'unplannedFailover', {
      failoverDirection: 'PrimaryToRecovery',
      sourceSiteOperations: plan.parameters.source === 'shut-down' ? 'Required' : 'NotRequired',
      providerSpecificDetails: {
        instanceType: 'A2A',
        ...(plan.parameters.point === latest ? {} : { recoveryPointId: plan.parameters.point }),
      },
    }),
  next: ({ vm }) => nextSteps({ vmId: vm, allowedOperations: ['Commit', 'ChangePit'] }),
  leftOpen: uncommitted,
});

function sourceChoices({ primaryRegion: from }: ReplicatedItem): readonly Choice[] {
  return [
    { value: 'shut-down', title: message('shut-down'), details: message('shut-down-details', { from }) },
    { value: 'gone', title: message('gone'), details: message('gone-details', { from }) },
  ];
}

/** The RPO as reported is what the newest point lags behind. */
/** What is lost is told once: what came after the point; where no point is listed, what the replication lags behind. */
async function lossFacts(context: Context, item: ReplicatedItem, point: string): Promise<readonly Fact[]> {
  const facts = await pointFacts(context, item, point);
  const isTold = facts.some(({ label }) => label.message === 'fact.lost');
  return isTold ? facts : [...facts, fact('loses-at-most', lossOf(item))];
}

function lossOf({ rpoSeconds }: ReplicatedItem) {
  return rpoSeconds === undefined ? message('unknown') : { seconds: rpoSeconds };
}

function warning(finding: 'in-plan', values: Readonly<Record<string, string | readonly string[]>>): Finding {
  return {
    id: finding,
    severity: 'warns',
    text: message(finding, values),
    advice: message(`${finding}.advice`, values),
  };
}
