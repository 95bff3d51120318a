import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { createSpeech } from '../../src/language/speak.ts';
import { operations } from '../../src/operations/index.ts';
import { aJobSummary, ids, stubContext } from '../support/stub-azure.ts';

const asOf = '2026-11-21T13:02:00.000Z';
const none = { value: [], asOf };
const context = stubContext({
  inventory: {
    jobs: async () => ({ value: [aJobSummary({ status: 'Completed' })], asOf }),
    replicatedItems: async () => none,
    protectedItems: async () => none,
    snapshots: async () => none,
    vms: async () => none,
  },
  compute: { machine: async () => undefined },
});

/** Operation, parameter, what is said of it. */
const nothing = [
  ['backup-job.cancel', 'job', 'no-backup-job-running', /No backup or restore job is running/],
  ['replication-job.cancel', 'job', 'no-replication-job-running', /No replication job is running/],
  ['replication-job.restart', 'job', 'no-replication-job-failed', /No replication job of the last day failed/],
  ['replication-job.resume', 'job', 'no-job-waits', /No replication job waits for a person/],
  ['vm.rebuild', 'vm', 'no-snapshots-of-one-run', /There is no VM with snapshots that one run/],
  ['vm.rebuild', 'snapshots', 'no-snapshots-of-one-run', /There are no snapshots of sql-01 that one run/],
  ['vm.rebuild-in-place', 'snapshots', 'no-snapshots-of-one-run', /There are no snapshots of sql-01/],
  ['disk.create', 'snapshot', 'no-snapshots', /no snapshot that you may see/],
  ['failover.test-cleanup', 'vm', 'nothing-to-clean-up', /no test failover to clean up/],
  ['protection.resume', 'vm', 'no-vm-for-this', /no VM with which this can be done now/],
] as const;

describe('an operation with nothing to act on', () => {
  const speech = createSpeech(operations);
  for (const [id, parameter, code, words] of nothing)
    it(`${id} says so instead of asking for its ${parameter}, in three languages`, async () => {
      const operation = operations.find((one) => one.id === id);
      const given = parameter === 'vm' || parameter === 'job' ? {} : { vm: ids.vm };
      const asking = Promise.resolve(operation?.choices?.(context, parameter, given));
      const error = await asking.then(
        () => undefined,
        (failure: unknown) => failure,
      );
      assert.ok(error instanceof CatalogueError);
      assert.equal(error.code, code);
      const speak = (locale: string) => speech.speakerFor({ locale, timeZone: 'UTC', now: new Date(asOf) });
      assert.match(speak('en')(error.text), words);
      for (const locale of ['en', 'pt-BR', 'it']) assert.doesNotMatch(speak(locale)(error.advice), /^error\./);
    });
});
