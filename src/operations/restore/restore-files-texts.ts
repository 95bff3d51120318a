import type { OperationTexts, OwnLocale } from '../operation.ts';

/** What file recovery says: its cards, and the answer that only the requester sees. */
export const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Recover files',
    does: 'get single files back from a recovery point',
    example: 'recover files of sql-prod-01',
    phrases: [
      'recover files of {vm}',
      'restore files of {vm}',
      'restore files from {vm}',
      'restore single files of {vm}',
      'get files back from {vm}',
      'start file recovery of {vm}',
      'mount a recovery point of {vm}',
      'i need a file from the backup of {vm}',
      'get a file from the backup of {vm}',
      'file recovery of {vm}',
      'i need files from {vm}',
      'i need files back from {vm}',
      'get files from the backup of {vm}',
      'restore files of {vm} from the backup',
      'restore a folder of {vm}',
      'recover a folder from {vm}',
    ],
    messages: {
      undo: 'Close the session: the recovery point is no longer mounted. Files that were copied to a machine stay there.',
      preview:
        'Opens the disks of {vm} as they were on {time} for {hours} hours, to be mounted on a machine and copied from. {vm} is not touched. Whoever has the script and its password can read every file of that time.',
      'to-own-chat': 'Only to you, in your own chat with me',
      ready: 'Azure has the point at hand, and nobody has it open.',
      done: 'The files of {vm} can be mounted until {until}.',
      failed: 'The files of {vm} could not be opened.',
      'left-script':
        'Script and password are shown to {who} alone: “Show script” on this card in their own chat with me.',
      'left-close': 'Close it when the files are copied: until then whoever has the script can read them.',
      'still-open': 'Whoever has the script can read the files of {vm}. Azure closes it by itself on {until}.',
      reveal: 'Show script',
      close: 'Close file recovery',
      'secret-title': 'Mount the recovery point',
      'secret-lead': 'Only you see this. It is kept nowhere: “Show script” reads it from Azure again.',
      'secret-note':
        'The machine needs the network to Azure Backup (port 3260), and an operating system that knows the file systems on the disks.',
      windows: 'On a Windows machine',
      'windows-steps':
        'Download the program, save it under that name, run it as administrator and type the password. The volumes appear as drives; copy what is needed, then close file recovery here.',
      linux: 'On a Linux machine',
      'linux-steps':
        'Fetch the script with the Azure CLI, signed in as yourself; run it as root and type the password where it asks. The volumes are mounted below a folder beside it; copy what is needed, then close file recovery here.',
    },
  },
  'pt-BR': {
    title: 'Recuperar arquivos',
    does: 'recuperar arquivos avulsos de um ponto de recuperação',
    example: 'recuperar arquivos da sql-prod-01',
    phrases: [
      'recuperar arquivos da {vm}',
      'recuperar os arquivos da {vm}',
      'restaurar arquivos da {vm}',
      'restaurar só arquivos da {vm}',
      'recuperação de arquivos da {vm}',
      'montar um ponto de recuperação da {vm}',
      'preciso de um arquivo do backup da {vm}',
      'preciso de arquivos da {vm}',
      'recuperar arquivos da {vm} do backup',
      'pegar arquivos do backup da {vm}',
      'recuperar uma pasta da {vm}',
    ],
    messages: {
      undo: 'Feche a sessão: o ponto de recuperação deixa de estar montado. Arquivos copiados para uma máquina ficam lá.',
      preview:
        'Abre os discos de {vm} como eram em {time} por {hours} horas, para serem montados em uma máquina e copiados. {vm} não é tocada. Quem tiver o script e a senha pode ler todos os arquivos daquele momento.',
      'to-own-chat': 'Só para você, no seu próprio chat comigo',
      ready: 'O Azure tem o ponto à mão e ninguém o mantém aberto.',
      done: 'Os arquivos de {vm} podem ser montados até {until}.',
      failed: 'Não foi possível abrir os arquivos de {vm}.',
      'left-script':
        'O script e a senha são mostrados só a {who}: “Mostrar script” neste cartão, no seu próprio chat comigo.',
      'left-close': 'Feche quando os arquivos estiverem copiados: até lá, quem tem o script pode lê-los.',
      'still-open': 'Quem tem o script pode ler os arquivos de {vm}. O Azure fecha sozinho em {until}.',
      reveal: 'Mostrar script',
      close: 'Fechar a recuperação de arquivos',
      'secret-title': 'Montar o ponto de recuperação',
      'secret-lead': 'Só você vê isto. Não é guardado em lugar nenhum: “Mostrar script” o lê de novo do Azure.',
      'secret-note':
        'A máquina precisa da rede até o Azure Backup (porta 3260) e de um sistema operacional que conheça os sistemas de arquivos dos discos.',
      windows: 'Em uma máquina Windows',
      'windows-steps':
        'Baixe o programa, salve-o com esse nome, execute-o como administrador e digite a senha. Os volumes aparecem como unidades; copie o necessário e depois feche a recuperação de arquivos aqui.',
      linux: 'Em uma máquina Linux',
      'linux-steps':
        'Obtenha o script com a CLI do Azure, conectado como você mesmo; execute-o como root e digite a senha onde for pedida. Os volumes são montados em uma pasta ao lado dele; copie o necessário e depois feche a recuperação de arquivos aqui.',
    },
  },
  it: {
    title: 'Recupera file',
    does: 'recuperare singoli file da un punto di ripristino',
    example: 'recupera i file di sql-prod-01',
    phrases: [
      'recupera i file di {vm}',
      'recupera dei file di {vm}',
      'recuperare file di {vm}',
      'ripristina i file di {vm}',
      'ripristina singoli file di {vm}',
      'recupero file di {vm}',
      'monta un punto di ripristino di {vm}',
      'mi serve un file dal backup di {vm}',
      'mi servono dei file da {vm}',
      'mi servono dei file di {vm}',
      'recupera i file di {vm} dal backup',
      'recupera una cartella di {vm}',
    ],
    messages: {
      undo: 'Chiudi la sessione: il punto di ripristino non è più montato. I file copiati su una macchina restano lì.',
      preview:
        'Apre i dischi di {vm} com’erano il {time} per {hours} ore, da montare su una macchina e copiare. {vm} non viene toccata. Chi ha lo script e la password può leggere tutti i file di quel momento.',
      'to-own-chat': 'Solo a te, nella tua chat personale con me',
      ready: 'Azure ha il punto a portata di mano e nessuno lo tiene aperto.',
      done: 'I file di {vm} si possono montare fino al {until}.',
      failed: 'Non è stato possibile aprire i file di {vm}.',
      'left-script':
        'Script e password si mostrano solo a {who}: “Mostra script” su questa scheda, nella sua chat personale con me.',
      'left-close': 'Chiudilo quando i file sono copiati: fino ad allora chi ha lo script può leggerli.',
      'still-open': 'Chi ha lo script può leggere i file di {vm}. Azure lo chiude da solo il {until}.',
      reveal: 'Mostra script',
      close: 'Chiudi il recupero file',
      'secret-title': 'Monta il punto di ripristino',
      'secret-lead': 'Lo vedi solo tu. Non viene conservato: “Mostra script” lo rilegge da Azure.',
      'secret-note':
        'La macchina ha bisogno della rete verso Azure Backup (porta 3260) e di un sistema operativo che conosca i file system dei dischi.',
      windows: 'Su una macchina Windows',
      'windows-steps':
        'Scarica il programma, salvalo con quel nome, eseguilo come amministratore e digita la password. I volumi appaiono come unità; copia ciò che serve, poi chiudi qui il recupero file.',
      linux: 'Su una macchina Linux',
      'linux-steps':
        'Prendi lo script con la CLI di Azure, collegato come te stesso; eseguilo come root e digita la password dove la chiede. I volumi si montano in una cartella accanto; copia ciò che serve, poi chiudi qui il recupero file.',
    },
  },
};
