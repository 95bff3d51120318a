import assert from 'node:assert/strict';
import { createRecognizer, type Speaker } from '../../src/language/recognize.ts';
import { names } from './estate.ts';
import { practiceOperations } from './practice-operations.ts';

const recognizer = createRecognizer(practiceOperations);

function understand(text: string, speaker: Partial<Speaker> = {}) {
  const now = new Date('2026-11-21T13:02:00Z');
  return recognizer.understand(text, { locale: 'en', timeZone: 'Europe/Rome', now, names, ...speaker });
}

function operationOf(text: string, locale = 'en'): string | null {
  return understand(text, { locale }).operation;
}

describe('understanding', () => {
  it('tells neighbours apart: a test failover, a failover, its commit and its cleanup', () => {
    assert.equal(operationOf('test failover erp-prod-01'), 'failover.test');
    assert.equal(operationOf('fail over erp-prod-01'), 'failover.start');
    assert.equal(operationOf('commit the failover of erp-prod-01'), 'failover.commit');
    assert.equal(operationOf('clean up the test failover of erp-prod-01'), 'failover.test-cleanup');
  });

  it('never takes a typing error for the verb of a change, and offers what may have been meant', () => {
    const { operation, ask, alternatives } = understand('tset failover erp-prod-01');
    assert.equal(operation, null);
    assert.equal(ask?.message, 'language.which');
    assert.ok(alternatives.includes('failover.start') || alternatives.includes('failover.test'));
  });

  it('guesses a read through a typing error', () => {
    const { operation, confidence } = understand('recovry points of sql01');
    assert.equal(operation, 'recovery-point.list');
    assert.ok(confidence < 0.9);
  });

  it('does nothing when the sentence denies', () => {
    for (const text of ["don't fail over erp-prod-01", 'never fail over erp-prod-01', 'do not commit erp-prod-01'])
      assert.equal(operationOf(text), null, text);
    assert.equal(operationOf('não faça failover do erp-prod-01', 'pt-BR'), null);
    assert.equal(operationOf('non fare il failover di erp-prod-01', 'it'), null);
    assert.equal(operationOf('non fare il failover di erp-prod-01', 'en'), null);
  });

  it('says that it starts nothing later', () => {
    assert.equal(understand('fail over erp-prod-01 tomorrow at 9').ask?.message, 'language.later');
    assert.equal(understand('back up sql01 in 2 hours').ask?.message, 'language.later');
    assert.equal(understand('back up sql01 later').ask?.message, 'language.later');
  });

  it('answers a question about an operation with help on it', () => {
    const { operation, parameters } = understand('what does commit do?');
    assert.equal(operation, 'help');
    assert.equal(parameters.topic?.value, 'failover.commit');
  });

  it('takes the rest of a sentence after "because" as the reason', () => {
    const { operation, parameters } = understand('fail over erp-prod-01 because the region does not answer');
    assert.equal(operation, 'failover.start');
    assert.equal(parameters.reason?.said, 'the region does not answer');
  });

  it('finds the VM of a group, and leaves two of one name to be chosen', () => {
    const one = understand('back up app-01 in rg-erp').parameters.vm;
    assert.match(String(one?.value), /rg-erp/);
    const two = understand('back up app-01').parameters.vm;
    assert.equal(two?.value, undefined);
    assert.equal(two?.candidates?.length, 2);
    assert.equal(two?.match, 'exact');
  });

  it('offers names that begin so or are similar, and chooses none of them', () => {
    const begun = understand('back up sql-prod').parameters.vm;
    assert.deepEqual([begun?.match, begun?.value], ['prefix', undefined]);
    const near = understand('back up sql-prd-01').parameters.vm;
    assert.deepEqual([near?.match, near?.value], ['near', undefined]);
    assert.equal(near?.candidates?.[0]?.name, 'sql-prod-01');
    assert.equal(understand('back up nowhere-77').parameters.vm?.match, 'none');
  });

  it('offers a name that exists in another group than the one that was said', () => {
    const vm = understand('back up sql01 in rg-erp').parameters.vm;
    assert.deepEqual([vm?.match, vm?.value, vm?.candidates?.[0]?.resourceGroup], ['near', undefined, 'rg-data']);
  });

  it('takes an unknown name for the VM first, and only a second one for something else', () => {
    const { parameters } = understand('test failover nowhere-77');
    assert.deepEqual([parameters.vm?.said, parameters.network], ['nowhere-77', undefined]);
    const both = understand('test failover erp-prod-01 into dr-net-1').parameters;
    assert.deepEqual([both.vm?.match, both.network?.said], ['exact', 'dr-net-1']);
  });

  it('takes a name by itself for an answer, and asks what about it when it is none', () => {
    const { operation, ask, alternatives, parameters } = understand('sql01');
    assert.deepEqual([operation, ask?.message, parameters.vm?.match], [null, 'language.bare-name', 'exact']);
    assert.ok(alternatives.includes('protection.show'));
    assert.equal(operationOf('sql01?'), 'protection.show');
    assert.equal(operationOf('4F7K'), 'run.show');
  });

  it('leaves several VMs at once to be chosen', () => {
    const vm = understand('back up sql01 and sql-prod-01').parameters.vm;
    assert.equal(vm?.value, undefined);
    assert.equal(vm?.candidates?.length, 2);
  });

  it('counts a duration from now and a day to its end, on the clock of the speaker', () => {
    const until = (text: string) => understand(text).parameters.expiry?.value;
    assert.equal(until('back up sql01, keep it for 60 days'), '2027-01-20T13:02:00.000Z');
    assert.equal(until('back up sql01 until 31 January'), '2027-01-31T22:59:00.000Z');
    assert.equal(until('back up sql01 until 31 July'), '2027-07-31T21:59:00.000Z', 'in summer time');
    const there = understand('back up sql01 until 31 January', { timeZone: 'America/Sao_Paulo' });
    assert.equal(there.parameters.expiry?.value, '2027-02-01T02:59:00.000Z');
  });

  it('reads 03/04 as the speaker writes dates', () => {
    const until = (locale: string) => understand('back up sql01 until 03/04/2027', { locale }).parameters.expiry?.value;
    assert.match(String(until('en-US')), /^2027-03-04/);
    assert.match(String(until('en-GB')), /^2027-04-03/);
  });

  it('asks only for the plan when the sentence begins so', () => {
    for (const text of [
      'plan fail over erp-prod-01',
      'please plan the failover of erp-prod-01',
      'dry run fail over erp-prod-01',
    ])
      assert.deepEqual([operationOf(text), understand(text).dryRun], ['failover.start', true], text);
  });

  it('takes a code for a code and a word for a word', () => {
    assert.equal(understand('approve 4f7k').parameters.run?.value, '4F7K');
    assert.equal(understand('approve ABCD').parameters.run?.value, 'ABCD');
    assert.equal(operationOf('help'), 'help');
    assert.equal(operationOf('runs'), 'run.list');
    assert.equal(understand('approve runs').parameters.run, undefined);
  });

  it('approves nothing with a doubt in it', () => {
    for (const text of [
      'approve 4F7K not',
      'approve 4F7K, but only if it is green',
      "don't approve 4F7K",
      'approve 4F7K - wait',
      'should I approve 4F7K?',
    ])
      assert.notEqual(operationOf(text), 'approve', text);
  });

  it('confirms nothing with more in it than a yes and a name', () => {
    for (const text of ['yes but later', 'yes and no', 'yes vm-sql-01 vm-sql-02', 'yes?maybe'])
      assert.notEqual(operationOf(text), 'confirm', text);
  });

  it('hears another language than the speaker’s, and two in one sentence', () => {
    assert.equal(operationOf('fai il failover di test di erp-prod-01', 'pt-BR'), 'failover.test');
    assert.equal(operationOf('faz um test failover da erp-prod-01', 'en'), 'failover.test');
  });

  it('answers an empty message shortly', () => {
    for (const text of ['', '   ', '👍👍', '\u202e\u200f', '...', '\n\n']) {
      assert.deepEqual(
        [operationOf(text), understand(text).ask?.message],
        [null, 'language.empty'],
        JSON.stringify(text),
      );
    }
    assert.equal(operationOf('??'), 'help');
  });

  it('reads past what keyboards and phones do to a sentence', () => {
    const forms = [
      'Back up sql-prod-01.',
      'BACK UP SQL-PROD-01',
      'back up\u00a0sql\u2013prod\u201301',
      'back up \u201csql-prod-01\u201d',
      '\u202eback up sql-prod-01',
      'back up sql-prod-01 🙏',
      '<at>Vaultkeeper</at> back up sql-prod-01',
      'back&nbsp;up sql-prod-01',
    ];
    for (const form of forms)
      assert.deepEqual([operationOf(form), understand(form).parameters.vm?.match], ['backup.start', 'exact'], form);
  });

  it('takes markup, templates and quotations for what they are', () => {
    const forms = [
      '<b>fail over erp-prod-01</b>',
      'fail over $' + '{vm}',
      '"fail over erp-prod-01"',
      '> fail over erp-prod-01',
      'she wrote "fail over erp-prod-01"',
    ];
    for (const form of forms) assert.equal(operationOf(form), null, form);
  });

  it('does not act on a message that was too long to read whole', () => {
    const filler = ' please'.repeat(300);
    assert.equal(operationOf(`fail over erp-prod-01${filler} don't`), null);
  });

  it('reads ten thousand hostile characters at once', () => {
    const hostile = [
      'a'.repeat(10_000),
      'back up '.repeat(1250),
      '-'.repeat(10_000),
      "'".repeat(10_000),
      '<at>'.repeat(2500),
      '1/'.repeat(5000),
      'a-'.repeat(5000),
      '('.repeat(10_000),
      '. '.repeat(5000),
      '9'.repeat(10_000),
      'until 31 '.repeat(1000),
    ];
    for (const text of hostile) {
      const before = performance.now();
      understand(text);
      assert.ok(performance.now() - before < 250, `${text.slice(0, 10)}… took ${performance.now() - before} ms`);
    }
  });
});
