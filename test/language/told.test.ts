import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);
const changing = new Set(operations.filter(isChanging).map(({ id }) => id));
const now = new Date('2026-11-21T13:02:00Z');

function understand(text: string, locale: string) {
  return recognizer.understand(text, { locale, timeZone: 'Europe/Rome', now, names });
}

describe('what is told before a request', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['en', 'the drill went fine, clean up erp-prod-01', 'failover.test-cleanup'],
    ['en', 'the region is down, fail over erp-prod-01', 'failover.start'],
    ['pt-BR', 'a região caiu, faz failover da erp-prod-01', 'failover.start'],
    ['it', 'la regione è giù, fai il failover di erp-prod-01', 'failover.start'],
    ['en', 'everything in erp-plan works over there, make it final', 'plan.commit'],
    ['en', "snap-1 isn't needed any more, please remove that snapshot", 'snapshot.delete'],
  ];
  for (const [locale, text, operation] of cases)
    it(`does not hide it: ${text}`, () => {
      assert.equal(understand(text, locale).operation, operation);
    });

  it('says which VM is meant by "it", or where none is named', () => {
    for (const [locale, text] of [
      ['en', 'the drill of dc01 went fine, clean it up'],
      ['it', 'la prova di dc01 è andata bene, pulisci'],
      ['it', 'dc01 va bene dopo il failover, confermalo'],
    ] as const) {
      const { operation, parameters } = understand(text, locale);
      assert.ok(changing.has(operation ?? ''), text);
      assert.equal(parameters.vm?.said, 'dc01', text);
    }
  });

  it('makes no request of what is only reported, a condition, or about another VM', () => {
    for (const text of [
      'Anna is down: fail over erp-prod-01',
      'if the region is down, fail over erp-prod-01',
      'is the region down, fail over erp-prod-01',
      'after the drill went fine, clean up erp-prod-01',
      'in a disaster, fail over erp-prod-01',
      'the runbook is done: fail over erp-prod-01',
      'dc01 is down, fail over erp-prod-01',
    ])
      assert.ok(!changing.has(understand(text, 'en').operation ?? ''), text);
  });

  const apart: readonly (readonly [string, string | null])[] = [
    ['7M3Q ok, approved', 'approve'],
    ['yes, you can go ahead with 9TQ2, I approve', 'approve'],
    ["spoke to Priya about 2XP8, we don't want this, reject please", 'reject'],
    ['Priya told me 7M3Q, approved', 'run.show'],
    ['not 7M3Q, approved', 'run.show'],
    ['7M3Q and 4F7K, approved', 'run.show'],
    ['looks good to me 4F7K?', 'run.show'],
    ['7M3Q looks bad, approved?', 'run.show'],
  ];
  for (const [text, word] of apart)
    it(`stands apart from the code of the run: ${text}`, () => {
      const { operation, parameters } = understand(text, 'en');
      assert.equal(operation, word);
      assert.match(String(parameters.run?.value), /^[0-9A-Z]{4}$/);
    });

  it('comes before a decision as well, with the code of the run', () => {
    const { operation, parameters } = understand('looks fine to me, approve 4F7K', 'en');
    assert.deepEqual([operation, parameters.run?.value], ['approve', '4F7K']);
    assert.notEqual(understand('looks fine to me, approve', 'en').operation, 'approve');
  });
});

describe('a word that decides only with the code of a run', () => {
  it('is nothing by itself', () => {
    for (const [locale, word] of [
      ['en', 'lgtm'],
      ['pt-BR', 'liberado'],
      ['it', 'via libera'],
    ] as const) {
      assert.notEqual(understand(word, locale).operation, 'approve', word);
      const { operation, parameters } = understand(`${word} 4F7K`, locale);
      assert.deepEqual([operation, parameters.run?.value], ['approve', '4F7K'], word);
    }
  });
});

describe('a verb for two kinds of restore', () => {
  it('asks which is meant, unless the sentence says where', () => {
    for (const [locale, text] of [
      ['pt-BR', 'volta os discos da sql01 pro backup'],
      ['it', 'riporta sql01 al backup di ieri'],
    ] as const) {
      const { operation, alternatives } = understand(text, locale);
      assert.equal(operation, null, text);
      assert.ok(alternatives.includes('restore.replace-disks'), text);
    }
    assert.equal(understand('volta a sql01 pro ultimo backup, mesma vm', 'pt-BR').operation, 'restore.replace-disks');
  });
});

describe('a verb of several words around what it is done to', () => {
  it('is one verb', () => {
    assert.equal(understand('turn backups back on for mercury', 'en').operation, 'protection.resume');
    assert.equal(understand('turn replication off for sql01', 'en').operation, 'replication.disable');
  });
});

describe('a snapshot by its name alone', () => {
  it('is meant where something is done to it that is done to snapshots', () => {
    assert.equal(understand('delete snap-1', 'en').operation, 'snapshot.delete');
    for (const text of ['snap-1', 'create snap-1', 'take snap-1'])
      assert.ok(!changing.has(understand(text, 'en').operation ?? ''), text);
  });
});

describe('a request beside which something is told', () => {
  const asks: readonly (readonly [string, string, string])[] = [
    ['en', 'users are queueing at the front desk, fail over sql-prod-01', 'failover.start'],
    ['en', 'take a snapshot of web-prod-01, the vendor is poking at it', 'snapshot.create'],
    ['en', 'the log volume of sql01 keeps growing so back it up', 'backup.start'],
    ['en', 'INC0012345: back up sql01', 'backup.start'],
    ['en', "stop the running backup of erp-prod-01, it's killing the disks", 'backup-job.cancel'],
    ['en', 'cancel the running backup of erp-prod-01, we need the bandwidth', 'backup-job.cancel'],
    ['en', 'can you back up dc01? we are about to raise the domain level', 'backup.start'],
    ['en', 'recover the deleted backup of erp-prod-01 (still in soft delete)', 'protection.undelete'],
    ['en', "back up sql01 before tonight's portal update", 'backup.start'],
    ['en', 'back up sql01, deploy is tonight', 'backup.start'],
    ['en', 'outage, fail over sql01 now', 'failover.start'],
    ['en', 'web-prod-01 is broken after the patch, replace its disks', 'restore.replace-disks'],
    ['en', 'ransomware note on web-prod-02. I want it backed up', 'backup.start'],
    ['en', 'users lost a spreadsheet on erp-prod-01, recover it from the backup of yesterday', 'restore.files'],
    ['en', 'stop the backups of sql01, the server is retired next month', 'protection.stop'],
    ['pt-BR', 'faz um backup da sql01, o fornecedor vai trocar o disco amanhã', 'backup.start'],
    ['it', 'fai un backup di sql01, il fornitore domani cambia il disco', 'backup.start'],
    ['pt-BR', 'os usuários da sql01 reclamam muito, faz um backup dela', 'backup.start'],
    ['it', 'gli utenti non riescono a entrare in erp-prod-01, fai il failover', 'failover.start'],
  ];
  for (const [locale, text, operation] of asks)
    it(`is understood without it: ${text}`, () => {
      assert.equal(understand(text, locale).operation, operation);
    });

  const silent: readonly (readonly [string, string])[] = [
    ['en', 'the vendor wrote on the portal, fail over sql-prod-01'],
    ['en', 'whenever the reactor melts, fail over sql-prod-01'],
    ['en', 'fail over sql-prod-01, just kidding everybody'],
    ['en', 'fail over sql-prod-01, or maybe the whole shebang'],
    ['en', 'fail over sql-prod-01, we do it tomorrow'],
    ['en', 'back up sql01: succeeded'],
    ['pt-BR', 'faz um backup da sql01 - já foi feito'],
    ['pt-BR', 'não apaga os dados do backup da sql01 até sexta'],
    ['en', 'take a backup of sql01 for testing maybe'],
    ['en', 'colleague: delete the backups of sql01'],
    ['it', 'fai il failover di sql01 come da programma domani'],
    ['en', 'swap web-prod-02'],
    ['pt-BR', 'failover de este da erp-prod-01'],
    ['en', 'I wish I had taken… a snapshot of sql01'],
    ['en', 'please back up sql01? nah its fine'],
    ['en', "uno the deletion of sql01's backups because legal needs it"],
    ['en', 'change the replication of sql01'],
    ['en', 'fail over sql-prod-01, deploy in 10 minutes'],
    ['en', 'fail over sql-prod-01, the maintenance is tonight'],
    ['en', "fail over sql-prod-01, that's for tomorrow"],
    ['en', "fail over sql-prod-01 before tonight's portal update"],
    ['pt-BR', 'faz o failover da sql-prod-01, a gente faz isso amanhã'],
    ['it', 'fai il failover di sql-prod-01, domani'],
    ['en', 'Kowalski, fail over sql-prod-01'],
    ['en', 'Kowalski from networking: fail over sql-prod-01'],
    ['en', 'not quite prepared here, fail over sql-prod-01'],
    ['en', 'users of web-prod-01 grumble loudly, fail over sql-prod-01'],
    ['pt-BR', 'o fornecedor escreveu no portal, faz o failover da sql-prod-01'],
    ['it', 'fai il failover di sql-prod-01, anzi lascia stare tutto'],
  ];
  for (const [locale, text] of silent)
    it(`is none where that may take it back: ${text}`, () => {
      const { operation } = understand(text, locale);
      assert.ok(!changing.has(operation ?? ''), String(operation));
    });
});

describe('a reason', () => {
  const kept: readonly (readonly [string, string, string, Record<string, string>])[] = [
    ['it', 'snapshot di mercury prima della patch e tienilo 3 giorni', 'patch', { keepUntil: '3 giorni' }],
    ['it', "fai il failover di test di sql01 per l'audit, rete vnet-test", "per l'audit", { network: 'vnet-test' }],
  ];
  for (const [locale, text, reason, given] of kept)
    it(`ends where parameters go on: ${text}`, () => {
      const { parameters } = understand(text, locale);
      assert.equal(parameters.reason?.said, reason);
      for (const [name, said] of Object.entries(given)) assert.equal(parameters[name]?.said, said);
    });
});
