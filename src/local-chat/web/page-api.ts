import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type ChatParts, consent, execute, open, say, submit } from '../turns/chat-service.ts';
import { HttpError, readJson, sendJson } from './answer.ts';

/** Longer messages than a person can post in Teams are refused (Teams: about 28 KB of text). */
const maxTextLength = 28_000;

const saySchema = z.object({
  as: z.string(),
  conversation: z.string(),
  thread: z.string().optional(),
  text: z.string().min(1).max(maxTextLength),
});
const openSchema = z.object({ as: z.string(), conversation: z.string() });
const submitSchema = z.object({ as: z.string(), messageId: z.string(), value: z.unknown().optional() });
const consentSchema = z.object({ as: z.string(), messageId: z.string(), action: z.enum(['accept', 'decline']) });
const executeSchema = z.object({
  as: z.string(),
  messageId: z.string(),
  trigger: z.enum(['manual', 'automatic']),
  action: z.object({
    type: z.literal('Action.Execute'),
    id: z.string().optional(),
    verb: z.string().default(''),
    data: z.unknown().optional(),
  }),
});

/** Serves what the page does in a person's name. @throws HttpError */
export async function servePageApi(parts: ChatParts, request: IncomingMessage, response: ServerResponse, deed: string) {
  if (request.method !== 'POST') throw new HttpError(405, 'MethodNotAllowed', { message: 'Use POST.' });
  const body = await readJson(request);
  if (deed === 'messages') return sendJson(response, 201, await say(parts, parse(saySchema, body)));
  if (deed === 'execute') return sendJson(response, 200, await execute(parts, parse(executeSchema, body)));
  if (deed === 'submit') return sendJson(response, 202, await submit(parts, parse(submitSchema, body)));
  if (deed === 'consent') return sendJson(response, 202, await consent(parts, parse(consentSchema, body)));
  if (deed === 'open') return sendJson(response, 202, await open(parts, parse(openSchema, body)));
  throw new HttpError(404, 'NotFound', { message: 'There is no such deed.' });
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new HttpError(400, 'BadSyntax', { message: z.prettifyError(result.error) });
}
