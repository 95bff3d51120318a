import assert from 'node:assert/strict';
import type { JobProgress } from '../../src/azure/types.ts';
import type { Actor } from '../../src/operations/context.ts';
import { workPosts } from '../../src/posts/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { testClock } from '../support/clock.ts';
import { PostedMessages } from '../support/posted.ts';
import { onUsualHome, type Place, silent } from '../support/store.ts';
import { FakeAzure, vmId } from './fake-azure.ts';
import { Harness, people } from './harness.ts';
import { testOperations } from './operations.ts';

const jobId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv-dr/replicationJobs/j1';
const waitingFor = (name: string): Partial<JobProgress> => ({
  waitsFor: [{ jobId, name, instructions: `Do ${name}` }],
});
const minute = 60;
const resumes = 'replication-job.resume';

/** A run over a fake Azure of which the job stands still when a test says so. */
class Standstill {
  readonly chat = new PostedMessages();
  readonly azure = new FakeAzure();
  readonly time;
  readonly #place: Place;

  constructor(place: Place, start?: string) {
    this.#place = place;
    this.time = testClock(start);
  }

  async open(): Promise<Harness> {
    const { time, azure } = this;
    const known = testOperations(azure);
    const [resume] = known.values();
    assert.ok(resume);
    const operations = new Map([...known, [resumes, { ...resume, id: resumes }] as const]);
    const harness = await Harness.open(this.#place, { time, azure, operations });
    await workPosts({ store: harness.store, posts: this.chat, log: silent, forget: () => Promise.resolve() });
    return harness;
  }

  /** A run that was approved, and has come to its first manual action; `without` have lost the right to act on it meanwhile. */
  async stood(harness: Harness, without: readonly Actor[] = []): Promise<Run> {
    const run = await harness.propose('disruptive');
    this.azure.progress = waitingFor('Check DNS');
    await harness.decide(run, 'approve', people.ben);
    await harness.settle();
    for (const { oid } of without) this.azure.withoutRight.add(oid);
    await harness.pass(3);
    return run;
  }

  get titles() {
    return this.chat.shown.map(({ title }) => title);
  }
}

onUsualHome('a run that waits for a person', (place) => {
  it('calls once in its conversation, with what is to be done, who can say so, and the button for it', async () => {
    const still = new Standstill(await place());
    const runs = await still.open();
    const { code } = await still.stood(runs, [people.ana]);
    await runs.pass(10 * minute);
    assert.equal(still.chat.posted, 1);
    const [message] = still.chat.messages.values();
    assert.ok(message?.screen.screen === 'notice' && message.rings && message.conversationId === 'chat');
    const { title, lead, facts, suggestions } = message.screen.notice;
    assert.deepEqual(title, { message: 'reminder.manual', values: { target: 'sql-01', steps: ['Check DNS'] } });
    assert.deepEqual(lead, ['Do Check DNS']);
    const who = { message: 'reminder.manual-people', values: { vault: 'rsv-dr', people: ['Ben'] } };
    assert.deepEqual(facts?.[0]?.value, who);
    assert.match(JSON.stringify(facts), new RegExp(code));
    assert.deepEqual(suggestions?.[0]?.wish, { operation: 'replication-job.resume', parameters: { job: jobId } });
  });

  it('calls again after 15 and 45 minutes and then every four hours, in one message that moves down, until it goes on', async () => {
    const still = new Standstill(await place());
    const runs = await still.open();
    await still.stood(runs);
    for (const [minutes, posted] of [
      [14, 1],
      [2, 2],
      [28, 2],
      [3, 3],
      [200, 3],
      [60, 4],
    ] as const) {
      await runs.pass(minutes * minute);
      assert.equal(still.chat.posted, posted, `after ${minutes} more minutes`);
      assert.deepEqual(still.titles, ['reminder.manual']);
    }
    still.azure.progress = {};
    await runs.pass(minute);
    assert.deepEqual(
      still.chat.shown.map(({ title, buttons }) => [title, buttons]),
      [['reminder.manual-done', []]],
    );
    await runs.pass(9 * 60 * minute);
    assert.equal(still.chat.posted, 4);
  });

  it('calls for each manual action by itself, also when it goes from one to the next, or to another of the same name', async () => {
    const still = new Standstill(await place());
    const runs = await still.open();
    await still.stood(runs);
    still.azure.progress = waitingFor('Check the database');
    await runs.pass(minute);
    assert.deepEqual(still.titles, ['reminder.manual-done', 'reminder.manual']);
    still.azure.progress = {};
    await runs.pass(minute);
    still.azure.progress = waitingFor('Check the database');
    await runs.pass(minute);
    assert.deepEqual(still.titles, ['reminder.manual-done', 'reminder.manual-done', 'reminder.manual']);
    await runs.pass(16 * minute);
    assert.equal(still.chat.posted, 4);
    still.azure.progress = { state: 'failed' };
    await runs.pass(minute);
    assert.deepEqual(
      still.titles.toSorted(),
      Array.from({ length: 3 }, () => 'reminder.manual-done'),
    );
  });

  it('is called for once, though the run of whoever completed the last one follows the same job', async () => {
    const still = new Standstill(await place());
    const runs = await still.open();
    await still.stood(runs);
    const parameters = { vm: vmId('another') };
    const proposal = { operation: resumes, parameters, actor: people.ana, conversationId: 'chat' };
    const completing = await runs.runs.service.propose({ ...proposal, reader: { locale: 'en', timeZone: 'UTC' } });
    await runs.decide(completing, 'confirm', people.ana);
    await runs.settle();
    await runs.pass(3);
    assert.equal((await runs.stateOf(completing)).progress?.waitsFor?.length, 1);
    assert.equal(still.chat.posted, 1);
  });

  it('is called for also where it has waited since before calls were made', async () => {
    const still = new Standstill(await place());
    const runs = await still.open();
    const run = await runs.propose('reversible');
    await runs.decide(run, 'confirm', people.ana);
    await runs.settle();
    await runs.pass(3);
    const { progress, ...stored } = (await runs.store.runs.get(run.id)) ?? assert.fail();
    assert.ok(progress);
    still.azure.progress = waitingFor('Check DNS');
    const earlier = { ...stored, progress: { ...progress, ...still.azure.progress } };
    await runs.store.transaction((unit) => unit.runs.update([{ run: earlier, was: stored.revision }]));
    await runs.pass(minute);
    assert.equal(still.chat.posted, 1);
  });

  it('waits for the end of the quiet hours that the conversation has set, and comes at night without them', async () => {
    const still = new Standstill(await place(), '2026-03-02T23:00:00.000Z');
    const runs = await still.open();
    await runs.store.quiet.set('chat', { from: '22:00', until: '06:00', timeZone: 'UTC' });
    await still.stood(runs);
    await runs.pass(6 * 60 * minute);
    assert.equal(still.chat.posted, 0);
    await runs.pass(61 * minute);
    assert.equal(still.chat.posted, 1);
  });

  it('is called for by the next process when this one ends before it has', async () => {
    const still = new Standstill(await place());
    const before = await still.open();
    still.chat.down = true;
    await still.stood(before);
    await before.runs.stop();
    await before.store.close();
    still.chat.down = false;
    const after = await still.open();
    await after.pass(2 * minute);
    assert.equal(still.chat.posted, 1);
  });
});
