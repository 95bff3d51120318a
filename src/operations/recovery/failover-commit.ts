import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import { onReplica } from '../by-hand.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { blastRadius } from './blast-radius.ts';
import { unreplicated } from './left-open.ts';
import { failedSteps } from './plan-report.ts';
import { acceptance, measuredOf, orAccepted, replicaChoices, replicaOf } from './replica.ts';
import { nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';

const id = 'failover.commit';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/failoverCommit/action';
const scenario = 'CommitFailover';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Commit a failover',
    does: 'make a failover final',
    example: 'commit failover of erp-prod-01',
    phrases: [
      'commit failover of {vm}',
      'commit the failover of {vm}',
      'commit {vm}',
      'finalize failover of {vm}',
      'complete the failover of {vm}',
      'make the failover of {vm} permanent',
      'make the failover of {vm} final',
      'confirm the failover of {vm}',
      'failover of {vm} is final',
      'commit the failed over {vm}',
      'make the {vm} failover final',
      'do the commit of {vm}',
      'commit {vm} after the failover',
      'commit the recovery point of {vm}',
      'complete the failback of {vm}',
      'make the failback of {vm} final',
      'commit the site recovery failover of {vm}',
      'commit the replication of {vm}',
    ],
    messages: {
      'for-good': 'All other recovery points of the VM are deleted.',
      undo: 'A commit is final: the other recovery points are gone. The way back is to reprotect, and then a failover in the other direction.',
      preview:
        'Makes the failover of {vm} to {region} final: all its other recovery points are deleted, and the point can no longer be changed. Nothing brings them back.',
      done: 'The failover of {vm} is committed.',
      failed: 'The failover of {vm} was not committed.',
      left: '{vm} is not replicated now: reprotect it, or nothing protects it against the loss of {region}.',
      'left-failed': 'The failover still waits for its commit.',
    },
  },
  'pt-BR': {
    title: 'Confirmar um failover',
    does: 'tornar um failover definitivo',
    example: 'confirmar o failover da erp-prod-01',
    phrases: [
      'confirmar o failover da {vm}',
      'confirmar failover de {vm}',
      'confirme o failover da {vm}',
      'fazer commit do failover da {vm}',
      'confirmar o failover de {vm}',
      'tornar o failover da {vm} definitivo',
      'efetivar o failover da {vm}',
      'deixar definitivo o failover da {vm}',
    ],
    messages: {
      'for-good': 'Todos os outros pontos de recuperação da VM são excluídos.',
      undo: 'A confirmação é definitiva: os outros pontos de recuperação se foram. O caminho de volta é reproteger e depois fazer o failover no sentido contrário.',
      preview:
        'Torna definitivo o failover de {vm} para {region}: todos os outros pontos de recuperação são excluídos e o ponto não pode mais ser mudado. Nada os traz de volta.',
      done: 'O failover de {vm} está confirmado.',
      failed: 'O failover de {vm} não foi confirmado.',
      left: '{vm} não é replicada agora: proteja-a novamente, ou nada a protege contra a perda de {region}.',
      'left-failed': 'O failover ainda espera a confirmação.',
    },
  },
  it: {
    title: 'Conferma un failover',
    does: 'rendere definitivo un failover',
    example: 'conferma il failover di erp-prod-01',
    phrases: [
      'conferma il failover di {vm}',
      'conferma failover di {vm}',
      'esegui il commit del failover di {vm}',
      'fai il commit del failover di {vm}',
      'finalizza il failover di {vm}',
      'rendi definitivo il failover di {vm}',
      'completa il failover di {vm}',
      'conferma in modo definitivo il failover di {vm}',
    ],
    messages: {
      'for-good': 'Tutti gli altri punti di ripristino della VM vengono eliminati.',
      undo: 'La conferma è definitiva: gli altri punti di ripristino non ci sono più. La via del ritorno è riproteggere e poi il failover nell’altra direzione.',
      preview:
        'Rende definitivo il failover di {vm} in {region}: tutti gli altri punti di ripristino vengono eliminati e il punto non si può più cambiare. Niente li riporta indietro.',
      done: 'Il failover di {vm} è confermato.',
      failed: 'Il failover di {vm} non è stato confermato.',
      left: '{vm} ora non è replicata: riproteggila, altrimenti niente la protegge dalla perdita di {region}.',
      'left-failed': 'Il failover attende ancora la conferma.',
    },
  },
};

export const failoverCommit = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicaOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],
  choices: async (context) => await replicaChoices(context, /CommitPending/i),

  async preview(context, { vm }) {
    const item = await replicaOf(context, vm);
    return {
      sentence: message('preview', { vm: item.friendlyName, region: item.recoveryRegion }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        ...(await blastRadius(context, { items: [item], scenario, forGood: message('for-good') })),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: measuredOf(item),
    };
  },

  checks: async (context, { vm }) => orAccepted(acceptance(await replicaOf(context, vm), 'Commit')),

  async submit(context, { vm }, { clientRequestId }) {
    return await context.azure.recovery.commit((await replicaOf(context, vm)).id, { clientRequestId });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicaOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm }, _execution, progress) {
    const item = await replicaOf(context, vm);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const values = { vm: item.friendlyName, region: item.recoveryRegion };
    return {
      sentence: message(failed ? 'failed' : 'done', { vm: item.friendlyName }),
      facts: failedSteps(progress),
      leftToDo: [failed ? message('left-failed') : message('left', values)],
      suggestions: nextSteps(item),
    };
  },

  undo: ({ vm }) => [{ operation: 'failover.reprotect', parameters: { vm } }],
  byHand: (plan) => onReplica(plan, 'failoverCommit'),
  next: ({ vm }) => nextSteps({ vmId: vm, allowedOperations: ['SwitchProtection'] }),
  leftOpen: unreplicated,
});
