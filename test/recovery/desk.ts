import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { asCatalogueError } from '../../src/errors.ts';
import { createRuns, type Runs } from '../../src/runs/index.ts';
import { type Log, openStore } from '../../src/store/index.ts';
import { remoteParts } from './remote.ts';

/*
 * One replica of the bot that takes requests and clicks over HTTP, as from Teams, until it is ended. It prints its address.
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, azure: { type: 'string', default: '' } } });
const request = z.discriminatedUnion('do', [
  z.object({ do: z.literal('ask'), vm: z.string() }),
  z.object({ do: z.literal('decide'), id: z.string(), verb: z.enum(['approve', 'reject']), by: z.string() }),
]);

const nothing = () => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const store = await openStore({ databaseUrl: values.url ?? '', log });
const { operation, ports, cards } = remoteParts(values.azure);
const now = () => new Date();
const runs: Runs = createRuns({
  store,
  cards,
  now,
  log,
  operations: new Map([[operation.id, operation]]),
  contextFor: (actor, reader) => ({
    azure: ports,
    runs: runs.reader,
    now,
    actor,
    reader,
    ownChat: () => Promise.resolve(true),
  }),
  pace: 0.02,
  cardSeconds: 0.2,
});
await runs.start();

async function answer(wish: z.infer<typeof request>): Promise<unknown> {
  const person = (oid: string) => ({ tenantId: 'tenant', oid, name: oid });
  if (wish.do === 'ask') {
    const vm = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${wish.vm}`;
    const reader = { locale: 'en', timeZone: 'UTC' };
    const proposal = { operation: operation.id, parameters: { vm }, actor: person('ana'), reader };
    return { id: (await runs.service.propose({ ...proposal, conversationId: 'chat' })).id };
  }
  const { id, verb, by } = wish;
  const comment = verb === 'reject' ? { comment: 'not now' } : {};
  const decision = { run: { id }, version: 1, verb, actor: person(by), conversationId: 'chat', ...comment };
  return { accepted: (await runs.service.decide(decision)).accepted };
}

const server = createServer((incoming, outgoing) => {
  const answering = json(incoming).then((body) => answer(request.parse(body)));
  answering.then(
    (body) => outgoing.end(JSON.stringify(body)),
    (error: unknown) => outgoing.writeHead(500).end(asCatalogueError(error).code),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
});
