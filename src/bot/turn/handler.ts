import { randomUUID } from 'node:crypto';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import { asCatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Screen } from '../../operations/screen.ts';
import type { DeliveryLog } from '../../runs/ports.ts';
import { traced } from '../../telemetry.ts';
import { type ActionParts, act, readExecute, replayed, showRun, signInFirst } from '../actions/card-actions.ts';
import { type FileParts, takeConsent } from '../actions/file-consent.ts';
import { cardAnswer, errorAnswer, type InvokeBody, toastAnswer } from '../actions/invoke.ts';
import { exchanged } from '../identity/sso.ts';
import type { SsoOffers } from '../identity/sso-offers.ts';
import type { BotOptions, Person } from '../options.ts';
import type { Whereabouts } from './conversations.ts';
import type { InOrder } from './in-order.ts';
import type { TurnLimits } from './limits.ts';
import { saidBy } from './mention.ts';
import { crowdedNotice, errorNotice, faultNotice, refusalNotice } from './notices.ts';
import { type People, personOf, type Stranger } from './person.ts';
import { readerOf } from './reader.ts';
import type { Turns } from './turns.ts';
import type { UnderWay } from './under-way.ts';

/** What a turn works with. */
export interface TurnParts extends ActionParts, FileParts {
  readonly whereabouts: Whereabouts;
  readonly deliveries: DeliveryLog;
  readonly forget?: BotOptions['forget'];
  readonly signIn?: BotOptions['signIn'];
  readonly ssoOffers: SsoOffers;
  readonly people: People;
  readonly inOrder: InOrder;
  readonly turns: Turns;
  readonly limits: TurnLimits;
  readonly underWay: UnderWay;
  readonly speech: BotOptions['speech'];
  readonly now: () => Date;
}

/** Longest message that is read, in UTF-16 units: requests are sentences. */
const longestMessage = 4000;

/** One activity, already verified. Events that mean nothing to us are answered by doing nothing: Teams invents new ones. */
export async function onTurn(parts: TurnParts, context: TurnContext): Promise<void> {
  const { type, id, from, conversation } = context.activity;
  const about = {
    conversation: conversation.id,
    ...(id && { activity: id }),
    ...(from?.aadObjectId && { actor: from.aadObjectId }),
  };
  await parts.turns.count(
    type,
    async () =>
      await traced(
        `turn ${type}`,
        about,
        async () => await parts.underWay.during(async () => await route(parts, context)),
      ),
  );
}

async function route(parts: TurnParts, context: TurnContext): Promise<void> {
  if (await isTurnedAway(parts, context)) return;
  switch (context.activity.type) {
    case ActivityTypes.Message:
      return await once(parts, context, () => onMessage(parts, context));
    case ActivityTypes.Invoke:
      if (context.activity.name === 'signin/tokenExchange') return await onTokenExchange(parts, context);
      if (context.activity.name === 'fileConsent/invoke') return await onFileConsent(parts, context);
      return await answerInvoke(context, await onInvoke(parts, context));
    case ActivityTypes.ConversationUpdate:
      return await once(parts, context, () => onAdded(parts, context));
    case ActivityTypes.InstallationUpdate:
      return await onInstalled(parts, context);
    default:
      return;
  }
}

/** Answers, once a minute, that there is too much to do; whatever was asked is not done. A card that looks for news by itself is not counted as its reader. */
async function isTurnedAway(parts: TurnParts, context: TurnContext): Promise<boolean> {
  const { type, from, conversation } = context.activity;
  const value: unknown = context.activity.value;
  const isInvoke = type === ActivityTypes.Invoke;
  if (!isInvoke && type !== ActivityTypes.Message) return false;
  const person = `${conversation.tenantId ?? ''} ${from.aadObjectId ?? from.id}`;
  const looksByItself = isInvoke && readExecute(value)?.automatic === true;
  const turned = looksByItself ? undefined : await parts.limits.turned({ person, conversation: conversation.id });
  if (turned === undefined) return false;
  parts.log.warn({ why: turned.why, conversationId: conversation.id }, 'a turn was not taken');
  const notice = crowdedNotice(turned);
  if (isInvoke)
    await answerInvoke(
      context,
      toastAnswer(parts.speech.speakerFor({ ...readerOf(context.activity), now: parts.now() })(notice.lead)),
    );
  else if (turned.first) await send(parts, context, { screen: 'notice', notice });
  return true;
}

/** The SDK's way to answer an invoke. HTTP is always 200: another status makes Teams show its own fault (teams-platform 2.1). */
export async function answerInvoke(context: TurnContext, body: InvokeBody): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}

/** What the person is told when a turn broke; the rest is for the log. */
export async function onTurnError(parts: TurnParts, context: TurnContext, error: unknown): Promise<void> {
  if (context.activity.name === 'ContinueConversation') throw error;
  const known = asCatalogueError(error);
  const reference = randomUUID().slice(0, 8);
  const { type, id, conversation } = context.activity;
  parts.log.error({ err: error, reference, type, activityId: id, conversationId: conversation.id }, 'a turn failed');
  const screen = known.kind === 'internal' ? faultNotice(reference) : errorNotice(known);
  if (type === ActivityTypes.Invoke)
    return await answerInvoke(context, errorAnswer(500, 'Internal', `ref ${reference}`));
  if (type !== ActivityTypes.Message) return;
  await send(parts, context, screen).catch((failure: unknown) => {
    parts.log.error({ err: failure, reference }, 'the person could not be told');
  });
}

async function onMessage(parts: TurnParts, context: TurnContext): Promise<void> {
  const { activity } = context;
  const person = await parts.people.of(context);
  if (typeof person === 'string') return await sendStranger(parts, context, person);
  await parts.whereabouts.note(activity);
  if ((activity.text ?? '').length > longestMessage) return await send(parts, context, refusalNotice('too-long'));
  activity.text = saidBy(activity);
  // Action.Submit: no card of ours sends it, and no card can be returned to it.
  const submitted: unknown = activity.value;
  if (activity.text === '' && submitted !== undefined)
    return await send(parts, context, refusalNotice('not-an-action'));
  await parts.ssoOffers.offer(context, person);
  await parts.talk.message(context, person);
}

/** Every client of the person sends it, and sending it again has no effect: whoever is signed in stays so. */
async function onTokenExchange(parts: TurnParts, context: TurnContext): Promise<void> {
  const person = await parts.people.of(context);
  const value = await exchanged(parts, person, context.activity.value);
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
}

/** Teams shows nothing of the answer to this invoke; what came of it is in the conversation. */
async function onFileConsent(parts: TurnParts, context: TurnContext): Promise<void> {
  const person = await parts.people.of(context);
  if (typeof person === 'string') await sendStranger(parts, context, person);
  else await once(parts, context, () => takeConsent(parts, context, person));
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200 } });
}

async function onInvoke(parts: TurnParts, context: TurnContext): Promise<InvokeBody> {
  const { activity } = context;
  const execute = activity.name === 'adaptiveCard/action' ? readExecute(activity.value) : undefined;
  if (execute === undefined) return errorAnswer(400, 'BadRequest', 'not an action of a card');
  const person = await parts.people.of(context);
  if (typeof person === 'string') return cardAnswer(parts.drawing.screen(refusalNotice(person), readerOf(activity)));
  const click = { turn: context, person, verb: execute.verb, data: execute.data };
  if (execute.automatic || execute.verb === 'show') return await showRun(parts, click);
  const ask = parts.speech.speakerFor({ ...person.reader, now: parts.now() })(say('card.sign-in'));
  const first = await signInFirst(parts, { ...click, token: execute.token }, ask);
  if (first !== undefined) return first;
  if (await isFirst(parts, context)) return await parts.inOrder.run(activity.conversation.id, () => act(parts, click));
  if (execute.verb === 'decide') return await replayed(parts, click);
  return toastAnswer(parts.speech.speakerFor({ ...person.reader, now: parts.now() })(say('card.received-already')));
}

async function onAdded(parts: TurnParts, context: TurnContext): Promise<void> {
  const { membersAdded, membersRemoved, recipient } = context.activity;
  if (membersRemoved?.some(({ id }) => id === recipient?.id)) return await forget(parts, context);
  await met(parts, context);
  if (!membersAdded?.some(({ id }) => id === recipient?.id)) return;
  const known: Person | undefined = personOf(context.activity);
  await parts.talk.welcome(context, known);
}

/** Teams sends a turn again that took too long, and anybody can replay a request: the second one does nothing. */
async function once(parts: TurnParts, context: TurnContext, work: () => Promise<void>): Promise<void> {
  if (!(await isFirst(parts, context))) return;
  await parts.inOrder.run(context.activity.conversation.id, work);
}

async function isFirst(parts: TurnParts, { activity }: TurnContext): Promise<boolean> {
  if (!activity.id) return true;
  return await parts.deliveries.firstTime(activity.conversation.id, activity.id);
}

/** Added is told by the update of the members as well; removed from a personal chat is told by this alone. */
async function onInstalled(parts: TurnParts, context: TurnContext): Promise<void> {
  const removed = context.activity.action?.startsWith('remove') === true;
  await (removed ? forget(parts, context) : met(parts, context));
}

async function forget({ forget: drop, whereabouts, log }: TurnParts, { activity }: TurnContext): Promise<void> {
  whereabouts.drop(activity.conversation.id);
  log.info({ conversationId: activity.conversation.id }, 'the bot was removed from a conversation');
  await drop?.(activity.conversation.id);
}

/** Whoever was removed and added again is written down anew. */
async function met({ whereabouts }: TurnParts, { activity }: TurnContext): Promise<void> {
  whereabouts.drop(activity.conversation.id);
  await whereabouts.note(activity);
}

async function sendStranger(parts: TurnParts, context: TurnContext, stranger: Stranger): Promise<void> {
  parts.log.warn({ stranger, conversationId: context.activity.conversation.id }, 'somebody was not heard');
  await send(parts, context, refusalNotice(stranger));
}

async function send(parts: TurnParts, context: TurnContext, screen: Screen): Promise<void> {
  await context.sendActivity({ attachments: [parts.drawing.screen(screen, readerOf(context.activity))] });
}
