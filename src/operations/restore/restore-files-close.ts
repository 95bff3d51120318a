import { z } from 'zod';
import { nameOf, sameId } from '../../azure/arm-id.ts';
import { CatalogueError } from '../../errors.ts';
import { filesByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, succeeded } from '../backup/item-change.ts';
import { fact, moment, vmWithGroup } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { atLeastOne } from '../offered.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { closeAction, isOpen, openPoints } from './file-session.ts';

const id = 'restore.files-close';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Close file recovery',
    does: 'close the file recovery of a VM',
    example: 'close file recovery of sql-prod-01',
    phrases: [
      'close file recovery of {vm}',
      'close the file recovery of {vm}',
      'end file recovery of {vm}',
      'unmount the recovery point of {vm}',
      'unmount the files of {vm}',
      'unmount the recovery disks of {vm}',
      'unmount the file recovery disks of {vm}',
      'unmount the backup of {vm}',
      'unmount the disks of {vm}',
      'close the files of {vm}',
      'unmount the recovery disks of the file recovery of {vm}',
      'unmount {vm}',
      'close the file restore of {vm}',
      'finish the file recovery of {vm}',
      'unmount the backup disks of {vm}',
      'unmount the mounted recovery point of {vm}',
      'unmount the disks of the recovery point of {vm}',
      'unmount the volumes of the backup of {vm}',
      'cancel the file recovery of {vm}',
      'clean up the file recovery of {vm}',
      'file recovery of {vm} is done close it',
    ],
    messages: {
      preview:
        'Closes the recovery point of {vm} of {time} for file recovery: whoever has it mounted loses it at once. Files that were copied stay, and so does the recovery point.',
      open: 'It is open.',
      closed: 'No file recovery is open on this recovery point.',
      'closed.advice': 'Nothing is left to close.',
      done: 'File recovery of {vm} is closed; its script opens nothing any more.',
      failed: 'File recovery of {vm} could not be closed.',
      'left-failed':
        'Try again: until then whoever has the script can read the files. Azure closes it by itself after twelve hours.',
    },
  },
  'pt-BR': {
    title: 'Fechar a recuperação de arquivos',
    does: 'fechar a recuperação de arquivos de uma VM',
    example: 'fechar a recuperação de arquivos da sql-prod-01',
    phrases: [
      'fechar a recuperação de arquivos da {vm}',
      'feche a recuperação de arquivos da {vm}',
      'encerrar a recuperação de arquivos da {vm}',
      'desmontar o ponto de recuperação da {vm}',
      'desmontar os arquivos da {vm}',
      'desmontar os discos de recuperação da {vm}',
      'desmontar o backup da {vm}',
      'desmontar os discos da {vm}',
      'fechar os arquivos da {vm}',
      'desmontar a montagem da {vm}',
      'encerrar a montagem do backup da {vm}',
      'fechar o ponto montado da {vm}',
    ],
    messages: {
      preview:
        'Fecha o ponto de recuperação de {vm} de {time} para a recuperação de arquivos: quem o tem montado o perde na hora. Os arquivos copiados ficam, e o ponto de recuperação também.',
      open: 'Está aberta.',
      closed: 'Nenhuma recuperação de arquivos está aberta neste ponto.',
      'closed.advice': 'Não há nada para fechar.',
      done: 'A recuperação de arquivos de {vm} está fechada; o script não abre mais nada.',
      failed: 'Não foi possível fechar a recuperação de arquivos de {vm}.',
      'left-failed':
        'Tente de novo: até lá, quem tem o script pode ler os arquivos. O Azure a fecha sozinho após doze horas.',
    },
  },
  it: {
    title: 'Chiudi il recupero file',
    does: 'chiudere il recupero file di una VM',
    example: 'chiudi il recupero file di sql-prod-01',
    phrases: [
      'chiudi il recupero file di {vm}',
      'chiudere il recupero file di {vm}',
      'termina il recupero file di {vm}',
      'smonta il punto di ripristino di {vm}',
      'smonta i file di {vm}',
      'smonta i dischi di recupero di {vm}',
      'smonta il backup di {vm}',
      'smonta i dischi di {vm}',
      'chiudi i file di {vm}',
      'smonta i file del backup di {vm}',
    ],
    messages: {
      preview:
        'Chiude al recupero file il punto di ripristino di {vm} del {time}: chi lo ha montato lo perde subito. I file copiati restano, e anche il punto di ripristino.',
      open: 'È aperto.',
      closed: 'Nessun recupero file è aperto su questo punto.',
      'closed.advice': 'Non resta nulla da chiudere.',
      done: 'Il recupero file di {vm} è chiuso; il suo script non apre più nulla.',
      failed: 'Non è stato possibile chiudere il recupero file di {vm}.',
      'left-failed':
        'Riprova: fino ad allora chi ha lo script può leggere i file. Azure lo chiude da solo dopo dodici ore.',
    },
  },
};

export const restoreFilesClose = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), point: parameter.recoveryPoint() }),
  actions: [closeAction],
  rights: async (context, { vm }) => [{ action: closeAction, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  /** Only points that are open: there is nothing else to close. */
  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    if (name !== 'point' || vm === undefined) return [];
    const open = await openPoints(context, vm);
    return atLeastOne(
      open.map((point) => ({ value: point.id, title: { time: point.time } })),
      'no-files-open',
    );
  },

  async preview(context, { vm, point: pointId }) {
    const item = await protectedItemOf(context, vm);
    const point = (await context.azure.backup.recoveryPoints(item.id)).find((one) => sameId(one.id, pointId));
    if (point === undefined) throw new CatalogueError('no-recovery-points');
    return {
      sentence: message('preview', { vm: item.friendlyName, time: { time: point.time } }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        fact('recovery-point', moment(point.time)),
      ],
      resources: [vm, item.id],
      measured: { 'fact.recovery-point': point.time },
    };
  },

  async checks(context, { vm, point }) {
    if (await isOpen(context, vm, point)) return [{ id: 'open', severity: 'passed', text: message('open') }];
    return [{ id: 'closed', severity: 'blocks', text: message('closed'), advice: message('closed.advice') }];
  },

  submit: async (context, { point }, { clientRequestId }) =>
    await context.azure.backup.closeFiles(point, { clientRequestId }),

  /** Closed is what was wanted, whoever did it; closing what is still open again does no harm. */
  async findSubmitted(context, { vm, point }) {
    if (await isOpen(context, vm, point)) return 'nothing';
    const { vaultId } = await protectedItemOf(context, vm);
    return { kind: 'files', vaultId, pointId: point, operationId: '', wanted: 'closed' };
  },

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: message(done ? 'done' : 'failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: done ? [] : [message('left-failed')],
      suggestions: [],
    };
  },

  byHand: (plan) => filesByHand(plan, 'unmount-rp'),
  next: () => [],
});
