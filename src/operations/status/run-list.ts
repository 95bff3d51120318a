import { z } from 'zod';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import type { LeftOpenSummary } from '../left-open.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import type { RunSummary } from '../run-summary.ts';
import type { Answer, ListItem } from '../screen.ts';
import { isOpen, toneOf } from './run-tone.ts';

const id = 'run.list';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List runs',
    does: 'see what was run, by whom, and how it ended',
    example: 'runs',
    phrases: [
      'runs',
      'list runs',
      'show runs',
      'recent runs',
      'last runs',
      'what is running',
      'what was run',
      'history',
      'who ran what',
      'what did the bot do',
      'what has the bot done',
      'what was done with the bot',
      'what did we do with the bot',
      'recent activity',
      'activity of the bot',
      'who did what',
      'what changed',
      'which runs are open',
      'any runs in progress',
      'which runs failed',
      'latest requests',
    ],
    messages: {
      recent: '{count, plural, =0 {No runs yet} one {The last run} other {The last # runs}}',
      open: '{count, plural, =0 {None is under way now.} one {# is under way or waits; it comes first.} other {# are under way or wait; they come first.}}',
      pending:
        '{count, plural, =0 {Nothing waits for approval} one {# run waits for approval} other {# runs wait for approval}}',
      line: '{code} · {title} · {target}',
      details: '{state} · {who} · {when}',
      waiting: '{approved} of {needed} approved · decide {by}',
      unreviewed: 'Started without its approvals by {by} · a colleague has to review it {due}: “reviewed {code}”',
    },
  },
  'pt-BR': {
    title: 'Listar execuções',
    does: 'ver o que foi executado, por quem e como terminou',
    example: 'execuções',
    phrases: [
      'execuções',
      'listar execuções',
      'mostrar execuções',
      'últimas execuções',
      'o que está em execução',
      'o que está rodando',
      'histórico',
      'quem executou o que',
      'o que o bot fez',
      'o que foi feito pelo bot',
      'o que fizemos com o bot',
      'atividade recente',
      'quem fez o que',
      'o que mudou',
    ],
    messages: {
      recent: '{count, plural, =0 {Nenhuma execução ainda} one {A última execução} other {As últimas # execuções}}',
      open: '{count, plural, =0 {Nenhuma está em andamento agora.} one {# está em andamento ou aguarda; vem primeiro.} other {# estão em andamento ou aguardam; vêm primeiro.}}',
      pending:
        '{count, plural, =0 {Nada aguarda aprovação} one {# execução aguarda aprovação} other {# execuções aguardam aprovação}}',
      line: '{code} · {title} · {target}',
      details: '{state} · {who} · {when}',
      waiting: '{approved} de {needed} aprovações · decidir {by}',
      unreviewed: 'Iniciada sem as aprovações por {by} · um colega precisa revisar {due}: “revisado {code}”',
    },
  },
  it: {
    title: 'Elenca le esecuzioni',
    does: 'vedere cosa è stato eseguito, da chi e come è finito',
    example: 'esecuzioni',
    phrases: [
      'esecuzioni',
      'elenca le esecuzioni',
      'mostra le esecuzioni',
      'ultime esecuzioni',
      'cosa è in corso',
      'cosa è in esecuzione',
      'cronologia',
      'chi ha eseguito cosa',
      'cosa ha fatto il bot',
      'cosa è stato fatto col bot',
      'cosa abbiamo fatto col bot',
      'attività recente',
      'chi ha fatto cosa',
      'cosa è cambiato',
      'storico delle esecuzioni',
    ],
    messages: {
      recent:
        '{count, plural, =0 {Ancora nessuna esecuzione} one {L’ultima esecuzione} other {Le ultime # esecuzioni}}',
      open: '{count, plural, =0 {Ora non ne è in corso nessuna.} one {# è in corso o in attesa; viene per prima.} other {# sono in corso o in attesa; vengono per prime.}}',
      pending:
        '{count, plural, =0 {Niente attende un’approvazione} one {# esecuzione attende l’approvazione} other {# esecuzioni attendono l’approvazione}}',
      line: '{code} · {title} · {target}',
      details: '{state} · {who} · {when}',
      waiting: '{approved} di {needed} approvazioni · decidere {by}',
      unreviewed: 'Avviata senza le approvazioni da {by} · un collega deve rivederla {due}: “revisionata {code}”',
    },
  },
};

/** How many runs the list has; those that are still open are looked for further back, and all of them are listed. */
const shown = 15;
const lookedAt = 50;

export const runList = reading({
  id,
  area: 'runs',
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [],
  rights: async () => [],

  async answer(context) {
    const recent = await context.runs.recent(context.actor.tenantId, lookedAt);
    const [open, ended] = [recent.filter(({ state }) => isOpen(state)), recent.filter(({ state }) => !isOpen(state))];
    const runs = [...open, ...ended].slice(0, Math.max(shown, open.length));
    return {
      title: message('recent', { count: runs.length }),
      tone: 'neutral',
      ...(runs.length > 0 && { lead: message('open', { count: open.length }) }),
      items: runs.map(line),
    };
  },
});

/** The answer to "pending": what waits for somebody's approval, and until when; what waits for a review; and what runs left open. */
export async function pendingRuns(context: Context): Promise<Answer> {
  const runs = await context.runs.awaitingApproval(context.actor.tenantId);
  const open = await context.runs.leftOpen(context.actor.tenantId);
  const owed = await context.runs.owedReview(context.actor.tenantId);
  return {
    title: message('pending', { count: runs.length }),
    tone: runs.length + open.length + owed.length === 0 ? 'good' : 'warning',
    ...(open.length > 0 && { lead: say('reminder.pending', { count: open.length }) }),
    items: [...runs.map(line), ...owed.map(line), ...open.map(openLine)],
  };
}

/** What an ended run left open, and since when. */
function openLine({ run, kind, openedAt }: LeftOpenSummary): ListItem {
  const what = say(`reminder.kind.${kind}`, { target: run.target });
  return {
    title: message('line', { code: run.code, title: { message: `${run.operation}.title` }, target: run.target }),
    tone: 'warning',
    details: [say('reminder.pending-line', { what, since: { age: openedAt } })],
    opens: { operation: 'run.show', parameters: { run: run.code } },
  };
}

function line(run: RunSummary): ListItem {
  const state = { message: `run.state.${run.sentBack === true ? 'sent-back' : run.state}` };
  const title = message('line', { code: run.code, title: { message: `${run.operation}.title` }, target: run.target });
  const details = [
    message('details', { state, who: run.requester.name, when: { age: run.createdAt } }),
    ...waitingLine(run),
    ...reviewLine(run),
  ];
  return { title, tone: toneOf(run.state), details, opens: { operation: 'run.show', parameters: { run: run.code } } };
}

function reviewLine({ brokenGlass, code }: RunSummary) {
  if (brokenGlass === undefined || brokenGlass.reviewedBy !== undefined) return [];
  return [message('unreviewed', { by: brokenGlass.by, due: { age: brokenGlass.reviewBy }, code })];
}

function waitingLine(run: RunSummary) {
  if (run.state !== 'awaiting-approval' || run.decideBy === undefined) return [];
  return [
    message('waiting', { approved: run.approvals.length, needed: run.approvalsNeeded, by: { age: run.decideBy } }),
  ];
}
