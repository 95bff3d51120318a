import { z } from 'zod';
import { type Operation, type OperationTexts, reading } from '../../src/operations/operation.ts';
import { parameter } from '../../src/operations/parameters.ts';

type Shape = Readonly<Record<string, z.ZodType>>;
type Phrases = readonly [en: readonly string[], pt: readonly string[], it: readonly string[]];

interface Sketch {
  readonly risk: Operation['risk'];
  readonly shape: Shape;
  readonly phrases: Phrases;
}

/** An operation that can be understood and talked about, and nothing else: what the recognizer and the voice see of one. */
export function sketch(id: string, { risk, shape, phrases }: Sketch): Operation {
  const [en, pt, it] = phrases;
  const operation = reading({
    id,
    area: 'status',
    risk: 'read',
    texts: { en: texts(id, en), 'pt-BR': texts(id, pt), it: texts(id, it) },
    parameters: z.object(shape),
    actions: [],
    rights: () => Promise.resolve([]),
    answer: () => Promise.reject(new Error('a sketch answers nothing')),
  });
  return { ...operation, risk } as Operation;
}

function texts(id: string, phrases: readonly string[]): OperationTexts {
  return { title: id, does: id, example: phrases[0] ?? '', phrases, messages: {} };
}

const { vm, expiry, instant, replicationPoint, network, run } = parameter;

function backupStart(): Operation {
  const start = sketch('backup.start', {
    risk: 'reversible',
    shape: { vm: vm(), expiry: expiry() },
    phrases: [
      ['back up {vm}', 'back up {vm}, keep it for {expiry}', 'back up {vm} until {expiry}', 'start a backup of {vm}'],
      ['fazer backup de {vm}', 'faça backup de {vm} e guarde por {expiry}'],
      ['fai il backup di {vm}', 'fai il backup di {vm}, tienilo per {expiry}', 'esegui un backup di {vm}'],
    ],
  });
  const { texts: own } = start;
  return {
    ...start,
    texts: {
      en: { ...own.en, title: 'Back up', does: 'back up a VM now' },
      'pt-BR': { ...own['pt-BR'], title: 'Fazer backup' },
      it: { ...own.it, title: 'Esegui il backup' },
    },
  };
}

/** Operations that look like the real ones, so that the recognizer is tested on its own words and not on theirs. */
export const practiceOperations: readonly Operation[] = [
  backupStart(),
  sketch('snapshot.create', {
    risk: 'reversible',
    shape: { vm: vm(), expiry: expiry() },
    phrases: [
      ['snapshot {vm}', 'take a snapshot of {vm}', 'snapshot all disks of {vm}'],
      ['criar snapshot de {vm}', 'tire um snapshot de {vm}'],
      ['fai uno snapshot di {vm}', 'crea uno snapshot di {vm}'],
    ],
  }),
  sketch('failover.test', {
    risk: 'disruptive',
    shape: { vm: vm(), point: replicationPoint(), network: network() },
    phrases: [
      ['test failover {vm}', 'run a test failover of {vm}', 'DR drill for {vm}'],
      ['failover de teste de {vm}', 'testar o failover de {vm}'],
      ['failover di test di {vm}', 'prova il failover di {vm}'],
    ],
  }),
  sketch('failover.test-cleanup', {
    risk: 'reversible',
    shape: { vm: vm() },
    phrases: [
      ['clean up the test failover of {vm}', 'clean up {vm}', 'clean up'],
      ['limpar o failover de teste de {vm}', 'limpar {vm}'],
      ['pulisci il failover di test di {vm}', 'pulisci {vm}'],
    ],
  }),
  sketch('failover.start', {
    risk: 'destructive',
    shape: { vm: vm() },
    phrases: [
      ['fail over {vm}', 'failover {vm}'],
      ['fazer failover de {vm}', 'failover de {vm}'],
      ['esegui il failover di {vm}', 'failover di {vm}'],
    ],
  }),
  sketch('failover.commit', {
    risk: 'destructive',
    shape: { vm: vm() },
    phrases: [
      ['commit {vm}', 'commit the failover of {vm}'],
      ['confirmar o failover de {vm}', 'efetivar o failover de {vm}'],
      ['commit del failover di {vm}', 'conferma il failover di {vm}'],
    ],
  }),
  sketch('snapshot.delete', {
    risk: 'destructive',
    shape: { vm: vm() },
    phrases: [['delete the snapshots of {vm}'], ['excluir os snapshots de {vm}'], ['elimina gli snapshot di {vm}']],
  }),
  sketch('protection.stop', {
    risk: 'destructive',
    shape: { vm: vm() },
    phrases: [
      ['stop protection of {vm}', 'stop backing up {vm}'],
      ['parar a proteção de {vm}'],
      ['interrompi la protezione di {vm}'],
    ],
  }),
  sketch('protection.show', {
    risk: 'read',
    shape: { vm: vm() },
    phrases: [
      ['is {vm} protected', 'show {vm}', 'status of {vm}', 'is {vm} backed up'],
      ['{vm} está protegida', '{vm} tem backup', 'status de {vm}'],
      ['{vm} è protetta', '{vm} ha un backup', 'stato di {vm}'],
    ],
  }),
  sketch('protection.list-unprotected', {
    risk: 'read',
    shape: {},
    phrases: [
      ['what is not protected', 'unprotected VMs', 'which VMs have no backup'],
      ['o que não está protegido', 'VMs sem backup', 'VMs desprotegidas'],
      ['cosa non è protetto', 'VM senza backup', 'VM non protette'],
    ],
  }),
  sketch('recovery-point.list', {
    risk: 'read',
    shape: { vm: vm(), since: instant().optional(), until: instant().optional() },
    phrases: [
      ['recovery points of {vm}', 'restore points of {vm}', 'recovery points of {vm} since {since}'],
      ['pontos de recuperação de {vm}'],
      ['punti di ripristino di {vm}'],
    ],
  }),
  sketch('run.list', {
    risk: 'read',
    shape: {},
    phrases: [
      ['runs', 'what is running'],
      ['execuções', 'o que está em andamento'],
      ['esecuzioni', 'cosa è in corso'],
    ],
  }),
  sketch('run.show', {
    risk: 'read',
    shape: { run: run() },
    phrases: [['show run {run}', 'run {run}', 'what happened to {run}'], ['execução {run}'], ['esecuzione {run}']],
  }),
];
