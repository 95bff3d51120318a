import { z } from 'zod';
import { CatalogueError } from '../../errors.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';

const id = 'run.commands';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Commands of a run',
    does: 'go on by hand with the az commands of an approved run',
    example: 'commands 4F7K',
    phrases: [
      'commands {run}',
      'commands of {run}',
      'az commands of run {run}',
      'show the commands of {run}',
      'commands for run {run}',
      'which commands did {run} run',
      'how would i do {run} with the cli',
      'the cli equivalent of {run}',
      'powershell of {run}',
      'which api calls did {run} make',
      'how do i do {run} by hand',
      'how do i do {run} with the cli',
      'how would i run {run} by hand',
      'how can i do {run} by hand',
      'the cli for {run}',
      'show me the cli for {run}',
    ],
    messages: {
      heading: '{code} · the same by hand',
      lead: 'For bash, signed in with az. Each line is sent once. If the run is still going on, do not type what it may have done already: look in Azure first.',
      'lead-taken-over':
        'The bot sends nothing for {code} any more: it is yours. For bash, signed in with az; each line is sent once. When it is done, say on the card what came of it.',
      'being-sent': '{code} is being sent to Azure right now: ask again in a minute',
      'not-approved': '{code} is not approved, so there is nothing to do by hand',
      'not-involved': 'The commands of {code} are for its requester and its approvers',
      none: '{code} has no commands: its steps depend on what Azure answers in between. Use the Azure portal.',
    },
  },
  'pt-BR': {
    title: 'Comandos de uma execução',
    does: 'seguir à mão com os comandos az de uma execução aprovada',
    example: 'comandos 4F7K',
    phrases: [
      'comandos {run}',
      'comandos da {run}',
      'comandos az da execução {run}',
      'mostrar os comandos da {run}',
      'comandos da execução {run}',
    ],
    messages: {
      heading: '{code} · o mesmo à mão',
      lead: 'Para o bash, com login no az. Cada linha é enviada uma vez. Se a execução ainda está em andamento, não digite o que ela talvez já fez: olhe antes no Azure.',
      'lead-taken-over':
        'O bot não envia mais nada de {code}: agora é com você. Para o bash, com login no az; cada linha é enviada uma vez. Ao terminar, diga no cartão o que aconteceu.',
      'being-sent': '{code} está sendo enviada ao Azure agora: pergunte de novo em um minuto',
      'not-approved': '{code} não está aprovada: não há nada a fazer à mão',
      'not-involved': 'Os comandos de {code} são de quem pediu e de quem aprovou',
      none: '{code} não tem comandos: os passos dependem do que o Azure responde no meio. Use o portal do Azure.',
    },
  },
  it: {
    title: 'Comandi di un’esecuzione',
    does: 'proseguire a mano con i comandi az di un’esecuzione approvata',
    example: 'comandi 4F7K',
    phrases: [
      'comandi {run}',
      'comandi di {run}',
      'comandi az dell’esecuzione {run}',
      'mostra i comandi di {run}',
      'comandi dell’esecuzione {run}',
      'come faccio {run} a mano',
    ],
    messages: {
      heading: '{code} · lo stesso a mano',
      lead: 'Per bash, con accesso az. Ogni riga si invia una volta. Se l’esecuzione è ancora in corso, non digitare ciò che forse ha già fatto: guarda prima in Azure.',
      'lead-taken-over':
        'Il bot non invia più nulla per {code}: ora tocca a te. Per bash, con accesso ad az; ogni riga viene inviata una sola volta. A cose fatte, scrivi sulla scheda com’è andata.',
      'being-sent': '{code} sta partendo proprio ora verso Azure: richiedi tra un minuto',
      'not-approved': '{code} non è approvata: non c’è nulla da fare a mano',
      'not-involved': 'I comandi di {code} sono per chi l’ha chiesta e per chi l’ha approvata',
      none: '{code} non ha comandi: i passi dipendono da ciò che Azure risponde nel mezzo. Usa il portale di Azure.',
    },
  },
};

export const runCommands = reading({
  id,
  area: 'runs',
  risk: 'read',
  texts,
  parameters: z.object({ run: parameter.run() }),
  actions: [],
  rights: async () => [],

  async answer(context, { run: code }) {
    const found = await context.runs.byHand(code, context.actor);
    if (found === undefined) throw new CatalogueError('run-not-found', { values: { code: code.toUpperCase() } });
    const values = { code: found.run.code };
    if ('commands' in found)
      return {
        title: message('heading', values),
        tone: 'neutral',
        lead: found.takenOver === true ? message('lead-taken-over', values) : message('lead'),
        copied: found.commands,
      };
    const { refused } = found;
    return { title: message(refused, values), tone: 'warning' };
  },
});
