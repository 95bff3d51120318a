import { z } from 'zod';
import { say } from '../../message.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { lookAtFleet, readVm } from './fleet.ts';
import { countOf, fleetParts, linesOf, toneOfPart } from './fleet-lines.ts';
import { partPhrases } from './fleet-list-phrases.ts';
import { scopeParameters, scopeText } from './fleet-scope.ts';
import { troublesOf } from './fleet-troubles.ts';

const id = 'fleet.list';
const message = own(id);
/** More lines no card holds; the export has them all. */
const most = 25;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Details of the summary',
    does: 'see what a number of the summary counts',
    example: 'details of the summary',
    phrases: [
      'details of the summary',
      'fleet details',
      'details of the fleet',
      'summary details',
      'show the details of the fleet summary',
      'vms behind the summary',
      'which vms are behind the summary',
      'which vms are in the failed number of the summary',
      'show me the vms behind the numbers',
      'list the vms of the summary',
      'break down the summary',
      'show the machines behind the summary',
      'drill down into the summary',
      'which vms make up the number',
      'list behind the number of the summary',
      'everything with a late backup',
      'vms with a late backup',
    ],
    phrasesOf: { part: partPhrases.en },
    messages: { more: 'Only the first {most} are shown. “Export the fleet” has them all.' },
  },
  'pt-BR': {
    title: 'Detalhes do resumo',
    does: 'ver o que um número do resumo conta',
    example: 'detalhes do resumo',
    phrases: [
      'detalhes do resumo',
      'detalhes da frota',
      'mostrar os detalhes do resumo',
      'mostrar os detalhes da frota',
      'detalhes da visão geral',
      'detalhe de quem está com backup falhando no resumo',
      'detalhar o resumo',
    ],
    phrasesOf: { part: partPhrases['pt-BR'] },
    messages: { more: 'Só os {most} primeiros aparecem. “Exportar o resumo” traz todos.' },
  },
  it: {
    title: 'Dettagli del riepilogo',
    does: 'vedere che cosa conta un numero del riepilogo',
    example: 'dettagli del riepilogo',
    phrases: [
      'dettagli del riepilogo',
      'dettagli del parco',
      'mostra i dettagli del riepilogo',
      'mostra i dettagli del parco',
      'dettagli della panoramica',
      'elenca tutte le vm',
      'tutte le vm con il loro stato',
      'vm con backup sospeso',
    ],
    phrasesOf: { part: partPhrases.it },
    messages: { more: 'Sono mostrati solo i primi {most}. “Esporta il riepilogo” li contiene tutti.' },
  },
};

export const fleetList = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object({ part: parameter.fleetPart(), ...scopeParameters }),
  actions: [readVm],
  rights: async () => [],
  choices: async (_context, name) =>
    name === 'part' ? fleetParts.map((part) => ({ value: part, title: say(`fleet.summary.name-${part}`) })) : [],

  async answer(context, { part, ...scope }) {
    const fleet = await lookAtFleet(context, scope);
    const troubles = troublesOf(fleet, context.now());
    const count = countOf(troubles, part);
    const where = scopeText(scope);
    return {
      title: say(`fleet.summary.of-${part}`, { count, total: fleet.vms.length }),
      tone: count === 0 ? 'good' : toneOfPart[part],
      ...(where !== undefined && { lead: where }),
      items: linesOf(context, troubles, { part, most }),
      notes: [
        ageNote(fleet.aged),
        ...fleet.unseen,
        ...(troubles[part].length > most ? [message('more', { most })] : []),
      ],
    };
  },
});
