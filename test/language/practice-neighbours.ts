import { parameter } from '../../src/operations/parameters.ts';
import { sketch } from './practice-operations.ts';

const { vm } = parameter;
const shape = () => ({ vm: vm() });

/** Changes that lie close together in words and far apart in effect. */
export const neighbours = [
  sketch('protection.stop-delete', {
    risk: 'destructive',
    shape: shape(),
    phrases: [
      [
        'stop protection of {vm} and delete the data',
        'delete the backup data of {vm}',
        'stop protection and delete data of {vm}',
      ],
      ['parar a proteção da {vm} e excluir os dados', 'excluir os dados de backup da {vm}'],
      ['interrompi la protezione di {vm} ed elimina i dati', 'elimina i dati di backup di {vm}'],
    ],
  }),
  sketch('protection.resume', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['resume protection of {vm}', 'resume backups of {vm}'],
      ['retomar a proteção da {vm}'],
      ['riprendi la protezione di {vm}'],
    ],
  }),
  sketch('protection.undelete', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['undelete {vm}', 'undelete the backups of {vm}'],
      ['desfazer a exclusão da {vm}'],
      ['annulla l’eliminazione di {vm}'],
    ],
  }),
  sketch('protection.enable', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['protect {vm}', 'enable backup of {vm}', 'enable protection of {vm}'],
      ['proteger {vm}', 'habilitar o backup da {vm}'],
      ['proteggi {vm}', 'abilita il backup di {vm}'],
    ],
  }),
  sketch('restore.new-vm', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['restore {vm} to a new vm', 'restore {vm} as a new vm'],
      ['restaurar {vm} em uma nova vm'],
      ['ripristina {vm} in una nuova vm'],
    ],
  }),
  sketch('restore.replace-disks', {
    risk: 'destructive',
    shape: shape(),
    phrases: [
      ['restore {vm} in place', 'replace the disks of {vm}'],
      ['substituir os discos da {vm}'],
      ['sostituisci i dischi di {vm}'],
    ],
  }),
  sketch('restore.disks', {
    risk: 'reversible',
    shape: shape(),
    phrases: [['restore the disks of {vm}'], ['restaurar os discos da {vm}'], ['ripristina i dischi di {vm}']],
  }),
  sketch('failover.reprotect', {
    risk: 'disruptive',
    shape: shape(),
    phrases: [['reprotect {vm}'], ['reproteger {vm}'], ['riproteggi {vm}']],
  }),
  sketch('replication.disable', {
    risk: 'destructive',
    shape: shape(),
    phrases: [
      ['disable replication of {vm}', 'stop replicating {vm}'],
      ['desabilitar a replicação da {vm}'],
      ['disabilita la replica di {vm}'],
    ],
  }),
  sketch('replication.enable', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['enable replication of {vm}', 'replicate {vm}'],
      ['habilitar a replicação da {vm}'],
      ['abilita la replica di {vm}'],
    ],
  }),
  sketch('backup-job.cancel', {
    risk: 'reversible',
    shape: shape(),
    phrases: [
      ['cancel the backup of {vm}', 'cancel the backup job of {vm}'],
      ['cancelar o backup da {vm}'],
      ['annulla il backup di {vm}'],
    ],
  }),
];
