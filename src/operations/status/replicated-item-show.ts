import { z } from 'zod';
import type { ReplicatedItem } from '../../azure/types.ts';
import { fact, moment, vmWithGroup } from '../facts.ts';
import { replicatedItemOf } from '../located.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { healthText, healthTone, nextSteps, readReplicas, stateText, verbText } from '../recovery/replication-words.ts';
import type { Fact, Section } from '../screen.ts';
import { vaultWithGroup } from '../vaults.ts';

const id = 'replicated-item.show';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show the replication of a VM',
    does: 'see how well a VM is replicated and what can be done next',
    example: 'replication of erp-prod-01',
    phrases: [
      'is replication of {vm} critical',
      'replication of {vm}',
      'show replication of {vm}',
      'replication status of {vm}',
      'replication health of {vm}',
      'rpo of {vm}',
      'show rpo of {vm}',
      'is {vm} replicating',
      'is the replication of {vm} healthy',
      'replication lag of {vm}',
      'can {vm} be failed over',
      'is {vm} ready for failover',
      'what is left to do for {vm}',
      'what is left to do for {vm} after the failover',
      'is {vm} protected by site recovery',
      'is {vm} replicated with site recovery',
      'is {vm} in site recovery',
      'does {vm} replicate',
      'where is {vm} replicated to',
      'to which region is {vm} replicated',
      'where does {vm} replicate to',
      'replicated item {vm}',
      'how far behind is {vm}',
      'replication problems of {vm}',
      'can i fail over {vm}',
      'can we fail over {vm}',
      'failover readiness of {vm}',
      'failover status of {vm}',
      'was {vm} failed over',
      'is {vm} committed',
      'is {vm} reprotected',
      'when was {vm} last drilled',
      'when was the last test failover of {vm}',
      'where would {vm} fail over to',
      'is {vm} in asr',
    ],
    messages: {
      heading: 'Replication of {vm}: {health}',
      lead: '{from} → {to}, {state}',
      now: 'Now',
      measured: '{rpo}, measured {age}',
      'not-reported': 'not reported',
      never: 'never',
      Primary: 'in {region}, where it normally runs',
      Recovery: 'in {region}: failed over',
      agent: '{version}, last heard of {age}',
      'agent-old': '{version}, last heard of {age}; Azure wants a newer one',
      'test-waits': 'a test VM waits for cleanup',
      nothing: 'nothing at the moment: a job is running',
      causes: 'Causes',
    },
  },
  'pt-BR': {
    title: 'Mostrar a replicação de uma VM',
    does: 'ver como uma VM é replicada e o que se pode fazer',
    example: 'replicação da erp-prod-01',
    phrases: [
      'a replicação da {vm} está crítica',
      'replicação da {vm}',
      'replicação de {vm}',
      'mostrar a replicação da {vm}',
      'status da replicação da {vm}',
      'rpo da {vm}',
      'mostrar o rpo da {vm}',
      '{vm} está replicando',
      'a replicação da {vm} está saudável',
      'atraso da replicação da {vm}',
      '{vm} está pronta para o failover',
      'o que falta fazer na {vm} depois do failover',
      'a {vm} está protegida pelo site recovery',
    ],
    messages: {
      heading: 'Replicação de {vm}: {health}',
      lead: '{from} → {to}, {state}',
      now: 'Agora',
      measured: '{rpo}, medido {age}',
      'not-reported': 'não informado',
      never: 'nunca',
      Primary: 'em {region}, onde normalmente roda',
      Recovery: 'em {region}: com failover feito',
      agent: '{version}, último contato {age}',
      'agent-old': '{version}, último contato {age}; o Azure quer uma versão mais nova',
      'test-waits': 'uma VM de teste espera limpeza',
      nothing: 'nada no momento: um trabalho está em execução',
      causes: 'Causas',
    },
  },
  it: {
    title: 'Mostra la replica di una VM',
    does: 'vedere come una VM è replicata e che cosa si può fare',
    example: 'replica di erp-prod-01',
    phrases: [
      'la replica di {vm} è critica',
      'replica di {vm}',
      'mostra la replica di {vm}',
      'stato della replica di {vm}',
      'integrità della replica di {vm}',
      'rpo di {vm}',
      'mostra l’rpo di {vm}',
      '{vm} sta replicando',
      'la replica di {vm} è integra',
      'ritardo della replica di {vm}',
      '{vm} è pronta per il failover',
      'cosa resta da fare su {vm} dopo il failover',
      '{vm} è protetta da site recovery',
      'stato e rpo della replica di {vm}',
    ],
    messages: {
      heading: 'Replica di {vm}: {health}',
      lead: '{from} → {to}, {state}',
      now: 'Adesso',
      measured: '{rpo}, misurato {age}',
      'not-reported': 'non comunicato',
      never: 'mai',
      Primary: 'in {region}, dove gira di solito',
      Recovery: 'in {region}: failover eseguito',
      agent: '{version}, ultimo contatto {age}',
      'agent-old': '{version}, ultimo contatto {age}; Azure ne vuole una versione più recente',
      'test-waits': 'una VM di test attende la pulizia',
      nothing: 'niente al momento: un processo è in corso',
      causes: 'Cause',
    },
  },
};

export const replicatedItemShow = reading({
  id,
  area: 'status',
  intentions: ['down', 'daily'],
  risk: 'read',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [readReplicas],
  rights: async (context, { vm }) => [{ action: readReplicas, scope: (await replicatedItemOf(context, vm)).vaultId }],

  async answer(context, { vm }) {
    const item = await replicatedItemOf(context, vm);
    const lead = { from: item.primaryRegion, to: item.recoveryRegion, state: stateOf(item) };
    return {
      title: message('heading', { vm: item.friendlyName, health: healthText(item.replicationHealth) }),
      tone: healthTone(item.replicationHealth),
      lead: message('lead', lead),
      sections: [
        { title: message('now'), tone: healthTone(item.replicationHealth), facts: factsOf(item) },
        ...causes(item),
      ],
      suggestions: nextSteps(item),
    };
  },
});

/** A state that we have no words for is told in Azure's description. */
function stateOf(item: ReplicatedItem) {
  const known = stateText(item.protectionState);
  return known === item.protectionState ? item.protectionStateDescription : known;
}

function factsOf(item: ReplicatedItem): readonly Fact[] {
  const { allowedOperations, lastTestFailover, lastFailover } = item;
  const allowed = allowedOperations.filter((verb) => verbText(verb) !== verb).map(verbText);
  return [
    fact('vm', vmWithGroup(item.vmId)),
    fact('vault', vaultWithGroup(item.vaultId)),
    fact('rpo', rpoOf(item)),
    fact('active-location', location(item)),
    ...agent(item),
    fact('last-test', lastTestFailover === undefined ? message('never') : moment(lastTestFailover)),
    ...(item.testFailoverState === 'WaitingForCompletion' ? [fact('test-vm', message('test-waits'))] : []),
    ...(lastFailover === undefined ? [] : [fact('last-failover', moment(lastFailover))]),
    fact('allows', allowed.length === 0 ? message('nothing') : allowed),
  ];
}

function rpoOf({ rpoSeconds, rpoMeasuredAt }: ReplicatedItem) {
  if (rpoSeconds === undefined) return message('not-reported');
  const rpo = { seconds: rpoSeconds };
  return rpoMeasuredAt === undefined ? rpo : message('measured', { rpo, age: { age: rpoMeasuredAt } });
}

function location({ activeLocation, primaryRegion, recoveryRegion }: ReplicatedItem) {
  if (activeLocation === 'Primary') return message('Primary', { region: primaryRegion });
  return activeLocation === 'Recovery' ? message('Recovery', { region: recoveryRegion }) : activeLocation;
}

function agent({ agentVersion, lastHeartbeat, agentOutdated = false }: ReplicatedItem): readonly Fact[] {
  if (agentVersion === undefined || lastHeartbeat === undefined) return [];
  const values = { version: agentVersion, age: { age: lastHeartbeat } };
  return [fact('agent', message(agentOutdated ? 'agent-old' : 'agent', values))];
}

function causes({ healthErrors }: ReplicatedItem): readonly Section[] {
  if (healthErrors.length === 0) return [];
  const facts = healthErrors.map(({ message: what, action }) =>
    fact('cause', action === undefined ? what : [what, action]),
  );
  return [{ title: message('causes'), tone: 'warning', facts }];
}
