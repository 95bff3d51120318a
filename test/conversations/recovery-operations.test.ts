import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { converse } from '../support/conversation.ts';

describe('Site Recovery from the chat', () => {
  const talk = converse('group');
  const { words, until, ask } = talk;

  /** The card that a click on a button of another one brings. */
  const clicked = async (card: Message, button: string): Promise<Message> => {
    const { chat } = talk.product;
    const before = chat.view('ana-souza', 'group').fromBot.length;
    await chat.click('ana-souza', card, button);
    return await chat.waitFor(() => chat.view('ana-souza', 'group').fromBot.slice(before).at(-1), {
      what: `the card after ${button}`,
    });
  };

  /** The others agree; production wants two of them for what destroys. */
  const agreed = async (card: Message, ...people: readonly string[]): Promise<void> => {
    await until(card, /Waiting for approval/);
    for (const person of people) await talk.product.chat.click(person, card, 'Approve');
  };

  /** What the bot says by itself. */
  const call = async (pattern: RegExp): Promise<Message> => {
    const { chat } = talk.product;
    const found = () => chat.view('ana-souza', 'group').fromBot.find((one) => pattern.test(words(one)));
    return await chat.waitFor(found, { what: `${pattern} in a message`, within: 20_000 });
  };

  it('tells the replication of a VM, the plans, and the jobs', async () => {
    assert.match(words(await ask('replicated items')), /replicated VMs[\s\S]*crm-db-01[\s\S]*critical/);
    assert.match(words(await ask('replication of erp-prod-01')), /Azure allows next[\s\S]*Test failover/);
    assert.match(words(await ask('recovery plans')), /erp-plan[\s\S]*4 VMs in 3 groups/);
    await ask('show a recovery plan');
    assert.match(words(await ask('1')), /Group 1[\s\S]*erp-db-01[\s\S]*Check the database[\s\S]*Switch-Dns/);
    assert.match(words(await ask('replication jobs')), /replication job/);
  });

  it('fails a VM over, commits, and reprotects it, each time with others', async () => {
    await ask('fail over sql-prod-01');
    await ask('1');
    const failover = await ask('1');
    assert.match(words(failover), /Shuts sql-prod-01 down in westeurope and starts it in northeurope/);
    await talk.product.chat.say('ana-souza', 'group', '@Vaultkeeper yes sql-prod-01');
    await agreed(failover, 'priya-nair', 'luca-ferri');
    await until(failover, /sql-prod-01 runs in northeurope\. The failover is not committed yet/);

    const commit = await clicked(failover, 'Commit');
    assert.match(words(commit), /all its other recovery points are deleted/);
    await talk.product.chat.say('ana-souza', 'group', '@Vaultkeeper yes sql-prod-01');
    await agreed(commit, 'priya-nair', 'luca-ferri');
    await until(commit, /The failover of sql-prod-01 is committed/);

    const reprotect = await clicked(commit, 'Reprotect');
    assert.match(words(reprotect), /from northeurope back to westeurope/);
    await agreed(reprotect, 'priya-nair');
    await until(reprotect, /is replicated from northeurope to westeurope now/);
    const posts = (await talk.product.simulator.log())
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path);
    for (const verb of ['unplannedFailover', 'failoverCommit', 'switchprotection'])
      assert.equal(posts.filter((path) => path.toLowerCase().includes(`/${verb.toLowerCase()}`)).length, 1, verb);
  });

  it('rehearses a plan past its manual action, and cleans it up', async () => {
    await ask('test failover of a recovery plan');
    await ask('1');
    await ask('1');
    const drill = await ask('1');
    assert.match(words(drill), /Creates test VMs of all 4 VMs of erp-plan[\s\S]*waits for a person/);
    await agreed(drill, 'priya-nair');
    const called = await call(/erp-plan stands still until a person has done: Check the database/);
    assert.match(words(called), /Check that the ERP database is online[\s\S]*Ana Souza and Priya Nair/);
    await clicked(called, 'Done');
    const resume = await ask('the database is fine');
    assert.match(words(resume), /“Check the database” is done[\s\S]*Check that the ERP database is online/);
    await talk.product.chat.click('ana-souza', resume, 'Start');
    await until(resume, /went on and ended well/);
    await until(called, /erp-plan no longer waits for a person/);
    await until(drill, /The test VMs of erp-plan run in/);
    await clicked(drill, 'Clean up');
    const cleanup = await ask('the ERP works there');
    await talk.product.chat.click('ana-souza', cleanup, 'Start');
    await until(cleanup, /The test VMs of erp-plan are removed[\s\S]*RTO[\s\S]*the ERP works there/);
  });
});
