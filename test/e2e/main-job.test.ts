import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '../support/product.ts';
import { ChatPage, launchBrowser } from './page.ts';

/** Where pictures go: into the documentation when they are being renewed (`IMAGES=docs/images`), else beside other evidence. */
const pictures = process.env.IMAGES ?? 'evidence/e2e';

const looks = [
  { width: 1280, theme: 'light' },
  { width: 1280, theme: 'dark' },
  { width: 390, theme: 'light' },
  { width: 390, theme: 'dark' },
] as const;

for (const look of looks) {
  describe(`the five conversations at ${look.width} px, ${look.theme}`, () => {
    let browser: Browser;
    let product: Product;
    let chat: ChatPage;

    before(async () => {
      mkdirSync(pictures, { recursive: true });
      browser = await launchBrowser();
      product = await startProduct({ pace: 0.002, home: 'embedded' });
    });

    after(async () => {
      await browser.close();
      await product[Symbol.asyncDispose]();
    });

    afterEach(async function () {
      if (this.currentTest?.state === 'failed')
        await picture(`failed-${this.currentTest.title.replaceAll(/\W+/g, '-').slice(0, 40)}`);
      assert.deepEqual(chat.complaints, []);
      await chat.close();
    });

    const picture = async (name: string): Promise<void> =>
      await chat.screenshot(`${pictures}/${name}-${look.width}-${look.theme}.png`);
    const open = async (as: string): Promise<void> => {
      chat = await ChatPage.open(browser, product.practice.url, { as, ...look });
    };

    it('is sql-prod-01 protected?', async () => {
      await open('ana-souza');
      await chat.go('personal');
      await chat.say('is sql-prod-01 protected?');
      await chat.card('sql-prod-01 is protected').waitFor();
      await picture('status');
    });

    it('back up sql-prod-01, keep it for 60 days', async () => {
      await open('ana-souza');
      await chat.go('personal');
      await chat.say('back up sql-prod-01, keep it for 60 days');
      await chat.card('Takes a backup of sql-prod-01').waitFor();
      await picture('backup-preview');
      await chat.click('Takes a backup of sql-prod-01', 'Start');
      await chat.card('Take Snapshot').waitFor();
      await picture('backup-running');
      await chat.card('The new recovery point of sql-prod-01 exists').waitFor();
      await picture('backup-done');
      await chat.say('is sql-prod-01 protected?');
      await chat.card('sql-prod-01 is protected').waitFor();
    });

    it('snapshot web-prod-02', async () => {
      await open('luca-ferri');
      await chat.go('group');
      await chat.say('@Vaultkeeper snapshot web-prod-02');
      await chat.click('incremental snapshots of the disks of web-prod-02', 'Start');
      await chat.card('3 snapshots of web-prod-02 taken').waitFor();
      await picture('snapshot-done');
    });

    it('test failover erp-prod-01, approved by a second person, and cleaned up', async () => {
      await open('ana-souza');
      await chat.go('group');
      await chat.say('@Vaultkeeper test failover erp-prod-01');
      await chat.card('Which recovery point?').waitFor();
      await picture('question');
      await chat.say('@Vaultkeeper 1');
      await chat.card('Which network?').waitFor();
      await chat.say('@Vaultkeeper 1');
      await chat.card('Creates a test VM of erp-prod-01').waitFor();
      await picture('approval');
      await chat.click('Creates a test VM of erp-prod-01', 'Approve');
      await chat.card('You asked for this').waitFor();
      await picture('approval-refused');
      await chat.become('priya-nair');
      await chat.go('group');
      await chat.click('Creates a test VM of erp-prod-01', 'Approve');
      await chat.card(/The test VM .* of erp-prod-01 runs in northeurope/).waitFor();
      await picture('test-failover-done');
      assert.match(JSON.stringify(await product.simulator.state()), /erp-prod-01-test/);
      await chat.become('ana-souza');
      await chat.go('group');
      await chat.say('@Vaultkeeper clean up');
      await chat.card('What did the test show?').waitFor();
      await chat.say('@Vaultkeeper the ERP works there');
      await chat.click('Deletes the test VM', 'Start');
      await chat.card('The test VM of erp-prod-01 is removed').waitFor();
      await picture('cleanup-done');
    });

    it('what is not protected, pending, runs and help, in a channel', async () => {
      await open('tom-reed');
      await chat.go('channel');
      await chat.say('@Vaultkeeper what is not protected?');
      await chat.card('no working backup').waitFor();
      await picture('unprotected');
      await chat.say('@Vaultkeeper pending');
      await chat.card('Nothing waits for approval').waitFor();
      await chat.say('@Vaultkeeper runs');
      await chat.card('The last').waitFor();
      await picture('runs');
      await chat.say('@Vaultkeeper help');
      await chat.card('What I can do').waitFor();
      await picture('help');
    });
  });
}
