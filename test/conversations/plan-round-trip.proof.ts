import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { emptyStore } from '../support/empty-store.ts';
import { type Product, startProduct } from '../support/product.ts';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';

const minute = 60_000;

describe('a plan of twenty VMs, all the way over and back', function () {
  this.timeout(240_000);
  let simulator: TestSimulator;
  let folder: string;
  let product: Product;
  let moved = 0;

  before(async () => {
    simulator = await startTestSimulator({ estate: 'fleet', clock: 'real', strictAuthorization: true });
    folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
    cpSync(await emptyStore(), join(folder, 'store'), { recursive: true });
    product = await start();
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (port?: number): Promise<Product> =>
    startProduct({
      dataFolder: folder,
      simulatorUrl: simulator.url,
      now: () => new Date(Date.now() + moved),
      ...(port !== undefined && { port }),
    });

  /** Moves Azure's clock and the bot's. */
  const advance = async (ms: number): Promise<void> => {
    moved += ms;
    await simulator.control.advance(ms);
  };

  /** Closes the bot and starts it again over the same store, as a deployment does. */
  const restart = async (): Promise<void> => {
    const { port } = new URL(product.practice.url);
    await product[Symbol.asyncDispose]();
    product = await start(Number(port));
  };

  const words = (message: Message): string => cardText(product.chat.card('ana-souza', product.chat.now(message)));

  const ask = (text: string): Promise<Message> => product.chat.ask('ana-souza', 'group', `@Vaultkeeper ${text}`);

  /** Says each, and answers the card of the last. */
  const asked = async (...texts: readonly string[]): Promise<Message> => {
    let card: Message | undefined;
    for (const text of texts) card = await ask(text);
    return card ?? assert.fail('nothing was said');
  };

  const until = async (message: Message, pattern: RegExp): Promise<void> => {
    await product.chat
      .waitFor(() => pattern.test(words(message)) || undefined, { what: `${pattern}`, within: 20_000 })
      .catch((cause: unknown) => {
        throw new Error(`${pattern} is not on the card:\n${words(message)}`, { cause });
      });
  };

  interface Step {
    /** What is typed first where the policy wants the name. */
    readonly confirm?: string;
    readonly approvals?: readonly string[];
    readonly sees: RegExp;
    /** On the way: with the clock moved and the bot restarted. */
    readonly meanwhile?: () => Promise<void>;
    readonly ends: RegExp;
  }

  /** Takes a proposal through confirmation, approvals, a restart in the middle of Azure's work, and the time that this takes. */
  const through = async (card: Message, step: Step): Promise<void> => {
    assert.match(words(card), step.sees);
    if (step.confirm !== undefined) await product.chat.say('ana-souza', 'group', `@Vaultkeeper ${step.confirm}`);
    else if (step.approvals === undefined) await product.chat.click('ana-souza', card, 'Start');
    if (step.approvals !== undefined) await until(card, /Waiting for approval/);
    for (const person of step.approvals ?? []) await product.chat.click(person, product.chat.now(card), 'Approve');
    await until(card, /Running|running|under way|Under way/);
    await restart();
    await advance(30 * minute);
    await step.meanwhile?.();
    await until(card, step.ends);
  };

  const heard = new Set<string>();

  /** The bot's own call for a person, which would otherwise be taken for the answer to what is said meanwhile. */
  const called = async (): Promise<void> => {
    const isCall = (message: Message) => /stands still until a person/.test(words(message));
    const call = await product.chat.waitFor(
      () => product.chat.messages('ana-souza', 'group').find((one) => !heard.has(one.id) && isCall(one)),
      { what: 'the call for a person', within: 20_000 },
    );
    heard.add(call.id);
  };

  /** The plan's job has come to its manual action: somebody says that it is done. */
  const manualAction = async (): Promise<void> => {
    await called();
    const resume = await asked('complete the manual action', '1', 'the shop database is online');
    assert.match(words(resume), /“Check the shop database” is done/);
    await product.chat.click('ana-souza', resume, 'Start');
    await until(resume, /Running|running|under way/);
    await restart();
    await advance(30 * minute);
    await until(resume, /went on and ended well/);
  };

  const allowed = async (): Promise<Readonly<Record<string, number>>> => {
    const { vaults } = await simulator.control.state();
    const items = Object.values(vaults).flatMap(({ recovery }) => Object.values(recovery.items));
    const shop = items.filter(({ friendlyName }) => friendlyName.startsWith('shop-'));
    const counted: Record<string, number> = {};
    for (const { phase, fabric } of shop) counted[`${phase} ${fabric}`] = (counted[`${phase} ${fabric}`] ?? 0) + 1;
    return counted;
  };

  const west = 'asr-a2a-default-westeurope';
  const north = 'asr-a2a-default-northeurope';
  const both = ['priya-nair', 'luca-ferri'];
  const confirm = 'yes shop-plan';

  it('is drilled, failed over, committed and reprotected with a retry, failed back, and ends where it began', async () => {
    const { control } = simulator;
    assert.deepEqual(await allowed(), { [`protected ${west}`]: 20 });

    const drill = await asked('test failover of the recovery plan shop-plan', '1', '1');
    await through(drill, {
      approvals: ['priya-nair'],
      sees: /all 20 VMs of shop-plan[\s\S]*waits for a person/,
      meanwhile: manualAction,
      ends: /The test VMs of shop-plan run in[\s\S]*RTO/,
    });
    const cleanup = await asked('clean up the recovery plan shop-plan', 'the shop sells again');
    await through(cleanup, {
      sees: /Deletes the test VMs/,
      ends: /test VMs of shop-plan are removed[\s\S]*the shop sells again/,
    });
    assert.deepEqual(await allowed(), { [`protected ${west}`]: 20 });

    const over = await asked('fail over the recovery plan shop-plan', '1', '1');
    await through(over, {
      confirm,
      approvals: both,
      sees: /Shuts all 20 VMs of shop-plan down in westeurope[\s\S]*Warm the caches/,
      meanwhile: manualAction,
      ends: /VMs of shop-plan run in northeurope\. Nothing is committed yet/,
    });
    assert.deepEqual(await allowed(), { [`failed-over ${west}`]: 20 });

    let point = await ask('change the recovery point of shop-db-01');
    // Two VMs have the name now, and the older point is wanted.
    while (/Which (one|recovery point)\?/.test(words(point))) point = await ask('2');
    await through(point, {
      approvals: ['priya-nair'],
      sees: /shop-db-01/,
      ends: /shop-db-01 runs in northeurope from/,
    });

    const commit = await asked('commit the recovery plan shop-plan');
    await through(commit, {
      confirm,
      approvals: both,
      sees: /all their other recovery points are deleted/,
      ends: /The failover of shop-plan is committed/,
    });

    for (const entity of ['shop-db-02', 'shop-app-05', 'shop-web-08'])
      await control.failJob({ verb: 'SwitchProtection', entity, code: '28031' });
    const reprotect = await asked('reprotect the recovery plan shop-plan');
    await through(reprotect, {
      approvals: ['priya-nair'],
      sees: /Replicates 20 VMs of shop-plan from northeurope back to westeurope/,
      ends: /17 of 20 VMs of shop-plan are reprotected/,
    });
    await control.clearLog();
    const retry = await asked('reprotect the recovery plan shop-plan');
    await through(retry, {
      approvals: ['priya-nair'],
      sees: /Replicates 3 VMs/,
      ends: /3 VMs of shop-plan are replicated/,
    });
    const posts = (await control.log()).filter(
      ({ method, path }) => method === 'POST' && /switchprotection$/i.test(path),
    );
    assert.equal(posts.length, 3, 'only those that failed were asked for again');
    await advance(60 * minute);
    assert.deepEqual(await allowed(), { [`protected ${north}`]: 20 });

    const back = await asked('failback of the recovery plan shop-plan', '1', '1');
    await through(back, {
      confirm,
      approvals: both,
      sees: /Failback\. Shuts all 20 VMs of shop-plan down in northeurope[\s\S]*Will not run/,
      ends: /The failback is done\. The VMs of shop-plan run in westeurope/,
    });
    const commitBack = await asked('commit the recovery plan shop-plan');
    await through(commitBack, { confirm, approvals: both, sees: /to westeurope final/, ends: /is committed/ });
    const home = await asked('reprotect the recovery plan shop-plan');
    await through(home, {
      approvals: ['priya-nair'],
      sees: /Replicates 20 VMs of shop-plan from westeurope back to northeurope/,
      ends: /20 VMs of shop-plan are replicated from westeurope to northeurope/,
    });
    await advance(60 * minute);
    assert.deepEqual(await allowed(), { [`protected ${west}`]: 20 });
  });
});
