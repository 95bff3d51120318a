import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startTestChat, type TestChat } from '../support/chat.ts';
import { demoBot } from '../support/demo-bot.ts';
import { type FakeBot, startFakeBot } from '../support/fake-bot.ts';
import { ChatPage, type Look, launchBrowser } from './page.ts';

const looks: readonly Omit<Look, 'as'>[] = [
  { width: 1280, theme: 'light' },
  { width: 1280, theme: 'dark' },
  { width: 390, theme: 'light' },
  { width: 390, theme: 'dark' },
];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { html: string; failureSummary: string }[];
}

/** Serious and critical findings of axe on the page as it is now. */
async function seriousFindings(chat: ChatPage): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const violations = (await chat.page.evaluate(
    `${source}; axe.run().then(({ violations }) => violations)`,
  )) as Violation[];
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describe('the page of the practice chat', () => {
  let browser: Browser;
  let bot: FakeBot;
  let chat: TestChat;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    bot = await startFakeBot(demoBot);
    chat = await startTestChat({ botUrl: bot.url });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await chat[Symbol.asyncDispose]();
    await bot[Symbol.asyncDispose]();
  });
  const open = (look: Look) => ChatPage.open(browser, chat.url, look);

  for (const look of looks) {
    it(`shows everything that can be said, with no serious finding of axe, at ${look.width} px in ${look.theme}`, async () => {
      const page = await open({ as: 'ana-souza', ...look });
      await page.page.getByTestId('welcome').waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      for (const words of ['markdown', 'status', 'form', 'big', 'approval', 'suggest']) await page.say(words);
      await page.message('What now?').waitFor();
      await page.click('Approve the test failover', 'Reject');
      await page.page.getByTestId('card-error').getByText('somebody else decides').waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.go('channel');
      await page.say('@Vaultkeeper status');
      await page.reply('sql-prod-01', 'thanks');
      await page.message('thanks').waitFor();
      await page.page.getByTestId('person-switch').click();
      assert.deepEqual(await seriousFindings(page), []);
      assert.deepEqual(page.complaints, []);
      const overflow = await page.page.evaluate('document.documentElement.scrollWidth > innerWidth');
      assert.equal(overflow, false);
    });
  }

  it('asks with an example and gets the answer', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.page.getByTestId('example').first().click();
    await page.message('echo: is sql-prod-01 protected?').waitFor();
    assert.equal(await page.page.getByTestId('welcome').count(), 0);
  });

  it('does everything from the keyboard', async () => {
    const page = await open({ as: 'ana-souza' });
    const { keyboard } = page.page;
    await keyboard.type('one');
    await keyboard.press('Shift+Enter');
    await keyboard.type('two');
    await keyboard.press('Enter');
    await page.message(/echo: one\s+two/).waitFor();
    await keyboard.type('form');
    await keyboard.press('Enter');
    await page.card('Keep it how long').waitFor();
    await page.card('Keep it how long').getByLabel(/Days/).focus();
    await keyboard.type('9');
    for (let tab = 0; tab < 3; tab++) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.page.getByTestId('toast').getByText('Kept 9 days (vault)').waitFor();
  });

  it('keeps what is typed into a card while other messages come', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.say('form');
    await page.fill('Keep it how long', 'Reason', 'CHG-17');
    await chat.ask('ana-souza', 'personal', 'hello');
    await page.message('echo: hello').waitFor();
    assert.equal(await page.card('Keep it how long').getByLabel('Reason').inputValue(), 'CHG-17');
  });

  it('says on the card what is missing and sends nothing', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.say('form');
    await page.click('Keep it how long', 'Keep');
    await page.card('Say how many days.').waitFor();
    assert.equal(bot.received.filter(({ type }) => type === 'invoke').length, 0);
  });

  it('offers the bot’s name after @ and sends the mention', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.go('group');
    await page.page.getByTestId('composer').pressSequentially('@va');
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.type('hello');
    await page.page.keyboard.press('Enter');
    await page.message('echo: hello').waitFor();
    assert.equal(await page.message('Vaultkeeper hello').locator('.mention').textContent(), 'Vaultkeeper');
  });

  it('shows a view of one’s own by itself, and after a change the new one', async () => {
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper approval');
    const page = await open({ as: 'priya-nair' });
    await page.go('group');
    await page.card('For Priya Nair only').waitFor();
    const automatic = bot.received.filter(({ type }) => type === 'invoke');
    assert.deepEqual(
      automatic.map(({ value }) => (value as { trigger: string }).trigger),
      ['automatic'],
    );
    await chat.execute('tom-baker', card, { verb: 'approve' });
    await page.card('Approved by Tom Baker').waitFor();
    const other = await open({ as: 'marco-rossi' });
    await other.go('group');
    await other.card('Approved by Tom Baker').waitFor();
  });

  it('changes and takes back messages in place', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.say('edit');
    await page.message('Done.').getByText('Edited').waitFor();
    await page.say('delete');
    await page.message('This message has been deleted.').waitFor();
  });

  it('shows what Teams would refuse', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.say('big');
    await page.notices().filter({ hasText: 'Teams would refuse this' }).filter({ hasText: '28 KB' }).waitFor();
    await page.say('both');
    await page.notices().filter({ hasText: 'Text and a card in one message' }).waitFor();
  });

  it('shows that the bot types until it has spoken', async () => {
    const page = await open({ as: 'ana-souza' });
    await page.say('typing');
    await page.page.getByTestId('typing').waitFor();
    await page.say('status');
    await page.card('sql-prod-01').waitFor();
    await page.page.getByTestId('typing').waitFor({ state: 'detached' });
  });

  it('marks what is new until it is looked at, and lets one be somebody else', async () => {
    const page = await open({ as: 'ana-souza' });
    await chat.ask('marco-rossi', 'group', '@Vaultkeeper status');
    const entry = page.page.getByTestId('conversation-group');
    await entry.getByTestId('unread').waitFor();
    assert.match(String(await entry.textContent()), /Vaultkeeper: sql-prod-01 is protected/);
    await page.go('group');
    await entry.getByTestId('unread').waitFor({ state: 'detached' });
    await page.become('marco-rossi');
    await page.page.getByTestId('person-switch').getByText('Marco Rossi').waitFor();
    await page.say('@Vaultkeeper who am I');
    await page.message('echo: who am I').waitFor();
    assert.equal(bot.received.at(-1)?.from.name, 'Marco Rossi');
  });

  it('turns dark by its switch, remembers it, and follows the system again when it is switched back', async () => {
    const page = await open({ as: 'ana-souza', theme: 'light' });
    const theme = () => page.page.evaluate('document.documentElement.dataset.theme');
    await page.switchTheme();
    await page.page.reload();
    assert.equal(await theme(), 'dark');
    await page.switchTheme();
    assert.equal(await theme(), 'light');
    await page.page.emulateMedia({ colorScheme: 'dark' });
    await page.page.waitForFunction("document.documentElement.dataset.theme === 'dark'");
  });

  it('goes back to the list on a phone, by its own button and by the phone’s', async () => {
    const page = await open({ as: 'ana-souza', width: 390 });
    await page.page.getByTestId('back').click();
    await page.page.getByTestId('conversation-channel').click();
    await page.page.getByTestId('composer').waitFor();
    await page.page.goBack();
    await page.page.getByTestId('conversation-channel').waitFor();
    assert.equal(await page.page.getByTestId('composer').isVisible(), false);
  });
});

describe('a tab whose server goes away', () => {
  it('says so, comes back by itself and shows what it missed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-chat-'));
    const dataFile = join(folder, 'chat.jsonl');
    const browser = await launchBrowser();
    await using bot = await startFakeBot(demoBot);
    const first = await startTestChat({ botUrl: bot.url, dataFile });
    const port = Number(new URL(first.url).port);
    const page = await ChatPage.open(browser, first.url, { as: 'ana-souza' });
    await page.say('status');
    await page.card('sql-prod-01').waitFor();
    await first[Symbol.asyncDispose]();
    await page.page.getByTestId('reconnecting').getByText('Reconnecting').waitFor();
    await page.say('into the void');
    await page.page.getByTestId('toast').getByText('Not sent').waitFor();
    assert.equal(await page.page.getByTestId('composer').inputValue(), 'into the void');
    await using second = await startTestChat({ botUrl: bot.url, dataFile, port });
    await second.ask('ana-souza', 'personal', 'markdown');
    await page.message('Bold').waitFor();
    assert.equal(await page.page.getByTestId('reconnecting').textContent(), '');
    await browser.close();
    await rm(folder, { recursive: true });
  });
});
