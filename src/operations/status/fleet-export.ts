import { z } from 'zod';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { lookAtFleet, readVm } from './fleet.ts';
import { fleetCsv, wholeFleetCsv } from './fleet-csv.ts';
import { scopeParameters, scopeText } from './fleet-scope.ts';
import { troublesOf } from './fleet-troubles.ts';

const id = 'fleet.export';
const message = own(id);
/** Rows on the card; the file has all of them. */
const most = 10;
/** How many rows are measured to say how large the file will be. */
const measured = 500;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Export the fleet as CSV',
    does: 'get the fleet as CSV, one row per VM',
    example: 'export the fleet as CSV',
    phrases: [
      'export the fleet as csv',
      'export the fleet',
      'export the summary',
      'export',
      'export as csv',
      'csv of the fleet',
      'csv of all vms',
      'list of all vms as csv',
      'export all vms',
      'download the summary as csv',
      'fleet report as csv',
      'csv of all protected vms',
      'get the fleet as csv',
      'put the fleet into a spreadsheet',
      'make a csv of the fleet',
      'generate a csv report',
      'csv of the backup state',
    ],
    messages: {
      heading: 'The fleet as CSV: {count, plural, one {# VM} other {# VMs}}',
      all: 'All rows. Copy them into a file that ends in .csv.',
      some: 'The header and the first {most} rows; the file has all of them.',
      file: 'The fleet as CSV, one row per VM: {count, plural, one {# VM} other {# VMs}}',
    },
  },
  'pt-BR': {
    title: 'Exportar a frota como CSV',
    does: 'receber a frota como CSV, uma linha por VM',
    example: 'exportar a frota como CSV',
    phrases: [
      'exportar a frota como csv',
      'exportar a frota',
      'exportar o resumo',
      'exportar',
      'exportar como csv',
      'csv da frota',
      'csv de todas as vms',
      'lista de todas as vms em csv',
      'exportar todas as vms',
      'relatório em csv',
      'csv de todas as vms protegidas',
      'planilha de todas as vms',
      'baixar o csv da frota',
      'gerar planilha com o resumo',
      'exportar o status da proteção em csv',
    ],
    messages: {
      heading: 'A frota como CSV: {count, plural, one {# VM} other {# VMs}}',
      all: 'Todas as linhas. Copie-as para um arquivo que termine em .csv.',
      some: 'O cabeçalho e as {most} primeiras linhas; o arquivo traz todas.',
      file: 'A frota como CSV, uma linha por VM: {count, plural, one {# VM} other {# VMs}}',
    },
  },
  it: {
    title: 'Esporta il parco in CSV',
    does: 'avere il parco in CSV, una riga per VM',
    example: 'esporta il parco in CSV',
    phrases: [
      'esporta il parco in csv',
      'esporta il parco',
      'esporta il riepilogo',
      'esporta',
      'esporta in csv',
      'csv del parco',
      'csv di tutte le vm',
      'elenco di tutte le vm in csv',
      'esporta tutte le vm',
      'rapporto in csv',
      'csv di tutte le vm protette',
    ],
    messages: {
      heading: 'Il parco in CSV: {count, plural, one {# VM} other {# VM}}',
      all: 'Tutte le righe. Copiale in un file che finisce in .csv.',
      some: 'L’intestazione e le prime {most} righe; il file le contiene tutte.',
      file: 'Il parco in CSV, una riga per VM: {count, plural, one {# VM} other {# VM}}',
    },
  },
};

export const fleetExport = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object(scopeParameters),
  actions: [readVm],
  rights: async () => [],

  async answer(context, scope) {
    const fleet = await lookAtFleet(context, scope);
    const troubles = troublesOf(fleet, context.now());
    const count = fleet.vms.length;
    const rowsOf = (rows: number) => fleetCsv({ ...fleet, vms: fleet.vms.slice(0, rows) }, troubles);
    const where = scopeText(scope);
    return {
      title: message('heading', { count }),
      tone: 'neutral',
      ...(where !== undefined && { lead: where }),
      copied: rowsOf(most).trimEnd().split('\r\n'),
      file: {
        name: nameAt(context.now()),
        description: message('file', { count }),
        bytes: Math.ceil(
          (Buffer.byteLength(rowsOf(measured)) * Math.max(count, 1)) / Math.max(Math.min(count, measured), 1),
        ),
        wish: { operation: id, parameters: scope },
      },
      notes: [message(count > most ? 'some' : 'all', { most }), ageNote(fleet.aged), ...fleet.unseen],
    };
  },

  async file(context, scope) {
    const fleet = await lookAtFleet(context, scope);
    const text = await wholeFleetCsv(fleet, troublesOf(fleet, context.now()));
    return { name: nameAt(context.now()), type: 'text/csv', text };
  },
});

function nameAt(now: Date): string {
  return `fleet-${now.toISOString().slice(0, 16).replace(':', '')}.csv`;
}
