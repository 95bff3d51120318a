import { say } from '../message.ts';
import { createDrawing } from './cards/drawing.ts';
import type { EndpointParts } from './http/messages.ts';
import { createHttpServer, listen } from './http/server.ts';
import { authenticationFor } from './identity/authentication.ts';
import { checkIdentity } from './identity/check-identity.ts';
import { loopbackServiceUrls, teamsFileUrls } from './identity/service-hosts.ts';
import { SsoOffers } from './identity/sso-offers.ts';
import { createCardPort } from './notifier.ts';
import type { Bot, BotOptions } from './options.ts';
import { createPostPort } from './posts.ts';
import { activitySchema, toActivity } from './turn/activity.ts';
import { completeCards, TeamsAdapter } from './turn/adapter.ts';
import { Whereabouts } from './turn/conversations.ts';
import { onTurn, onTurnError, type TurnParts } from './turn/handler.ts';
import { InOrder } from './turn/in-order.ts';
import { TurnLimits, usualLimits } from './turn/limits.ts';
import { People } from './turn/person.ts';
import { readerOf } from './turn/reader.ts';
import { countTurns } from './turn/turns.ts';
import { UnderWay } from './turn/under-way.ts';

export { cardType, createDrawing, type Drawing } from './cards/drawing.ts';
export { ConnectorFault } from './identity/outbound-client.ts';
export type { Bot, BotIdentity, BotLog, BotOptions, CardAction, Person, Talk, TokenCredentialLike } from './options.ts';

/** Longest wait for turns that are under way when the bot closes, in milliseconds. */
const closingMilliseconds = 10_000;

/**
 * Builds the Teams edge. The runs need its cards and it needs the runs: `runs` is a function, so that the composition root can write
 * `const bot = createBot({ runs: () => runs.service, … }); const runs = createRuns({ cards: bot.cards, … })`. The talk gets a drawing of its
 * own (`createDrawing`) or `(screen, reader) => bot.draw(screen, reader)`.
 * @throws TypeError naming everything that is missing in the identity.
 */
export function createBot(options: BotOptions): Bot {
  checkIdentity(options.identity, options.allowedTenants);
  const { identity, conversations, speech, now, allowedTenants, outboundSeconds = 8 } = options;
  const drawing = options.drawing ?? createDrawing({ speech, now });
  const adapter = new TeamsAdapter(authenticationFor(identity, { allowedTenants, outboundSeconds }));
  const underWay = new UnderWay();
  const parts: TurnParts = {
    ...options,
    drawing,
    fileUrls: identity.kind === 'practice' ? loopbackServiceUrls : teamsFileUrls(identity.extraServiceHosts),
    people: new People(options),
    whereabouts: new Whereabouts(conversations, now),
    inOrder: new InOrder(),
    turns: countTurns(),
    ssoOffers: new SsoOffers(options),
    underWay,
    limits: new TurnLimits(options.limits ?? usualLimits, underWay),
  };
  adapter.use(completeCards);
  adapter.onTurnError = (context, error) => onTurnError(parts, context, error);
  const endpoint = endpointFor(options, parts, adapter);
  const server = createHttpServer(options, endpoint);
  const appId = identity.kind === 'teams' ? identity.appId : '';
  const outside = { adapter, appId, conversations, drawing, localeOf: options.localeOf };
  return {
    cards: createCardPort(outside),
    posts: createPostPort(outside),
    draw: (screen, reader) => drawing.screen(screen, reader),
    calm: async () => await underWay.calm(),
    listen: (port, host) => listen(server, options, { port, host }),
    close: () => close(server.server, endpoint),
  };
}

function endpointFor(options: BotOptions, parts: TurnParts, adapter: TeamsAdapter): EndpointParts {
  const stillWorking = (body: unknown) => {
    const activity = toActivity(activitySchema.parse(body));
    return options.speech.speakerFor({ ...readerOf(activity), now: options.now() })(say('card.still-working'));
  };
  const { log, turnSeconds = 10 } = options;
  return { adapter, log, turnSeconds, stillWorking, underWay: new Set(), logic: (context) => onTurn(parts, context) };
}

async function close(server: import('node:http').Server, endpoint: EndpointParts): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timeout = AbortSignal.timeout(closingMilliseconds);
  const tooLong = new Promise<void>((resolve) => timeout.addEventListener('abort', () => resolve()));
  // A request may still come over a connection that is open.
  while (endpoint.underWay.size > 0 && !timeout.aborted)
    await Promise.race([Promise.allSettled(endpoint.underWay), tooLong]);
  server.closeAllConnections();
  await closed;
}
