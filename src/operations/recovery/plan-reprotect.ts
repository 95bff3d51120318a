import { z } from 'zod';
import { keyOf, nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { reprotectByHand } from './by-hand-recovery.ts';
import { noVms } from './plan-findings.ts';
import { heldBy, namesOf, type PlanNow, planNow, touchedBy } from './plan-now.ts';
import { reasons } from './plan-report.ts';
import { planSteps } from './plan-steps.ts';
import { planChoices } from './plans.ts';
import { orAccepted } from './replica.ts';
import { beginParts, findParts } from './reprotect-parts.ts';
import { cacheAccount, cacheName, reprotectAction, reprotectScenarios } from './way-back.ts';

const id = 'plan.reprotect';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Reprotect a plan',
    does: 'replicate the VMs of a recovery plan back to where they came from',
    example: 'reprotect the recovery plan',
    phrases: [
      'reprotect the recovery plan',
      'reprotect a recovery plan',
      're-protect the recovery plan',
      'reverse replication of the recovery plan',
      'reverse the replication of the recovery plan',
      'reprotect {plan}',
      'replicate {plan} back',
      'replicate {plan} back the other way',
      'start replicating {plan} in reverse',
      'protect {plan} in the reverse direction',
      'enable replication of {plan} in the reverse direction',
      'reprotect the failed over {plan}',
      'reprotect {plan} to the primary region',
    ],
    messages: {
      undo: 'Once the replication is healthy again, the plan’s failover brings its VMs back to where they came from.',
      preview:
        'Replicates {count, plural, one {# VM} other {# VMs}} of {plan} from {from} back to {to}, one request for each. Their old disks in {to} are overwritten with what runs in {from}; until the first copies are complete there is no way back.',
      'for-good': 'The old disks in {to} are overwritten.',
      'nothing-to-do': 'No VM of {plan} waits for a reprotect.',
      'nothing-to-do.advice': 'It comes after a failover and its commit.',
      'no-cache': 'There is no storage account in {from} for the cache of the replication.',
      'no-cache.advice': 'Create a general-purpose one in {from}, then ask again.',
      'not-committed': '{count, plural, one {# VM} other {# VMs}} still wait for their commit and are left out: {vms}.',
      'not-committed.advice': 'Commit them first, or reprotect them later.',
      none: 'none found',
      done: '{count, plural, one {# VM} other {# VMs}} of {plan} are replicated from {from} to {to} now; the first copies are under way.',
      partly: '{done} of {count} VMs of {plan} are reprotected.',
      failed: 'No VM of {plan} was reprotected.',
      retry: 'Retry those that failed',
      left: 'To go back, fail the plan over again once its VMs are protected: that is the failback.',
      'left-failed':
        '{count, plural, one {# VM} other {# VMs}} still run without replication: see why, then retry. Only these are asked for again.',
    },
  },
  'pt-BR': {
    title: 'Proteger um plano novamente',
    does: 'replicar de volta as VMs de um plano de recuperação',
    example: 'reproteger o plano de recuperação',
    phrases: [
      'reproteger o plano de recuperação',
      'reproteger um plano de recuperação',
      'reproteja o plano de recuperação',
      'inverter a replicação do plano de recuperação',
      'inverta a replicação do plano de recuperação',
      'reproteger o {plan}',
      'replicar o plano no sentido inverso',
      'proteger de novo o {plan} no sentido inverso',
    ],
    messages: {
      undo: 'Quando a replicação estiver saudável de novo, o failover do plano leva as VMs de volta para onde estavam.',
      preview:
        'Replica {count, plural, one {# VM} other {# VMs}} de {plan} de {from} de volta para {to}, com um pedido para cada. Os discos antigos em {to} são sobrescritos com o que roda em {from}; até as primeiras cópias terminarem não há caminho de volta.',
      'for-good': 'Os discos antigos em {to} são sobrescritos.',
      'nothing-to-do': 'Nenhuma VM de {plan} espera ser reprotegida.',
      'nothing-to-do.advice': 'Isso vem depois de um failover e da confirmação.',
      'no-cache': 'Não há conta de armazenamento em {from} para o cache da replicação.',
      'no-cache.advice': 'Crie uma de uso geral em {from} e peça de novo.',
      'not-committed': '{count, plural, one {# VM} other {# VMs}} ainda esperam a confirmação e ficam de fora: {vms}.',
      'not-committed.advice': 'Confirme-as antes ou reproteja-as depois.',
      none: 'nenhuma encontrada',
      done: '{count, plural, one {# VM} other {# VMs}} de {plan} agora são replicadas de {from} para {to}; as primeiras cópias estão em andamento.',
      partly: '{done} de {count} VMs de {plan} estão reprotegidas.',
      failed: 'Nenhuma VM de {plan} foi reprotegida.',
      retry: 'Repetir as que falharam',
      left: 'Para voltar, faça failover do plano de novo quando as VMs estiverem protegidas: é o failback.',
      'left-failed':
        '{count, plural, one {# VM} other {# VMs}} ainda rodam sem replicação: veja por quê e repita. Só estas são pedidas de novo.',
    },
  },
  it: {
    title: 'Riproteggi un piano',
    does: 'replicare le VM di un piano di ripristino verso da dove sono venute',
    example: 'riproteggi il piano di ripristino',
    phrases: [
      'riproteggi il piano di ripristino',
      'riproteggi un piano di ripristino',
      'inverti la replica del piano di ripristino',
      'inverti la replica di un piano di ripristino',
      'inverti replica del piano di ripristino',
      'riproteggi {plan}',
      'replica il piano in senso inverso',
      'replica in senso inverso il piano {plan}',
      'riproteggi {plan} dopo il failover',
    ],
    messages: {
      undo: 'Quando la replica è di nuovo sana, il failover del piano riporta le VM da dove venivano.',
      preview:
        'Replica {count, plural, one {# VM} other {# VM}} di {plan} da {from} di nuovo verso {to}, con una richiesta per ognuna. I vecchi dischi in {to} vengono sovrascritti con ciò che gira in {from}; fino al termine delle prime copie non c’è modo di tornare.',
      'for-good': 'I vecchi dischi in {to} vengono sovrascritti.',
      'nothing-to-do': 'Nessuna VM di {plan} attende la riprotezione.',
      'nothing-to-do.advice': 'Viene dopo un failover e la sua conferma.',
      'no-cache': 'In {from} non c’è un account di archiviazione per la cache della replica.',
      'no-cache.advice': 'Creane uno per utilizzo generico in {from}, poi chiedi di nuovo.',
      'not-committed': '{count, plural, one {# VM} other {# VM}} attendono ancora la conferma e restano fuori: {vms}.',
      'not-committed.advice': 'Prima confermale, o riproteggile dopo.',
      none: 'nessuno trovato',
      done: '{count, plural, one {# VM} other {# VM}} di {plan} ora sono replicate da {from} a {to}; le prime copie sono in corso.',
      partly: '{done} VM su {count} di {plan} sono riprotette.',
      failed: 'Nessuna VM di {plan} è stata riprotetta.',
      retry: 'Riprova quelle non riuscite',
      left: 'Per tornare, esegui di nuovo il failover del piano quando le VM sono protette: è il failback.',
      'left-failed':
        '{count, plural, one {# VM} other {# VM}} girano ancora senza replica: guarda perché, poi riprova. Solo queste vengono richieste di nuovo.',
    },
  },
};

export const planReprotect = changing({
  id,
  area: 'recovery',
  risk: 'disruptive',
  texts,
  parameters: z.object({ plan: parameter.plan(), items: parameter.replicatedItems().optional() }),
  actions: [reprotectAction],
  rights: async (_, { plan }) => [{ action: reprotectAction, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],
  choices: async (context, name) => (name === 'plan' ? await planChoices(context) : []),

  /** Those that wait for it now: after a part of them failed, these are the failed ones. */
  async defaults(context, { plan }) {
    if (plan === undefined) return {};
    const names = committed(await planNow(context, plan)).map(({ name }) => name);
    return names.length === 0 ? {} : { items: names };
  },

  async preview(context, { plan: planId, items: names }) {
    const now = await planNow(context, planId);
    const items = among(now, names);
    const { plan, from, to } = turned(now);
    const cache = await cacheAccount(context, plan.vaultId, from);
    const forGood = message('for-good', { to });
    const scenario = reprotectScenarios[0] ?? '';
    return {
      sentence: message('preview', { count: items.length, plan: plan.name, from, to }),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact('to-reprotect', namesOf(items)),
        fact('cache', cacheName(cache, message('none'))),
        ...(await blastRadius(context, { items, scenario, planId, forGood, backwards: true })),
      ],
      resources: touchedBy({ ...now, items }),
      holds: heldBy({ items }),
      measured: {
        'fact.recovery-region': to,
        'fact.to-reprotect': namesOf(items.filter(isCommitted)).join(', '),
        'fact.cache': cache ?? '',
      },
    };
  },

  async checks(context, { plan: planId, items: names }) {
    const now = await planNow(context, planId);
    if (now.items.length === 0) return [noVms(now)];
    const items = among(now, names).filter(isCommitted);
    if (items.length === 0) return [found('nothing-to-do', 'blocks', { plan: now.plan.name })];
    const { plan, from } = turned(now);
    const cache = await cacheAccount(context, plan.vaultId, from);
    const uncommitted = now.items.filter(({ allowedOperations }) => allowedOperations.includes('Commit'));
    const values = { count: uncommitted.length, vms: namesOf(uncommitted) };
    return orAccepted([
      ...(cache === undefined ? [found('no-cache', 'blocks', { from })] : []),
      ...(uncommitted.length === 0 ? [] : [found('not-committed', 'warns', values)]),
    ]);
  },

  submit: async (context, { plan, items = [] }, execution) =>
    await beginParts(context, { now: await planNow(context, plan), items, execution }),

  findSubmitted: async (context, { plan, items = [] }, execution) =>
    await findParts(context, { now: await planNow(context, plan), items, execution }),

  async result(context, { plan: planId, items: names }, _execution, progress) {
    const now = await planNow(context, planId);
    const items = among(now, names);
    const failed = items.filter(isCommitted);
    const done = items.filter((item) => !isCommitted(item));
    const [sample] = done;
    const values = { plan: now.plan.name, count: items.length };
    const retry = { title: message('retry'), wish: { operation: id, parameters: { plan: planId } } };
    return {
      sentence: sentenceOf(values, done.length, sample),
      facts: [
        ...(done.length === 0 ? [] : [fact('reprotected', namesOf(done))]),
        ...(failed.length === 0 ? [] : [fact('not-reprotected', namesOf(failed))]),
        ...reasons(progress),
      ],
      leftToDo: [failed.length > 0 ? message('left-failed', { count: failed.length }) : message('left')],
      suggestions: [
        ...(failed.length === 0 ? [] : [retry]),
        ...planSteps(now).filter(({ wish }) => wish.operation !== id),
      ],
    };
  },

  undo: ({ plan }) => [{ operation: 'plan.failover', parameters: { plan } }],
  byHand: reprotectByHand,
  next: ({ plan }) => planSteps({ plan: { id: plan, allowedOperations: [] } }),
});

function sentenceOf(
  values: { readonly plan: string; readonly count: number },
  done: number,
  sample: ReplicatedItem | undefined,
) {
  if (sample === undefined) return message('failed', { plan: values.plan });
  if (done < values.count) return message('partly', { ...values, done });
  return message('done', { ...values, from: sample.primaryRegion, to: sample.recoveryRegion });
}

function isCommitted({ allowedOperations }: ReplicatedItem): boolean {
  return allowedOperations.includes('SwitchProtection');
}

function committed({ items }: PlanNow): readonly ReplicatedItem[] {
  return items.filter(isCommitted);
}

/** The items that were frozen with the run, wherever they lie now. */
function among({ items }: PlanNow, names: readonly string[] = []): readonly ReplicatedItem[] {
  const wanted = new Set(names.map(keyOf));
  return items.filter(({ name }) => wanted.has(keyOf(name)));
}

/** Until the reprotect the items still tell the old direction; those that went ahead tell the new one. */
function turned(now: PlanNow): Pick<PlanNow, 'plan' | 'from' | 'to'> {
  const [first] = committed(now);
  return { plan: now.plan, from: first?.recoveryRegion ?? now.from, to: first?.primaryRegion ?? now.to };
}

function found(
  key: 'nothing-to-do' | 'no-cache' | 'not-committed',
  severity: Finding['severity'],
  values: Readonly<Record<string, string | number | readonly string[]>>,
): Finding {
  return { id: key, severity, text: message(key, values), advice: message(`${key}.advice`, values) };
}
