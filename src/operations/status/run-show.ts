import { z } from 'zod';
import { CatalogueError } from '../../errors.ts';
import { fact, moment } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { RunSummary } from '../run-summary.ts';
import type { Fact } from '../screen.ts';
import { toneOf } from './run-tone.ts';

const id = 'run.show';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show a run',
    does: 'see one run with its timeline',
    example: 'show run 4F7K',
    phrases: [
      'show run {run}',
      'run {run}',
      'what happened to {run}',
      'what about run {run}',
      'status of run {run}',
      'timeline of {run}',
      'how far is {run}',
      'is {run} still running',
      'who approved {run}',
      'who requested {run}',
    ],
    messages: {
      heading: '{code} · {title} · {target}',
      nobody: 'nobody yet',
    },
  },
  'pt-BR': {
    title: 'Mostrar uma execução',
    does: 'ver uma execução com sua linha do tempo',
    example: 'mostrar execução 4F7K',
    phrases: [
      'mostrar execução {run}',
      'execução {run}',
      'o que aconteceu com {run}',
      'status da execução {run}',
      'linha do tempo de {run}',
    ],
    messages: {
      heading: '{code} · {title} · {target}',
      nobody: 'ninguém ainda',
    },
  },
  it: {
    title: 'Mostra un’esecuzione',
    does: 'vedere un’esecuzione con la sua cronologia',
    example: 'mostra esecuzione 4F7K',
    phrases: [
      'mostra esecuzione {run}',
      'esecuzione {run}',
      'cosa è successo a {run}',
      'stato dell’esecuzione {run}',
      'cronologia di {run}',
      'a che punto è {run}',
    ],
    messages: {
      heading: '{code} · {title} · {target}',
      nobody: 'ancora nessuno',
    },
  },
};

export const runShow = reading({
  id,
  area: 'runs',
  risk: 'read',
  texts,
  parameters: z.object({ run: parameter.run() }),
  actions: [],
  rights: async () => [],

  async answer(context, { run: code }) {
    const run = await context.runs.find(code, context.actor.tenantId);
    if (run === undefined) throw new CatalogueError('run-not-found', { values: { code: code.toUpperCase() } });
    const events = await context.runs.timeline(code, context.actor.tenantId);
    return {
      title: message('heading', { code: run.code, title: { message: `${run.operation}.title` }, target: run.target }),
      tone: toneOf(run.state),
      lead: run.outcome?.sentence ?? run.why ?? stateOf(run),
      sections: [{ title: stateOf(run), tone: toneOf(run.state), facts: factsOf(run) }],
      items: events.map((event) => ({ title: event.text, details: [moment(event.at)] })),
      suggestions: run.outcome?.suggestions ?? [],
    };
  },
});

function stateOf({ state, sentBack }: RunSummary) {
  return { message: `run.state.${sentBack === true ? 'sent-back' : state}` };
}

function factsOf(run: RunSummary): readonly Fact[] {
  const approved = run.approvals.map((approval) => approval.name);
  return [
    fact('requested-by', run.requester.name),
    fact('requested', moment(run.createdAt)),
    ...(run.approvalsNeeded > 0 ? [fact('approved-by', approved.length === 0 ? message('nobody') : approved)] : []),
    ...(run.endedAt && run.startedAt
      ? [fact('took', { seconds: Math.round((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000) })]
      : []),
    ...(run.outcome?.facts ?? []),
  ];
}
