import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);

function understand(text: string, locale = 'en') {
  return recognizer.understand(text, { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names });
}

describe('what is wished for as if it were done', () => {
  const wishes = [
    ['en', 'erp-prod-01 has to be failed over now', 'failover.start'],
    ['en', 'web-prod-01 should be snapshotted', 'snapshot.create'],
    ['pt-BR', 'a erp-prod-01 tem que ser virada agora', 'failover.start'],
    ['pt-BR', 'a mercury precisa de backup', 'backup.start'],
    ['it', 'sql01 va messa in backup adesso', 'backup.start'],
    ['it', 'erp-prod-01 deve andare in failover', 'failover.start'],
  ] as const;
  for (const [locale, text, meant] of wishes)
    it(`is asked about where nobody is asked to do it: ${text}`, () => {
      const { operation, alternatives, ask } = understand(text, locale);
      assert.equal(operation, null);
      assert.ok(alternatives.includes(meant), alternatives.join());
      assert.equal(ask?.message, 'language.which');
    });

  const requests = [
    ['en', 'i need sql01 backed up', 'backup.start'],
    ['en', 'i need the disks of dc01 restored', 'restore.disks'],
    ['en', 'we want dc01 protected', 'protection.enable'],
    ['pt-BR', 'quero a dc01 protegida', 'protection.enable'],
    ['it', 'voglio dc01 protetta', 'protection.enable'],
  ] as const;
  for (const [locale, text, meant] of requests)
    it(`is a request where somebody wants it of the bot: ${text}`, () => {
      assert.equal(understand(text, locale).operation, meant);
    });

  it('is none where it is only told or asked', () => {
    assert.equal(understand('is sql01 backed up?').operation, 'protection.show');
    assert.equal(understand('i need the recovery points of sql01').operation, 'recovery-point.list');
    assert.equal(understand('coloca a web-prod-02 no backup', 'pt-BR').operation, 'protection.enable');
  });
});

describe('what is done to a machine by a small verb', () => {
  it('is not taken for what is done for it', () => {
    for (const text of [
      'take dc01 out of site recovery',
      'get dc01 out of site recovery',
      'tira a dc01 do site recovery',
    ])
      assert.equal(understand(text).operation, null, text);
    assert.equal(understand('take for the server sql01 a backup').operation, 'backup.start');
    assert.equal(understand('start replicating dc01').operation, 'replication.enable');
  });

  it('is asked about when nobody knows the verb', () => {
    for (const text of ['nuke the backups of mercury', 'conjure up a copy of sql01 from last night'])
      assert.equal(understand(text).operation, null, text);
  });
});
