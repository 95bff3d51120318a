import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answerReader } from '../../src/language/answer.ts';
import { createRecognizer } from '../../src/language/recognize.ts';
import { instantsAt, wallClockOf } from '../../src/language/zone.ts';
import { operations } from '../../src/operations/index.ts';
import { names } from './estate.ts';

const now = new Date('2026-11-21T15:00:00Z');
const recognizer = createRecognizer(operations);
const read = answerReader();

function understand(text: string, locale = 'en', timeZone = 'Europe/Rome') {
  return recognizer.understand(text, { locale, timeZone, now, names });
}

function answer(words: string, locale = 'en') {
  return read('recovery-point', words, { locale, timeZone: 'Europe/Rome', now, names });
}

const two = (count: number) => String(count).padStart(2, '0');

describe('a recovery point in a sentence', () => {
  const nov18 = '2026-11-18T01:00:00.000Z';
  const today14 = '2026-11-21T13:00:00.000Z';
  const yesterday9 = '2026-11-20T08:00:00.000Z';
  const twoDaysAgo9 = '2026-11-19T08:00:00.000Z';
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['en', 'restore sql-prod-01 from before 14:00 to disks', 'restore.disks', today14],
    ['en', "restore the disks of sql-prod-01 from before yesterday's deploy at 9", 'restore.disks', yesterday9],
    ['en', 'restore the disks of sql-prod-01 from before the deploy at 9 yesterday', 'restore.disks', yesterday9],
    ['en', 'restore the disks of sql-prod-01 from 2 hours ago', 'restore.disks', today14],
    ['en', 'restore the disks of sql-prod-01 from the day before yesterday at 9', 'restore.disks', twoDaysAgo9],
    ['pt-BR', 'restaurar os discos da sql-prod-01 de anteontem às 9', 'restore.disks', twoDaysAgo9],
    ['pt-BR', 'recuperar os discos da sql-prod-01 de antes de ontem às 9', 'restore.disks', twoDaysAgo9],
    ['it', "ripristina i dischi di sql-prod-01 dell'altro ieri alle 9", 'restore.disks', twoDaysAgo9],
    ['it', 'ripristina i dischi di sql-prod-01 di avantieri alle 9', 'restore.disks', twoDaysAgo9],
    ['en', 'restore the disks of sql-prod-01 from before 9', 'restore.disks', '2026-11-21T08:00:00.000Z'],
    ['en', 'restore the disks of sql-prod-01 from before 1 January 2026', 'restore.disks', '2025-12-31T23:00:00.000Z'],
    ['en', 'restore sql-prod-01 to a new VM from the latest backup', 'restore.new-vm', 'latest'],
    ['en', 'restore the disks of sql-prod-01 from the second point', 'restore.disks', '#2'],
    [
      'en',
      'replace the disks of sql-prod-01 with the last application-consistent point',
      'restore.replace-disks',
      'latest-application-consistent',
    ],
    ['en', 'test failover of erp-prod-01 from before 14:00', 'failover.test', today14],
    [
      'en',
      'test failover of erp-prod-01 with the latest application-consistent point',
      'failover.test',
      'latest-application-consistent',
    ],
    ['en', 'fail over erp-prod-01 to the latest processed point', 'failover.start', 'latest-processed'],
    ['en', 'change the recovery point of erp-prod-01 to before 14:00', 'failover.change-point', today14],
    ['en', 'restore the disks of sql-prod-01 from Nov 18 at 02:00', 'restore.disks', nov18],
    ['en', 'restore the disks of sql-prod-01 from 18 Nov 02:00', 'restore.disks', nov18],
    ['en', 'fail over erp-prod-01 to the point of Nov 18 02:00', 'failover.start', nov18],
    ['pt-BR', 'restaurar a sql-prod-01 para discos a partir de antes das 14:00', 'restore.disks', today14],
    ['pt-BR', 'restaurar os discos da sql-prod-01 de antes das 14h', 'restore.disks', today14],
    ['pt-BR', 'restaurar os discos da sql-prod-01 de antes do deploy de ontem às 9', 'restore.disks', yesterday9],
    [
      'pt-BR',
      'restaurar os discos da sql-prod-01 do último ponto consistente com o aplicativo',
      'restore.disks',
      'latest-application-consistent',
    ],
    ['pt-BR', 'failover de teste da erp-prod-01 com o último ponto processado', 'failover.test', 'latest-processed'],
    ['it', 'ripristina sql-prod-01 su dischi da prima delle 14:00', 'restore.disks', today14],
    ['it', 'ripristina i dischi di sql-prod-01 da prima del deploy di ieri alle 9', 'restore.disks', yesterday9],
    [
      'it',
      "ripristina i dischi di sql-prod-01 dall'ultimo punto coerente con l'applicazione",
      'restore.disks',
      'latest-application-consistent',
    ],
    ['it', "failover di test di erp-prod-01 con l'ultimo punto elaborato", 'failover.test', 'latest-processed'],
  ];
  for (const [locale, text, operation, point] of cases) {
    it(`is understood: ${text}`, () => {
      const understood = understand(text, locale);
      assert.equal(understood.operation, operation);
      assert.equal(understood.parameters.point?.value, point);
      assert.equal(understood.parameters.reason, undefined);
    });
  }

  it('is no point where an event is only the reason', () => {
    const { operation, parameters } = understand('fail over erp-prod-01 before the deploy at 9');
    assert.deepEqual(
      [operation, parameters.point, parameters.reason?.said],
      ['failover.start', undefined, 'deploy at 9'],
    );
  });

  it('is not guessed out of a denial, a time ahead, or several', () => {
    for (const text of [
      'restore sql-prod-01 not before 14:00',
      'restore the disks of sql-prod-01 tomorrow at 9',
      'restore the disks of sql-prod-01 from the last 2 points',
    ])
      assert.equal(understand(text).operation, null, text);
  });

  it('leaves questions about points what they are', () => {
    assert.equal(understand('show the latest recovery point of sql-prod-01').operation, 'recovery-point.list');
    assert.equal(understand('last backup of sql-prod-01').operation?.startsWith('restore') ?? false, false);
  });

  it('is the time of day that was said, whatever the clock, the zone and the event', () => {
    const hour = fc.integer({ min: 0, max: 23 });
    const minute = fc.integer({ min: 0, max: 59 });
    const event = fc.constantFrom('', "yesterday's deploy at ", 'the release at ', 'the incident at ');
    const zone = fc.constantFrom('UTC', 'Europe/Rome', 'America/Sao_Paulo', 'Asia/Kolkata', 'America/New_York');
    fc.assert(
      fc.property(hour, minute, event, zone, (h, m, what, timeZone) => {
        const text = `restore the disks of sql-prod-01 from before ${what}${two(h)}:${two(m)}`;
        const { operation, parameters } = understand(text, 'en', timeZone);
        assert.equal(operation, 'restore.disks', text);
        const value = new Date(String(parameters.point?.value));
        const wall = wallClockOf(value, timeZone);
        assert.deepEqual([wall.hour, wall.minute, parameters.point?.before], [h, m, true], text);
        assert.ok(value <= now && now.getTime() - value.getTime() <= 48 * 3_600_000, text);
      }),
      { numRuns: 60 },
    );
  });

  it('never turns a sentence about points into another operation by what stands in it', () => {
    const words = fc.constantFrom(
      'from',
      'before',
      'the',
      'last',
      'latest',
      'point',
      '2',
      '14:00',
      'yesterday',
      'at',
      'one',
      'not',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 7 }), (said) => {
        const { operation } = understand(`restore the disks of sql-prod-01 ${said.join(' ')}`);
        assert.ok(operation === null || operation === 'restore.disks', `${said.join(' ')}: ${operation}`);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a time that the clocks show twice, or never', () => {
  it('has two meanings in the autumn night, none in the spring night, and one otherwise', () => {
    const twice = understand('restore the disks of sql-prod-01 from before 2026-10-25 02:30').parameters.point;
    assert.deepEqual(twice?.meanings, ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
    assert.equal(twice?.value, undefined);
    const never = understand('restore the disks of sql-prod-01 from before 2026-03-29 02:30').parameters.point;
    assert.deepEqual([never?.meanings, never?.value], [[], undefined]);
    const once = understand('restore the disks of sql-prod-01 from before 2026-10-25 04:30').parameters.point;
    assert.deepEqual([once?.meanings, once?.value], [undefined, '2026-10-25T03:30:00.000Z']);
  });

  it('is asked back where something is kept until then', () => {
    const keep = understand('back up sql-prod-01 and keep it until 2027-10-31 02:30').parameters.keepUntil;
    assert.deepEqual([keep?.meanings?.length, keep?.value], [2, undefined]);
  });

  it('is one of the moments at which the clocks show it', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    const zone = fc.constantFrom('Europe/Rome', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const minute = Math.floor(at.getTime() / 60_000) * 60_000;
        const found = instantsAt(wallClockOf(new Date(minute), timeZone), timeZone).map((one) => one.getTime());
        assert.ok(found.includes(minute));
        assert.ok(found.length <= 2);
      }),
    );
  });
});

describe('a recovery point as an answer', () => {
  it('is a word, a number, a time', () => {
    assert.equal(answer('latest')?.value, 'latest');
    assert.equal(answer('the latest one')?.value, 'latest');
    assert.equal(answer('last application-consistent')?.value, 'latest-application-consistent');
    assert.equal(answer("l'ultimo coerente con l'applicazione", 'it')?.value, 'latest-application-consistent');
    assert.equal(answer('before 14:00')?.value, '2026-11-21T13:00:00.000Z');
    assert.equal(answer("before yesterday's deploy at 9")?.value, '2026-11-20T08:00:00.000Z');
    assert.equal(answer('antes do deploy de ontem às 9', 'pt-BR')?.value, '2026-11-20T08:00:00.000Z');
    assert.deepEqual(
      [answer('the second one')?.kind, answer('the second one')?.value, answer('il secondo', 'it')?.value],
      ['number', 2, 2],
    );
    assert.equal(answer('blue'), undefined);
  });
});
