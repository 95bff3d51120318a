import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestChat } from '../support/chat.ts';
import { demoBot } from '../support/demo-bot.ts';
import { startFakeBot } from '../support/fake-bot.ts';

describe('the journal', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-chat-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const file = () => join(folder, 'data', 'chat.jsonl');

  it('brings every conversation back after a restart, in its last form', async () => {
    await using bot = await startFakeBot(demoBot);
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
      await chat.ask('ana-souza', 'personal', 'edit');
      await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot[0]?.version === 2);
      await chat.say('ana-souza', 'personal', 'big');
      await chat.waitFor(() => chat.view('ana-souza', 'personal').notices.length === 1);
    }
    await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
    assert.deepEqual(
      chat.messages('ana-souza', 'personal').map(({ text }) => text),
      ['edit', 'Done.', 'big'],
    );
    assert.equal(chat.view('ana-souza', 'personal').notices[0]?.code, 'MessageSizeTooBig');
  });

  it('lets the bot change a message that it sent before the restart, and never gives an id twice', async () => {
    const now = () => new Date('2026-01-05T10:00:00Z');
    await using bot = await startFakeBot(demoBot);
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file(), now });
      await chat.ask('ana-souza', 'group', '@Vaultkeeper approval');
      const [card] = chat.view('ana-souza', 'group').fromBot;
      assert.ok(card);
      await chat.execute('priya-nair', card, { verb: 'approve' });
      await chat.waitFor(() => chat.now(card).version === start + 2);
      ids.push(
        ...chat
          .messages('ana-souza', 'group')
          .slice(start * 2)
          .map(({ id }) => id),
      );
    }
    assert.equal(new Set(ids).size, 4);
  });

  it('drops a last line that a crash tore, and goes on behind the whole ones', async () => {
    await using bot = await startFakeBot(demoBot);
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
      await chat.ask('ana-souza', 'personal', 'status');
    }
    await appendFile(file(), '{"position":99,"record":{"kind":"mess');
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
      assert.equal(chat.messages('ana-souza', 'personal').length, 2);
      await chat.ask('ana-souza', 'personal', 'edit');
    }
    await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
    assert.deepEqual(
      chat
        .messages('ana-souza', 'personal')
        .map(({ text }) => text)
        .slice(0, 3),
      ['status', '', 'edit'],
    );
  });

  it('keeps only the last form of each message when it has grown long, and begins a new epoch', async () => {
    await using bot = await startFakeBot(demoBot);
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
      await chat.ask('ana-souza', 'personal', 'status');
    }
    const lines = (await readFile(file(), 'utf8')).trimEnd().split('\n');
    const [head = '', ...records] = lines;
    const last = records.at(-1) ?? '';
    const many = Array.from({ length: 5000 }, (_, index) =>
      last.replace(/"position":\d+/, `"position":${records.length + index + 1}`),
    );
    await appendFile(file(), `${many.join('\n')}\n`);
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
      assert.equal(chat.messages('ana-souza', 'personal').length, 2);
    }
    const after = (await readFile(file(), 'utf8')).trimEnd().split('\n');
    assert.equal(after.length, lines.length);
    assert.notEqual(after[0], head);
  });

  it('has on disk what the bot was told is sent, also after kill -9', async () => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'killed-chat.ts'), file()],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await once(child, 'exit');
    const sent = output.toString().trim();
    assert.match(sent, /^\d+$/);
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url, dataFile: file() });
    assert.ok(chat.view('ana-souza', 'personal').fromBot.some(({ id }) => id === sent));
  });
});
