import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { RecoveryPlan, RecoveryPlanSummary } from '../../azure/recovery-types.ts';
import type { Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { look } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { plansSeen, readPlans } from '../recovery/plans.ts';
import type { ListItem } from '../screen.ts';

const id = 'recovery-plan.list';
const message = own(id);
/** A card holds no more lines on a phone, and each line is a question to a vault. */
const most = 15;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List recovery plans',
    does: 'see which recovery plans there are and when they were last rehearsed',
    example: 'recovery plans',
    phrases: [
      'recovery plans',
      'list recovery plans',
      'show recovery plans',
      'show all recovery plans',
      'which recovery plans are there',
      'when did we last rehearse our recovery plans',
      'when were the recovery plans last tested',
      'when was the last dr test',
      'when was our last drill',
      'do we have recovery plans',
      'dr plans',
      'which recovery plans do we have',
      'which recovery plans have we set up',
      'our recovery plans',
    ],
    messages: {
      heading: '{count, plural, =0 {No recovery plan} one {# recovery plan} other {# recovery plans}}',
      line: '{vms, plural, one {# VM} other {# VMs}} in {groups, plural, one {# group} other {# groups}} · {from} → {to}',
      tested: 'Last test failover {age}',
      untested: 'Never tested',
      more: 'Only the first {most} are shown.',
    },
  },
  'pt-BR': {
    title: 'Listar planos de recuperação',
    does: 'ver quais planos de recuperação existem e quando foram ensaiados',
    example: 'planos de recuperação',
    phrases: [
      'planos de recuperação',
      'listar planos de recuperação',
      'mostrar planos de recuperação',
      'mostrar todos os planos de recuperação',
      'quais planos de recuperação existem',
      'quando testamos os planos de recuperação pela última vez',
      'quando foi o último teste de dr',
      'quando foi o último simulado',
      'temos planos de recuperação',
      'tem plano de recuperação',
      'planos de dr',
      'quais planos de recuperação temos',
      'quais planos de recuperação nós temos',
      'nossos planos de recuperação',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nenhum plano de recuperação} one {# plano de recuperação} other {# planos de recuperação}}',
      line: '{vms, plural, one {# VM} other {# VMs}} em {groups, plural, one {# grupo} other {# grupos}} · {from} → {to}',
      tested: 'Último failover de teste {age}',
      untested: 'Nunca testado',
      more: 'Só os {most} primeiros aparecem.',
    },
  },
  it: {
    title: 'Elenca i piani di ripristino',
    does: 'vedere quali piani di ripristino ci sono e quando sono stati provati',
    example: 'piani di ripristino',
    phrases: [
      'piani di ripristino',
      'elenca i piani di ripristino',
      'mostra i piani di ripristino',
      'mostra tutti i piani di ripristino',
      'quali piani di ripristino ci sono',
      'quando abbiamo provato i piani di ripristino l’ultima volta',
      'quando è stata l’ultima prova di dr',
      'quando è stata l’ultima esercitazione',
      'abbiamo piani di ripristino',
      'piani di dr',
      'quali piani di ripristino abbiamo',
      'i nostri piani di ripristino',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun piano di ripristino} one {# piano di ripristino} other {# piani di ripristino}}',
      line: '{vms, plural, one {# VM} other {# VM}} in {groups, plural, one {# gruppo} other {# gruppi}} · {from} → {to}',
      tested: 'Ultimo failover di test {age}',
      untested: 'Mai provato',
      more: 'Sono mostrati solo i primi {most}.',
    },
  },
};

export const recoveryPlanList = reading({
  id,
  area: 'status',
  intentions: ['down', 'after-drill'],
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [readPlans],
  rights: async () => [],

  async answer(context) {
    const plans = await plansSeen(context);
    return {
      title: message('heading', { count: plans.length }),
      tone: 'neutral',
      items: await Promise.all(plans.slice(0, most).map((plan) => line(context, plan))),
      ...(plans.length > most && { notes: [message('more', { most })] }),
    };
  },
});

/** Resource Graph does not tell a plan's groups; a vault that does not answer leaves the name alone. */
async function line(context: Context, { id: planId, name, vaultId }: RecoveryPlanSummary): Promise<ListItem> {
  const seen = await look(nameOf(vaultId), context.azure.recovery.plan(planId));
  return {
    title: name,
    details: [nameOf(vaultId), ...(seen.seen ? details(seen.value) : [seen.why])],
    opens: { operation: 'recovery-plan.show', parameters: { plan: planId } },
  };
}

function details(plan: RecoveryPlan): readonly Text[] {
  const boots = plan.groups.filter(({ kind }) => kind === 'Boot');
  const vms = boots.reduce((sum, { itemIds }) => sum + itemIds.length, 0);
  const tested = plan.lastTestFailover;
  return [
    message('line', { vms, groups: boots.length, from: plan.primaryRegion, to: plan.recoveryRegion }),
    tested === undefined ? message('untested') : message('tested', { age: { age: tested } }),
  ];
}
