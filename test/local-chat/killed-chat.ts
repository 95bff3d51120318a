import { startTestChat } from '../support/chat.ts';
import { startFakeBot } from '../support/fake-bot.ts';

// Says on standard output the id of a message that the bot was told is sent, and waits to be killed.
const bot = await startFakeBot(async ({ activity, send }) => {
  if (activity.type === 'message') process.stdout.write(`${await send({ text: 'kept?' })}\n`);
});
const chat = await startTestChat({ botUrl: bot.url, dataFile: process.argv[2] ?? '' });
await chat.say('ana-souza', 'personal', 'hello');
