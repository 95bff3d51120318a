import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { LeftOpen, StillOpen } from '../../src/operations/left-open.ts';
import { workPosts } from '../../src/posts/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { type TestTime, testClock } from '../support/clock.ts';
import { PostedMessages } from '../support/posted.ts';
import { onHome, onUsualHome, type Place, silent } from '../support/store.ts';
import { FakeAzure } from './fake-azure.ts';
import { Harness, people } from './harness.ts';
import { testOperations } from './operations.ts';

const uncommitted: StillOpen = {
  open: true,
  sentence: { message: 'reminder.uncommitted' },
  suggestions: [{ title: 'Commit', wish: { operation: 'failover.commit', parameters: {} } }],
};

/** A failover over a fake Azure that a test opens and closes by hand. */
class Trial {
  readonly chat = new PostedMessages();
  readonly azure = new FakeAzure();
  seen: StillOpen | CatalogueError = uncommitted;
  looks = 0;
  readonly time: TestTime;
  harnesses: Harness[] = [];
  readonly #place: Place;
  readonly #leftOpen: Partial<LeftOpen>;

  constructor(place: Place, leftOpen: Partial<LeftOpen> = {}, start = '2026-03-02T08:00:00.000Z') {
    this.#place = place;
    this.#leftOpen = leftOpen;
    this.time = testClock(start);
  }

  /** A replica of the product. */
  async open(chat: PostedMessages = this.chat): Promise<Harness> {
    const leftOpen: LeftOpen = {
      kind: 'failover',
      remindAfterMinutes: [15, 45],
      thenEveryMinutes: 240,
      waitsForMorning: false,
      stillOpen: () => this.#look(),
      ...this.#leftOpen,
    };
    const operations = testOperations(this.azure);
    const failover = operations.get('test.disruptive');
    assert.ok(failover);
    const known = new Map([...operations, ['test.disruptive', { ...failover, leftOpen }] as const]);
    const harness = await Harness.open(this.#place, { time: this.time, azure: this.azure, operations: known });
    await workPosts({ store: harness.store, posts: chat, log: silent, forget: () => Promise.resolve() });
    this.harnesses.push(harness);
    return harness;
  }

  #look(): Promise<StillOpen> {
    this.looks += 1;
    return this.seen instanceof CatalogueError ? Promise.reject(this.seen) : Promise.resolve(this.seen);
  }

  /** A run from the request to its end. */
  async ended(harness: Harness, state: 'succeeded' | 'failed' = 'succeeded'): Promise<Run> {
    const run = await harness.propose('disruptive');
    this.azure.progress = { state };
    await harness.decide(run, 'approve', people.ben);
    await harness.settle();
    await harness.pass(3);
    assert.equal((await harness.stateOf(run)).state, state);
    return run;
  }
}

/** Title and buttons of each message. */
function looks({ shown }: PostedMessages) {
  return shown.map(({ title, buttons }) => ({ title, buttons }));
}

const minute = 60;

onUsualHome('what a run leaves open', (place) => {
  it('is reminded of after 15 and 45 minutes and then every four hours, in one message that moves down', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs);
    await runs.pass(14 * minute);
    assert.deepEqual([trial.chat.posted, trial.looks], [0, 0]);
    for (const [minutes, posted] of [
      [2, 1],
      [28, 1],
      [3, 2],
      [200, 2],
      [60, 3],
      [242, 4],
    ] as const) {
      await runs.pass(minutes * minute);
      assert.equal(trial.chat.posted, posted, `after ${minutes} more minutes`);
    }
    assert.deepEqual(looks(trial.chat), [
      { title: 'reminder.kind.failover', buttons: ['failover.commit', 'stop-reminding'] },
    ]);
  });

  it('is not reminded of when Azure says that it is done, and is listed until then', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    const { code } = await trial.ended(runs);
    const listed = async () => (await runs.runs.reader.leftOpen('tenant')).map(({ run }) => run.code);
    assert.deepEqual(await listed(), [code]);
    assert.deepEqual(await runs.runs.reader.leftOpen('other-tenant'), []);
    trial.seen = { open: false };
    await runs.pass(16 * minute);
    assert.deepEqual([trial.chat.posted, await listed()], [0, []]);
    await runs.pass(24 * 60 * minute);
    assert.deepEqual([trial.chat.posted, trial.looks], [0, 1]);
  });

  it('turns its last reminder into a line without buttons when it is done', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs);
    await runs.pass(16 * minute);
    trial.seen = { open: false };
    await runs.pass(31 * minute);
    assert.deepEqual(looks(trial.chat), [{ title: 'reminder.closed.failover', buttons: [] }]);
    assert.equal(trial.chat.posted, 1);
  });

  it('is looked at again as soon as another run on the same target has ended', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs);
    await runs.pass(16 * minute);
    const commit = await runs.propose('reversible');
    await runs.decide(commit, 'confirm', people.ana);
    trial.seen = { open: false };
    await runs.settle();
    await runs.pass(3);
    await runs.pass(6);
    assert.equal((await runs.stateOf(commit)).state, 'succeeded');
    assert.deepEqual(looks(trial.chat), [{ title: 'reminder.closed.failover', buttons: [] }]);
  });

  it('waits while Azure works on it or does not answer, and is asked about again', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs);
    trial.seen = { open: 'busy' };
    await runs.pass(16 * minute);
    trial.seen = new CatalogueError('azure-unavailable');
    await runs.pass(6 * minute);
    assert.deepEqual([trial.chat.posted, trial.looks], [0, 2]);
    trial.seen = uncommitted;
    await runs.pass(6 * minute);
    assert.equal(trial.chat.posted, 1);
  });

  it('of a failed run is listed only after Azure has said that it is open', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs, 'failed');
    assert.deepEqual(await runs.runs.reader.leftOpen('tenant'), []);
    await runs.pass(16 * minute);
    assert.equal((await runs.runs.reader.leftOpen('tenant')).length, 1);
  });

  it('is reminded of for the later one of two runs only', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    await trial.ended(runs);
    const second = await trial.ended(runs);
    assert.deepEqual(
      (await runs.runs.reader.leftOpen('tenant')).map(({ run }) => run.code),
      [second.code],
    );
    await runs.pass(17 * minute);
    assert.equal(trial.chat.posted, 1);
  });

  it('can be silenced by anybody of the tenant, and stays listed', async () => {
    const trial = new Trial(await place());
    const runs = await trial.open();
    const { code } = await trial.ended(runs);
    await runs.pass(16 * minute);
    assert.deepEqual(await runs.runs.stopReminders({ actor: people.eve, conversationId: 'chat', code }), []);
    assert.deepEqual(await runs.runs.stopReminders({ actor: people.ben, conversationId: 'another' }), []);
    const stopped = await runs.runs.stopReminders({ actor: people.ben, conversationId: 'chat' });
    assert.deepEqual(
      stopped.map((run) => run.code),
      [code],
    );
    await runs.settle();
    assert.deepEqual(looks(trial.chat), [{ title: 'reminder.kind.failover', buttons: ['failover.commit'] }]);
    await runs.pass(6 * 60 * minute);
    assert.equal(trial.chat.posted, 1);
    assert.equal((await runs.runs.reader.leftOpen('tenant')).at(0)?.stoppedBy, 'Ben');
  });

  it('survives a process that ends between the note and the message: the reminder is posted by the next one', async () => {
    const trial = new Trial(await place());
    const before = await trial.open();
    await trial.ended(before);
    trial.chat.down = true;
    await before.pass(16 * minute);
    assert.equal(trial.chat.posted, 0);
    await before.runs.stop();
    await before.store.close();
    trial.chat.down = false;
    const after = await trial.open();
    await after.pass(2 * minute);
    assert.deepEqual([trial.chat.posted, trial.chat.shown.length], [1, 1]);
    await after.pass(31 * minute);
    assert.equal(trial.chat.posted, 2);
  });
});

onUsualHome('reminders at night', (place) => {
  const drill = {
    kind: 'test-failover',
    remindAfterMinutes: [120],
    thenEveryMinutes: 1440,
    waitsForMorning: true,
  } as const;
  const evening = '2026-03-02T19:00:00.000Z';

  it('wait for eight in the morning when they can, by the clock of whoever asked', async () => {
    const trial = new Trial(await place(), drill, evening);
    const runs = await trial.open();
    await trial.ended(runs);
    await runs.pass(12 * 60 * minute);
    assert.equal(trial.chat.posted, 0);
    await runs.pass(61 * minute);
    assert.deepEqual(
      trial.chat.shown.map(({ title }) => title),
      ['reminder.kind.test-failover'],
    );
  });

  it('come all the same for a failover, unless the conversation has quiet hours', async () => {
    const trial = new Trial(await place(), {}, evening);
    const runs = await trial.open();
    await trial.ended(runs);
    await runs.pass(16 * minute);
    assert.equal(trial.chat.posted, 1);
    await runs.store.quiet.set('chat', { from: '19:30', until: '06:00', timeZone: 'UTC' });
    await runs.pass(10 * 60 * minute);
    assert.equal(trial.chat.posted, 1);
    await runs.pass(60 * minute);
    assert.equal(trial.chat.posted, 2);
  });

  it('come for a drill too where people want to be disturbed', async () => {
    const trial = new Trial(await place(), drill, evening);
    const runs = await trial.open();
    await runs.store.quiet.set('chat', { from: '00:00', until: '00:00', timeZone: 'UTC' });
    await trial.ended(runs);
    await runs.pass(121 * minute);
    assert.equal(trial.chat.posted, 1);
  });
});

describe('two replicas', () => {
  onHome('server', (place) => {
    it('post one reminder', async () => {
      const trial = new Trial(await place());
      const [one, two] = [await trial.open(), await trial.open()];
      await trial.ended(one);
      await one.pass(16 * minute);
      await two.settle();
      assert.deepEqual([trial.chat.posted, trial.looks], [1, 1]);
    });
  });
});
