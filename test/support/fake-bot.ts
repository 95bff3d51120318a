import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const activitySchema = z.looseObject({
  type: z.string(),
  id: z.string(),
  serviceUrl: z.string(),
  text: z.string().optional(),
  replyToId: z.string().optional(),
  from: z.object({ id: z.string(), name: z.string(), aadObjectId: z.string() }),
  conversation: z.looseObject({ id: z.string(), conversationType: z.string() }),
  value: z.unknown().optional(),
});

/** An activity as the fake bot got it. */
export type Received = z.output<typeof activitySchema>;

/** An answer of the connector. */
export interface ConnectorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** What a handler of the fake bot can do: plain HTTP calls to the connector. */
export interface FakeTurn {
  readonly activity: Received;
  readonly call: (method: string, path: string, body?: unknown) => Promise<ConnectorAnswer>;
  /** Answers in the activity's conversation; resolves with the message's id. */
  readonly send: (activity: object) => Promise<string>;
}

/** Returns the body of the invoke response, if any. */
export type FakeBotHandler = (turn: FakeTurn) => Promise<unknown>;

/** A bot without any SDK: it shows what really travels. */
export interface FakeBot extends AsyncDisposable {
  readonly url: string;
  /** Everything that came, oldest first. */
  readonly received: readonly Received[];
}

/** Listens on a free port and gives every activity to the handler. */
export async function startFakeBot(handler: FakeBotHandler): Promise<FakeBot> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, { received, handler });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls the connector as the bot would. */
export async function callConnector(
  serviceUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<ConnectorAnswer> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${serviceUrl}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bot: { received: Received[]; handler: FakeBotHandler },
): Promise<void> {
  try {
    const activity = activitySchema.parse(JSON.parse((await request.toArray()).join('')));
    bot.received.push(activity);
    const body = await bot.handler(turnOf(activity));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  } catch (error) {
    response.writeHead(500);
    response.end(String(error));
  }
}

function turnOf(activity: Received): FakeTurn {
  const path = `/v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
  const call = (method: string, to: string, body?: unknown) => callConnector(activity.serviceUrl, method, to, body);
  return {
    activity,
    call,
    async send(message) {
      const sent = await call('POST', path, { type: 'message', ...message });
      if (sent.status !== 201) throw new Error(`The connector answered ${sent.status} ${JSON.stringify(sent.body)}`);
      return z.object({ id: z.string() }).parse(sent.body).id;
    },
  };
}
