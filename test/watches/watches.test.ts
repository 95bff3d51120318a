import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { mostWatches } from '../../src/watches/index.ts';
import { onHome, onUsualHome } from '../support/store.ts';
import { minute, Trial, theGroup, theVm, tom } from './trial.ts';

onUsualHome('what is watched', (place) => {
  it('is told once for each failure, with Azure’s words and something to do, in one message for all of them', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    assert.equal(await service.watch({ ...trial.wish('chat'), target: theVm }), 'new');
    assert.equal(await service.watch({ ...trial.wish('chat'), target: theVm }), 'already');
    await service.watch({ ...trial.wish('chat'), target: theGroup });
    await trial.pass(minute);
    trial.fails('job-1');
    trial.fails('job-2');
    await trial.pass(5 * minute);
    assert.deepEqual(trial.chat.shown, [
      {
        conversationId: 'chat',
        title: 'watch.news',
        parts: ['sql-01', 'sql-01'],
        buttons: ['backup.start', 'watching'],
      },
    ]);
    const words = JSON.stringify([...trial.chat.messages.values()]);
    assert.match(words, /"azure-code.agent-silent"/);
    assert.match(words, /"code":"UserErrorGuestAgentStatusUnavailable"/);
    assert.match(words, /"azure-code.agent-silent.advice"/);
    await trial.pass(30 * minute);
    assert.deepEqual([trial.chat.posted, trial.vaultReads], [1, 2]);
  });

  it('is not told of what failed before, nor where nobody watches any more, nor to who may not see the VM', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    trial.fails('old', new Date('2026-03-02T07:00:00.000Z'));
    await service.watch({ ...trial.wish('chat'), target: { kind: 'all', name: '' } });
    await service.watch({ ...trial.wish('left'), target: theVm });
    await service.watch({ ...trial.wish('blind', tom), target: { kind: 'all', name: '' } });
    await assert.rejects(service.watch({ ...trial.wish('blind', tom), target: theVm }), /vm-not-found/);
    await assert.rejects(
      service.watch({ ...trial.wish('chat'), target: { kind: 'group', name: 'rg-none' } }),
      /group-not-found/,
    );
    assert.equal((await service.unwatch('left', theVm)).length, 1);
    assert.equal((await service.unwatch('left', theVm)).length, 0);
    await trial.pass(5 * minute);
    assert.equal(trial.chat.posted, 0);
    trial.fails('new');
    await trial.pass(5 * minute);
    assert.deepEqual(
      trial.chat.shown.map(({ conversationId, parts, buttons }) => ({ conversationId, parts, buttons })),
      [{ conversationId: 'chat', parts: ['sql-01'], buttons: ['backup.start', 'protection.show', 'unwatch'] }],
    );
  });

  for (const { target, parameters } of [
    { target: theVm, parameters: { vm: theVm.name } },
    { target: theGroup, parameters: { group: 'RG-SQL' } },
    { target: { kind: 'all', name: '' } as const, parameters: { all: 'that-one' } },
  ])
    it(`of a ${target.kind} is told with a button that ends that very watch`, async () => {
      const trial = new Trial(await place());
      const service = await trial.open();
      await service.watch({ ...trial.wish('chat'), target });
      trial.fails('one');
      trial.fails('two');
      await trial.pass(5 * minute);
      const [told] = [...trial.chat.messages.values()];
      assert.ok(told?.screen.screen === 'answer');
      const wishes = (told.screen.answer.suggestions ?? []).map(({ wish }) => wish);
      assert.deepEqual(wishes.at(-1), { operation: 'unwatch', parameters });
    });

  it('is told when replication turns critical, again only when it has been well in between', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    trial.health = 'Critical';
    await service.watch({ ...trial.wish('chat'), target: theVm });
    await trial.pass(5 * minute);
    assert.equal(trial.chat.posted, 0, 'it was critical before');
    const healths = ['Warning', 'Critical', 'Critical', 'Normal', 'Critical'];
    const told: number[] = [];
    for (const health of healths) {
      trial.health = health;
      await trial.pass(5 * minute + 10);
      told.push(trial.chat.posted);
    }
    assert.deepEqual(told, [0, 1, 1, 1, 2]);
    assert.deepEqual(trial.chat.shown.at(-1)?.buttons, ['replicated-item.show', 'protection.show', 'unwatch']);
  });

  it('waits for the end of quiet hours, and is then one message', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    await trial.store.quiet.set('chat', { from: '08:00', until: '09:00', timeZone: 'Europe/Lisbon' });
    await service.watch({ ...trial.wish('chat'), target: theVm });
    for (const name of ['one', 'two', 'three']) {
      trial.fails(name);
      await trial.pass(5 * minute + 10);
    }
    assert.equal(trial.chat.posted, 0);
    await trial.pass(60 * minute);
    assert.deepEqual(
      trial.chat.shown.map(({ parts }) => parts.length),
      [3],
    );
  });

  it('goes on when Azure did not answer, and over a restart in which a message was written down and not sent', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    await service.watch({ ...trial.wish('chat'), target: theVm });
    trial.fault = new CatalogueError('azure-unavailable');
    await trial.pass(5 * minute);
    trial.fault = undefined;
    trial.fails('job');
    trial.chat.down = true;
    await trial.pass(5 * minute + 10);
    await trial.closeAll();
    trial.chat.down = false;
    await trial.open();
    await trial.pass(2 * minute);
    assert.equal(trial.chat.posted, 1);
    trial.fails('another');
    await trial.pass(6 * minute);
    assert.equal(trial.chat.posted, 2);
  });

  it('is limited in each conversation, and forgotten where the bot was removed', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    await service.watch({ ...trial.wish('chat'), target: theVm });
    await trial.store.transaction(async (unit) => {
      for (let at = 1; at < mostWatches; at += 1) {
        const target = { kind: 'group', name: `rg-${at}` } as const;
        await unit.watches.add({ ...trial.wish('chat'), target, createdAt: '2026-03-02T08:00:00.000Z' });
      }
    });
    const oneMore = service.watch({ ...trial.wish('chat'), target: theGroup });
    await assert.rejects(oneMore, /too-many-watches/);
    assert.equal((await service.of('chat')).length, mostWatches);
    await service.digest({ ...trial.wish('chat'), time: '12:00' });
    trial.chat.gone = 'chat';
    trial.fails('job');
    await trial.pass(6 * minute);
    assert.deepEqual([await service.of('chat'), await service.digestOf('chat')], [[], undefined]);
  });
});

describe('two replicas', () => {
  onHome('server', (place) => {
    it('look once in five minutes, tell a failure once, and say the summary once', async () => {
      const trial = new Trial(await place());
      const service = await trial.open();
      await trial.open();
      await service.watch({ ...trial.wish('chat'), target: theVm });
      await service.digest({ ...trial.wish('chat'), time: '08:20' });
      await trial.pass(5 * minute + 10);
      const before = trial.looks;
      trial.fails('job');
      await trial.pass(5 * minute + 10);
      assert.deepEqual([trial.looks - before, trial.chat.posted], [1, 1]);
      await trial.pass(11 * minute);
      assert.deepEqual([trial.chat.posted, trial.summaries], [2, 1]);
    });
  });
});
