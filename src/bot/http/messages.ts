import { once } from 'node:events';
import type { InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import type { Request, Response } from 'restify';
import { toastAnswer } from '../actions/invoke.ts';
import type { BotLog } from '../options.ts';
import { activitySchema, toActivity } from '../turn/activity.ts';
import type { TeamsAdapter } from '../turn/adapter.ts';

/** What the endpoint for activities works with. */
export interface EndpointParts {
  readonly adapter: TeamsAdapter;
  readonly logic: (context: TurnContext) => Promise<void>;
  readonly log: BotLog;
  /** Seconds until the request is answered while the turn goes on. */
  readonly turnSeconds: number;
  /** Toast for a click whose turn goes on, in the sender's language. */
  readonly stillWorking: (body: unknown) => string;
  /** Turns that are under way and answers that are on their way, so that closing can wait for them. */
  readonly underWay: Set<Promise<unknown>>;
}

/** `POST /api/messages`. Bodies of errors hold a code and nothing else. */
export async function receive(parts: EndpointParts, request: Request, response: Response): Promise<void> {
  track(parts, once(response, 'close'));
  const parsed = activitySchema.safeParse(request.body);
  if (!parsed.success) return void response.send(400, { code: 'BadRequest' });
  const turn = parts.adapter.receive(request.headers.authorization ?? '', toActivity(parsed.data), parts.logic);
  track(parts, turn);
  try {
    const answer = await inTime(parts, turn, parsed.data);
    response.send(answer?.status ?? 200, answer?.body ?? {});
  } catch (error) {
    refuse(parts, response, error);
  }
}

function track(parts: EndpointParts, work: Promise<unknown>): void {
  const ended: Promise<void> = work.then(
    () => undefined,
    () => undefined,
  );
  parts.underWay.add(ended);
  void ended.then(() => parts.underWay.delete(ended));
}

/** Teams sends a turn of 15 s again: it is answered before that, and goes on. */
async function inTime(
  parts: EndpointParts,
  turn: Promise<InvokeResponse | undefined>,
  body: { readonly type: string },
): Promise<InvokeResponse | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, parts.turnSeconds * 1000, 'late').unref();
  });
  const first = await Promise.race([turn, late]).finally(() => clearTimeout(timer));
  if (first !== 'late') return first;
  parts.log.warn({ type: body.type }, 'a turn goes on after its request was answered');
  turn.catch((error: unknown) => parts.log.error({ err: error }, 'a late turn failed'));
  return body.type === 'invoke' ? { status: 200, body: toastAnswer(parts.stillWorking(body)) } : undefined;
}

function refuse(parts: EndpointParts, response: Response, error: unknown): void {
  if (error instanceof AuthenticationError) {
    parts.log.warn({ why: error.message.slice(0, 200) }, 'a request was refused');
    return void response.send(401, { code: 'Unauthorized' });
  }
  parts.log.error({ err: error }, 'an activity could not be processed');
  response.send(500, { code: 'Internal' });
}
