import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { type Address, conversationId } from '../directory.ts';
import { HttpError, readJson, sendJson } from '../web/answer.ts';
import { type BotActivity, botActivitySchema, conversationParametersSchema } from './activity.ts';
import { allMembers, oneMember, pagedMembers } from './members.ts';
import { type ConnectorParts, change, ownMessage, remove, send } from './sending.ts';

/** One request to the connector, taken apart. */
interface Call {
  readonly parts: ConnectorParts;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** Decoded path segments after `/v3/`. */
  readonly path: readonly string[];
}

/** Serves Bot Connector v3 (conversations and their members) to the bot. @throws HttpError */
export async function serveConnector(parts: ConnectorParts, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = segments(url.pathname);
  const call: Call = { parts, request, response, query: url.searchParams, path };
  const [area, id, what] = path;
  if (area !== 'conversations') throw noRoute();
  if (id === undefined) return createConversation(call);
  const address = parts.directory.address(id);
  if (!address) throw new HttpError(404, 'ConversationNotFound', { message: 'There is no such conversation.' });
  if (what === 'activities') return serveActivities(call, address);
  if (what === 'members' || what === 'pagedmembers') return serveMembers(call, address);
  throw noRoute();
}

async function serveActivities(call: Call, address: Address): Promise<void> {
  const { request, response, parts } = call;
  const [, , , activityId, tail] = call.path;
  if (tail === 'members' && request.method === 'GET')
    return sendJson(response, 200, allMembers(parts.directory, address));
  if (tail !== undefined) throw noRoute();
  if (request.method === 'POST') {
    const id = await send(parts, inThread(call, address, activityId), await readActivity(request));
    return sendJson(response, 201, { id });
  }
  if (activityId === undefined) throw noRoute();
  const message = ownMessage(parts, address, activityId);
  if (request.method === 'PUT') await change(parts, message, await readActivity(request));
  else if (request.method === 'DELETE') await remove(parts, message);
  else throw noRoute();
  sendJson(response, 200, request.method === 'PUT' ? { id: activityId } : undefined);
}

async function serveMembers({ parts, request, response, path, query }: Call, address: Address): Promise<void> {
  if (request.method !== 'GET') throw noRoute();
  const [, , what, key] = path;
  if (key !== undefined) return sendJson(response, 200, oneMember(parts.directory, address, key));
  if (what === 'members') return sendJson(response, 200, allMembers(parts.directory, address));
  sendJson(response, 200, pagedMembers(parts.directory, address, query));
}

/** A personal chat with one member, or a new post in the channel; Teams lets bots create nothing else. */
async function createConversation({ parts, request, response }: Call): Promise<void> {
  if (request.method !== 'POST') throw noRoute();
  const parameters = parse(conversationParametersSchema, await readJson(request));
  const address = addressFor(parts, parameters);
  const activityId = parameters.activity ? await send(parts, address, parameters.activity) : undefined;
  const isPost = address.place.kind === 'channel';
  const id = conversationId(address.place.id, isPost ? activityId : undefined);
  sendJson(response, 201, { id, ...(activityId !== undefined && { activityId }) });
}

function addressFor({ directory }: ConnectorParts, parameters: z.output<typeof conversationParametersSchema>): Address {
  const channel = parameters.channelData?.channel?.id ?? parameters.channelData?.teamsChannelId;
  if (channel) {
    const address = directory.address(channel);
    if (address?.place.kind === 'channel' && parameters.activity) return { place: address.place };
    throw new HttpError(400, 'BadSyntax', { message: 'A new post needs a channel of the team and an activity.' });
  }
  const [member, ...more] = parameters.members ?? [];
  const person = member && directory.person(member.id);
  const place = person && directory.personal(person);
  if (place && more.length === 0) return { place };
  throw new HttpError(403, 'ForbiddenOperationException', { message: 'A bot can open a chat with one known member.' });
}

/** In a channel a reply to a message goes to that message's thread, also when the id does not name it. */
function inThread({ parts }: Call, address: Address, replyTo: string | undefined): Address {
  if (address.place.kind !== 'channel' || address.thread !== undefined || replyTo === undefined) return address;
  return { place: address.place, thread: parts.log.messages.get(replyTo)?.thread };
}

function segments(pathname: string): string[] {
  try {
    return pathname.split('/').slice(2).map(decodeURIComponent);
  } catch {
    throw new HttpError(400, 'BadSyntax', { message: 'The path is not encoded as it should be.' });
  }
}

async function readActivity(request: IncomingMessage): Promise<BotActivity> {
  return parse(botActivitySchema, await readJson(request));
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HttpError(400, 'BadSyntax', { message: `${issue?.path.join('.')}: ${issue?.message}` });
}

function noRoute(): HttpError {
  return new HttpError(404, 'NotFound', { message: 'The local Bot Connector has no such route.' });
}
