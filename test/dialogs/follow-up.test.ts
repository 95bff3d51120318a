import assert from 'node:assert/strict';
import { estate } from '../language/estate.ts';
import { type Conversation, startConversation } from './support/conversation.ts';

const sql = idOf('sql-prod-01');
const web = idOf('web-prod-02');

function idOf(name: string): string {
  return estate.find((one) => one.name === name)?.id ?? '';
}

describe('a sentence that leans on the one before', () => {
  let talk: Conversation;

  beforeEach(() => {
    talk = startConversation();
  });

  /** Operation and VM of what was done, in the order in which it was. */
  const doneBy = async (...sentences: readonly string[]) => {
    let last: readonly [string, unknown][] = [];
    for (const text of sentences) {
      const { done } = await talk.say(text);
      last = done.map(({ how, operation, parameters }) => [`${how} ${operation}`, parameters.vm]);
    }
    return last;
  };

  for (const [first, second, operation] of [
    ['is sql-prod-01 protected?', 'and its recovery points?', 'read recovery-point.list'],
    ['is sql-prod-01 protected?', 'and the snapshots?', 'read snapshot.list'],
    ['is sql-prod-01 protected?', 'back it up', 'proposed backup.start'],
    ['is sql-prod-01 protected?', 'plan back it up', 'planned backup.start'],
    ['recovery points of sql-prod-01', 'is it replicated?', 'read protection.show'],
    ['sql-prod-01 está protegida?', 'e os pontos de recuperação dela?', 'read recovery-point.list'],
    ['sql-prod-01 è protetta?', 'e i suoi punti di ripristino?', 'read recovery-point.list'],
    ['sql-prod-01 è protetta?', 'fanne il backup', 'proposed backup.start'],
  ] as const) {
    it(`means the VM that was spoken of: ${second}`, async () => {
      assert.deepEqual(await doneBy(first, second), [[operation, sql]]);
    });
  }

  for (const text of ['same for web-prod-02', 'o mesmo para web-prod-02', 'lo stesso per web-prod-02']) {
    it(`proposes the same change for another VM: ${text}`, async () => {
      await talk.say('back up sql-prod-01, keep it for 60 days because the disk is old');
      const { done } = await talk.say(text);
      assert.deepEqual([done[0]?.how, done[0]?.operation, done[0]?.parameters.vm], ['proposed', 'backup.start', web]);
      assert.equal(done[0]?.parameters.keepUntil, '2027-01-20T13:02:00.000Z');
      assert.equal(done[0]?.reason, 'the disk is old');
    });
  }

  it('reads on about another VM, and asks before it changes one as well', async () => {
    assert.deepEqual(await doneBy('recovery points of sql-prod-01', 'and web-prod-02?'), [
      ['read recovery-point.list', web],
    ]);
    assert.deepEqual(await doneBy('recovery points of sql-prod-01', 'e para web-prod-02?'), [
      ['read recovery-point.list', web],
    ]);
    assert.deepEqual(await doneBy('back up sql-prod-01', 'and web-prod-02?'), []);
    assert.deepEqual(await doneBy('1'), [['proposed backup.start', web]]);
    assert.deepEqual(await doneBy('back up sql-prod-01', 'same for web-prod-02?'), []);
    assert.deepEqual(await doneBy('2'), [['read protection.show', web]]);
  });

  it('plans again what was only planned', async () => {
    assert.deepEqual(await doneBy('plan back up sql-prod-01', 'same for web-prod-02'), [['planned backup.start', web]]);
  });

  it('asks which VM when nothing was spoken of, or many things were', async () => {
    for (const first of ['hello', 'what is not protected?', 'is rsv-prod-weu protected?']) {
      await talk.say(first);
      const { done, screens } = await talk.say('back it up');
      assert.deepEqual(done, [], first);
      assert.equal(screens[0]?.screen, 'question', first);
      await talk.say('cancel');
    }
    const { screens } = await startConversation().say('same for web-prod-02');
    assert.match(talk.words(screens[0]), /nothing that I could do again/);
  });

  it('forgets after ten minutes, whatever was said meanwhile', async () => {
    await talk.say('is sql-prod-01 protected?');
    talk.pass(6);
    await talk.say('why');
    await talk.say('help');
    talk.pass(5);
    assert.deepEqual(await doneBy('back it up'), []);
  });

  it('is the person’s own: what another person of the group spoke of is not meant', async () => {
    await talk.say('is sql-prod-01 protected?', { kind: 'group' });
    const { done } = await talk.say('back it up', { kind: 'group', oid: 'luca' });
    assert.deepEqual(done, []);
    const theirs = await talk.say('same for web-prod-02', { kind: 'group', oid: 'luca' });
    assert.deepEqual(theirs.done, []);
    assert.equal((await talk.say('back it up', { kind: 'group' })).done[0]?.parameters.vm, sql);
  });

  it('changes nothing by a denial, a question or a condition', async () => {
    for (const text of [
      "don't back it up",
      'is it safe to fail it over?',
      'if it fails, fail it over',
      'did it fail over?',
      'fail it over later',
    ]) {
      await talk.say('is sql-prod-01 protected?');
      const { done } = await talk.say(text);
      assert.deepEqual(
        done.filter(({ how }) => how === 'proposed'),
        [],
        text,
      );
      await talk.say('cancel');
    }
  });
});
