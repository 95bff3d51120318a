import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChatLog } from './chat-log.ts';
import { serveConnector } from './connector/routes.ts';
import { SendLimit } from './connector/send-limit.ts';
import { Directory } from './directory.ts';
import { Files, filesPrefix } from './files.ts';
import { fileJournal, memoryJournal } from './journal.ts';
import type { LocalChat, LocalChatOptions } from './options.ts';
import { TurnRunner } from './turns/turn-runner.ts';
import { answering, HttpError } from './web/answer.ts';
import { Assets } from './web/assets.ts';
import { serveEvents } from './web/event-stream.ts';
import { guardOrigin } from './web/origin-guard.ts';
import { servePageApi } from './web/page-api.ts';

export type { LocalChat, LocalChatOptions, Person } from './options.ts';

/** Teams gives a turn 10 to 15 s, depending on the channel; after that it is called failed and delivered again. */
const teamsTurnTimeoutMs = 15_000;

const eventsPath = '/local-chat/api/events';
const apiPrefix = '/local-chat/api/';

/**
 * Builds the practice chat: Bot Connector REST for the bot, a Teams-like page for people. Conversations kept in
 * `dataFile` are there again. @throws if the journal cannot be read or written
 */
export async function createLocalChat(options: LocalChatOptions): Promise<LocalChat> {
  const now = options.now ?? (() => new Date());
  const log = await ChatLog.open(options.dataFile ? await fileJournal(options.dataFile) : memoryJournal(), now);
  const closing = new AbortController();
  const handlers = routesOf(options, { log, now, closing: closing.signal });
  const open = new Set<ServerResponse>();
  return {
    handle(request, response) {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      const handler = handlers.find(({ takes }) => takes(path));
      if (!handler) return false;
      open.add(response);
      response.on('close', () => open.delete(response));
      answering(response, async () => {
        guardOrigin(request);
        await handler.serve(request, response, path);
      });
      return true;
    },
    async close() {
      closing.abort();
      for (const response of open) response.destroy();
      await log.close();
    },
  };
}

interface Handler {
  readonly takes: (path: string) => boolean;
  readonly serve: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
}

interface Running {
  readonly log: ChatLog;
  readonly now: () => Date;
  readonly closing: AbortSignal;
}

function routesOf(options: LocalChatOptions, { log, now, closing }: Running): Handler[] {
  const directory = new Directory(options);
  const { botUrl, turnTimeoutMs = teamsTurnTimeoutMs, firstExamples } = options;
  const turns = new TurnRunner(log, { botUrl, turnTimeoutMs, closing });
  const connector = { log, directory, limit: new SendLimit(now) };
  const files = new Files();
  const chat = { log, directory, turns, files, now, serviceUrl: () => options.serviceUrl() };
  const assets = new Assets();
  return [
    {
      takes: (path) => path.startsWith('/v3/'),
      serve: (request, response) => serveConnector(connector, request, response),
    },
    {
      takes: (path) => path === eventsPath,
      serve: async (request, response) =>
        serveEvents({ log, directory, firstExamples }, response, streamQuery(request)),
    },
    {
      takes: (path) => path.startsWith(apiPrefix),
      serve: (request, response, path) => servePageApi(chat, request, response, path.slice(apiPrefix.length)),
    },
    {
      takes: (path) => path.startsWith(filesPrefix),
      serve: (request, response, path) => files.serve(request, response, path),
    },
    {
      takes: (path) => path === '/' || path.startsWith('/local-chat/'),
      serve: async (request, response, path) => {
        if (request.method !== 'GET') throw new HttpError(405, 'MethodNotAllowed', { message: 'Use GET.' });
        await assets.serve(path, response);
      },
    },
  ];
}

function streamQuery(request: IncomingMessage): { as: string; after: string } {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return { as: query.get('as') ?? '', after: query.get('after') ?? String(request.headers['last-event-id'] ?? '') };
}
