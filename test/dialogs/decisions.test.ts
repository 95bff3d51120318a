import assert from 'node:assert/strict';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import { refusal } from '../../src/runs/refusal.ts';
import type { Decision, DecisionResult, Review, Run, Settlement } from '../../src/runs/run.ts';
import { startConversation } from './support/conversation.ts';

type Wish = Decision | Settlement | Review;

/** Runs that accept whatever comes with words, and keep what they were asked. */
function runsThatWantWords() {
  const asked: Partial<Wish & Decision & Settlement>[] = [];
  const answer =
    (code: Parameters<typeof refusal>[0]) =>
    async ({ actor: _actor, conversationId: _where, ...wish }: Wish): Promise<DecisionResult> => {
      asked.push(wish);
      const said = wish.comment !== undefined && wish.comment !== '';
      if (!said && !('typedName' in wish)) return { accepted: false, ...refusal(code, { values: { code: '4F7K' } }) };
      return { accepted: true, run: { code: '4F7K', targetName: 'sql-prod-01' } as Run };
    };
  const decide = async (wish: Decision) =>
    answer(wish.verb === 'break-glass' ? 'break-glass-reason-required' : 'rejection-reason-required')(wish);
  const runs = { decide, settle: answer('settle-comment-required'), review: answer('review-comment-required') };
  return { asked, runs };
}

describe('a decision that lacks words', () => {
  for (const [said, reply, expected] of [
    [
      'reject 4F7K',
      'is the wrong VM protected?',
      { does: 'decide', verb: 'reject', comment: 'is the wrong VM protected?' },
    ],
    ['4F7K failed', 'no job in the vault', { does: 'settle', found: 'failed', comment: 'no job in the vault' }],
    ['4F7K falhou', 'não há job', { does: 'settle', found: 'failed', comment: 'não há job' }],
    ['4F7K riuscita', 'il job è finito', { does: 'settle', found: 'succeeded', comment: 'il job è finito' }],
    ['reviewed 4F7K', 'help was needed', { does: 'review', comment: 'help was needed' }],
  ] as const) {
    it(`takes the next message for them, whatever it reads like: ${said}`, async () => {
      const { asked, runs } = runsThatWantWords();
      const talk = startConversation({ runs });
      assert.equal((await talk.say(said)).screens[0]?.screen, 'question');
      await talk.say(reply);
      assert.deepEqual(asked.at(-1), { ...expected, run: { code: '4F7K' } });
      assert.equal(asked.length, 2);
    });
  }

  it('with words asks nothing, and is carried out at once', async () => {
    const { asked, runs } = runsThatWantWords();
    const talk = startConversation({ runs });
    await talk.say('reject 4F7K because wrong VM');
    await talk.say('request changes 4F7K use the test network');
    await talk.say('settle 4F7K as cancelled because I stopped it in the portal');
    assert.deepEqual(
      asked.map(({ comment }) => comment),
      ['wrong VM', 'use the test network', 'I stopped it in the portal'],
    );
  });

  it('is called off by “cancel”, replaced by another decision, and is nobody else’s to answer', async () => {
    const { asked, runs } = runsThatWantWords();
    const talk = startConversation({ runs });
    await talk.say('reject 4F7K');
    await talk.say('the wrong machine', { oid: 'luca' });
    await talk.say('cancel');
    await talk.say('the wrong machine');
    assert.equal(asked.length, 1);
    await talk.say('reject 4F7K');
    await talk.say('request changes 7K4F use the test network');
    assert.deepEqual(asked.at(-1)?.run, { code: '7K4F' });
  });

  it('to break the glass asks for the reason and then for the name, and each is a step of its own', async () => {
    const { asked, runs } = runsThatWantWords();
    const talk = startConversation({ runs });
    await talk.say('break glass 4F7K');
    const second = await talk.say('the site is down');
    assert.match(talk.words(second.screens[0]), /Second step: type sql-prod-01/);
    await talk.say('sql-prod-01');
    const wish = { does: 'decide', run: { code: '4F7K' }, verb: 'break-glass' };
    assert.deepEqual(asked, [wish, { ...wish, comment: 'the site is down' }, { ...wish, typedName: 'sql-prod-01' }]);
  });

  it('is what “why” tells', async () => {
    const talk = startConversation({ runs: runsThatWantWords().runs });
    await talk.say('reject 4F7K');
    await talk.say('cancel');
    assert.match(talk.words((await talk.say('why')).screens[0]), /A rejection needs a reason.*Say why/);
  });
});

describe('a decision without a code', () => {
  const waiting = (code: string, requester: string, approved: readonly string[] = []): RunSummary => ({
    code,
    operation: 'failover.start',
    state: 'awaiting-approval',
    target: 'erp-prod-01',
    requester: { oid: requester, name: requester },
    approvals: approved.map((oid) => ({ oid, name: oid, at: '2026-11-21T13:00:00Z' })),
    approvalsNeeded: 2,
    createdAt: '2026-11-21T12:58:00Z',
    decideBy: '2026-11-21T13:28:00Z',
  });

  for (const [locale, text, how] of [
    ['en', 'approve', 'approve 7KH4'],
    ['en', 'reject', 'reject 7KH4 because …'],
    ['pt-BR', 'aprovar', 'aprovar 7KH4'],
    ['it', 'approva', 'approva 7KH4'],
  ] as const)
    it(`decides nothing and says what to type for the only run that waits for this person: “${how}”`, async () => {
      const { asked, runs } = runsThatWantWords();
      const awaiting = [waiting('7KH4', 'ben'), waiting('OWN1', 'ana'), waiting('DONE', 'ben', ['ana'])];
      const talk = startConversation({ runs, awaiting });
      const { screens } = await talk.say(text, { locale });
      assert.match(talk.words(screens[0], locale), new RegExp(`7KH4 \\(erp-prod-01\\).*“${how}”`));
      assert.deepEqual(asked, []);
    });

  it('names one of several as an example, and a requester’s own to withdraw', async () => {
    const talk = startConversation({
      awaiting: [waiting('7KH4', 'ben'), waiting('8KH4', 'ben'), waiting('OWN1', 'ana')],
    });
    assert.match(talk.words((await talk.say('approve')).screens[0]), /Several wait for that.*“approve 7KH4”/);
    assert.match(talk.words((await talk.say('withdraw')).screens[0]), /Only OWN1.*“withdraw OWN1”/);
  });

  it('has nothing to name where nothing waits for this person', async () => {
    const talk = startConversation({ awaiting: [waiting('OWN1', 'ana')] });
    assert.doesNotMatch(talk.words((await talk.say('approve')).screens[0]), /type “/);
  });
});
