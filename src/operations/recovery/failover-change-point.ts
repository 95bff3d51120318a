import { z } from 'zod';
import { nameOf, sameId } from '../../azure/arm-id.ts';
import { onReplica } from '../by-hand.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { failedSteps } from './plan-report.ts';
import { acceptance, assertAccepts, measuredOf, orAccepted, replicaChoices, replicaOf } from './replica.ts';
import { pointChoices, pointFacts, pointText } from './replication-points.ts';
import { nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';

const id = 'failover.change-point';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/applyRecoveryPoint/action';
const scenario = 'ApplyRecoveryPoint';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Change the recovery point',
    does: 'take another recovery point after a failover, before the commit',
    example: 'change recovery point of erp-prod-01',
    phrases: [
      'change recovery point of {vm}',
      'change the recovery point of {vm}',
      'switch recovery point of {vm}',
      'use another recovery point for {vm}',
      'choose another recovery point for {vm}',
      'switch {vm} to another recovery point',
      'use a different recovery point for {vm}',
      'use another recovery point for the failover of {vm}',
      'change the recovery point of the failover of {vm}',
      'use the recovery point for {vm}',
      'switch the failed over {vm} to another recovery point',
      'change the failed over {vm} to the recovery point',
      'change recovery point for the failed over {vm}',
      'change the failover point of {vm}',
      'roll the failover of {vm} back to the recovery point',
      'go back to another recovery point for the failover of {vm}',
      'choose the recovery point for the failover of {vm}',
      'try another recovery point for {vm}',
      'switch the recovery point used by the failover of {vm}',
      'take another recovery point for the failover of {vm}',
      'change the recovery point used for the failover of {vm}',
      'another recovery point for {vm}',
      'use an older recovery point for {vm}',
      'use an older recovery point for the failover of {vm}',
      'use another recovery point for the failed over {vm}',
    ],
    messages: {
      'for-good': 'What was written on the VM since its failover.',
      undo: 'Until it is committed, yet another recovery point can be taken, the earlier one too.',
      preview: 'Replaces {vm} in {region} by its state of {point}. What was written there since the failover is lost.',
      'no-such-point': 'This is no recovery point of {vm}.',
      'no-such-point.advice': 'Ask again and choose one of the list.',
      done: '{vm} runs in {region} from the chosen recovery point.',
      failed: 'The recovery point of {vm} was not changed.',
      left: 'Look at the VM, then commit. Nothing commits by itself.',
    },
  },
  'pt-BR': {
    title: 'Mudar o ponto de recuperação',
    does: 'usar outro ponto de recuperação depois de um failover, antes de confirmar',
    example: 'mudar o ponto de recuperação da erp-prod-01',
    phrases: [
      'mudar o ponto de recuperação da {vm}',
      'mudar o ponto de recuperação de {vm}',
      'trocar o ponto de recuperação da {vm}',
      'alterar o ponto de recuperação da {vm}',
      'usar outro ponto de recuperação para {vm}',
      'mudar a {vm} para outro ponto de recuperação',
      'usar outro ponto de recuperação no failover da {vm}',
      'mudar o ponto de recuperação do failover da {vm}',
      'mudar o failover da {vm} para o ponto de recuperação',
      'usar o ponto de recuperação no failover da {vm}',
    ],
    messages: {
      'for-good': 'O que foi gravado na VM desde o failover.',
      undo: 'Até a confirmação, pode-se usar ainda outro ponto de recuperação, inclusive o anterior.',
      preview: 'Substitui {vm} em {region} pelo estado de {point}. O que foi gravado ali desde o failover se perde.',
      'no-such-point': 'Esse não é um ponto de recuperação de {vm}.',
      'no-such-point.advice': 'Peça de novo e escolha um da lista.',
      done: '{vm} está em execução em {region} a partir do ponto escolhido.',
      failed: 'O ponto de recuperação de {vm} não foi mudado.',
      left: 'Verifique a VM e confirme. Nada se confirma sozinho.',
    },
  },
  it: {
    title: 'Cambia il punto di ripristino',
    does: 'usare un altro punto di ripristino dopo un failover, prima della conferma',
    example: 'cambia il punto di ripristino di erp-prod-01',
    phrases: [
      'cambia il punto di ripristino di {vm}',
      'cambia punto di ripristino di {vm}',
      'modifica il punto di ripristino di {vm}',
      'usa un altro punto di ripristino per {vm}',
      'scegli un altro punto di ripristino per {vm}',
      'passa {vm} a un altro punto di ripristino',
      'usa un altro punto di ripristino per il failover di {vm}',
      'cambia il punto di ripristino del failover di {vm}',
      'sul failover di {vm} cambia il punto di ripristino',
      'per il failover di {vm} usa un altro punto di ripristino',
      'usa per {vm} il punto di ripristino',
      'cambia il punto di ripristino usato nel failover di {vm}',
      'cambia il punto di ripristino di {vm} dopo il failover',
    ],
    messages: {
      'for-good': 'Ciò che è stato scritto sulla VM dopo il failover.',
      undo: 'Fino alla conferma si può prendere ancora un altro punto di ripristino, anche quello di prima.',
      preview:
        'Sostituisce {vm} in {region} con lo stato di {point}. Ciò che vi è stato scritto dopo il failover va perso.',
      'no-such-point': 'Questo non è un punto di ripristino di {vm}.',
      'no-such-point.advice': 'Chiedi di nuovo e scegline uno dall’elenco.',
      done: '{vm} è in esecuzione in {region} dal punto scelto.',
      failed: 'Il punto di ripristino di {vm} non è stato cambiato.',
      left: 'Guarda la VM, poi conferma. Niente si conferma da solo.',
    },
  },
};

export const failoverChangePoint = changing({
  id,
  area: 'recovery',
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm(), point: parameter.replicationPoint() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicaOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, _name, { vm }) {
    if (vm === undefined) return await replicaChoices(context, /CommitPending/i);
    const item = await replicaOf(context, vm);
    assertAccepts(item, 'ChangePit');
    return await pointChoices(context, item);
  },

  async preview(context, { vm, point }) {
    const item = await replicaOf(context, vm);
    const to = await pointText(context, item, point);
    return {
      sentence: message('preview', { vm: item.friendlyName, region: item.recoveryRegion, point: to }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        ...(await pointFacts(context, item, point)),
        ...(await blastRadius(context, { items: [item], scenario, forGood: message('for-good') })),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: measuredOf(item),
    };
  },

  async checks(context, { vm, point }): Promise<readonly Finding[]> {
    const item = await replicaOf(context, vm);
    const points = await context.azure.recovery.recoveryPoints(item.id);
    const known = points.some((one) => sameId(one.id, point));
    const values = { vm: item.friendlyName };
    const unknown: Finding = {
      id: 'no-such-point',
      severity: 'blocks',
      text: message('no-such-point', values),
      advice: message('no-such-point.advice'),
    };
    return orAccepted([...acceptance(item, 'ChangePit'), ...(known ? [] : [unknown])]);
  },

  async submit(context, { vm, point }, { clientRequestId }) {
    const item = await replicaOf(context, vm);
    return await context.azure.recovery.changePoint(item.id, { recoveryPointId: point, clientRequestId });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicaOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm }, _execution, progress) {
    const item = await replicaOf(context, vm);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const where = failed ? {} : { region: item.recoveryRegion };
    return {
      sentence: message(failed ? 'failed' : 'done', { vm: item.friendlyName, ...where }),
      facts: failedSteps(progress),
      leftToDo: [message('left')],
      suggestions: nextSteps(item),
    };
  },

  undo: ({ vm }) => [{ operation: 'failover.change-point', parameters: { vm } }],
  byHand: (plan) =>
    onReplica(plan, 'applyRecoveryPoint', {
      recoveryPointId: plan.parameters.point,
      providerSpecificDetails: { instanceType: 'A2A' },
    }),
  next: ({ vm }) => nextSteps({ vmId: vm, allowedOperations: ['Commit', 'ChangePit'] }),
});
