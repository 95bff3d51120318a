import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalChat, type LocalChatOptions, type Person } from '../../src/local-chat/index.ts';
import { ChatDriver, type TestChat } from './chat-driver.ts';
import { openStream } from './chat-stream.ts';
import { Watcher } from './chat-watcher.ts';

export { buttonsOf, cardOf, cardText, inputsOf, offersFile } from './chat-card.ts';
export type { ConversationView, TestChat, Where } from './chat-driver.ts';

/** People for tests that do not bring their own: two on-call engineers, an approver, a reader. */
export const testPeople: readonly Person[] = [
  person('Ana Souza', { number: 1, role: 'On-call engineer', locale: 'en-US', timeZone: 'America/Sao_Paulo' }),
  person('Marco Rossi', { number: 2, role: 'On-call engineer', locale: 'en-GB', timeZone: 'Europe/Rome' }),
  person('Priya Nair', { number: 3, role: 'Approver', locale: 'en-US', timeZone: 'UTC' }),
  person('Tom Baker', { number: 4, role: 'Reader', locale: 'en-GB', timeZone: 'Europe/London' }),
];

/**
 * Starts a chat of its own in front of the bot at `botUrl` (…/api/messages): on a free port, or, to come back after a
 * restart, on the same one as before.
 */
export async function startTestChat(
  options: Pick<LocalChatOptions, 'botUrl'> &
    Partial<Omit<LocalChatOptions, 'serviceUrl'>> & { readonly port?: number },
): Promise<TestChat> {
  const server = createServer((request, response) => {
    if (chat.handle(request, response)) return;
    // Not chained: restify, where it is loaded, changes writeHead for the whole process, and it returns nothing then.
    response.writeHead(404);
    response.end();
  });
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const chat = await createLocalChat({ ...testOptions, ...options, serviceUrl: () => url }).catch((error: unknown) => {
    server.close();
    throw error;
  });
  return connect(url, async () => {
    await chat.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
}

/** Drives a chat that already runs, for example the whole product's; it goes on when the driver is disposed of. */
export function connectTestChat({ url }: { url: string }): Promise<TestChat> {
  return connect(url, async () => {});
}

async function connect(url: string, close: () => Promise<void>): Promise<TestChat> {
  const watcher = new Watcher();
  const streams = [await openStream(url, { as: '' }, watcher.handlers())];
  const { people } = await watcher.waitFor(() => watcher.snapshot, { what: 'the snapshot' });
  for (const { slug } of people) streams.push(await openStream(url, { as: slug }, watcher.handlers(slug)));
  await watcher.waitFor(() => people.every(({ slug }) => watcher.conversations(slug)), { what: 'all people' });
  return new ChatDriver(url, watcher, async () => {
    for (const stream of streams) stream.close();
    await close();
  });
}

const testOptions: Omit<LocalChatOptions, 'botUrl' | 'serviceUrl'> = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  botId: '28:vaultkeeper',
  botName: 'Vaultkeeper',
  people: testPeople,
  firstExamples: ['is sql-prod-01 protected?'],
};

function person(name: string, details: Pick<Person, 'role' | 'locale' | 'timeZone'> & { number: number }): Person {
  const { number, ...rest } = details;
  const aadObjectId = `00000000-0000-4000-8000-00000000000${number}`;
  return { id: `29:${name.toLowerCase().replace(' ', '-')}`, aadObjectId, name, ...rest };
}
