import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { cardType } from '../cards/drawing.ts';

const drawn = z.looseObject({ fallbackText: z.string() });

/**
 * Bot Framework's adapter without its HTTP part, which sends the texts of errors to callers and prints them (teams-platform 2.1):
 * status codes and bodies are ours, in `http/`.
 */
export class TeamsAdapter extends CloudAdapter {
  /** Verifies the token, runs the turn; an invoke returns its answer. @throws AuthenticationError */
  receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

/**
 * What every card needs on its way: notifications show `summary`, and there is no text beside a card, because Teams would split the two and
 * the bot would never learn the id of the card (teams-platform 2.4).
 */
export async function completeCards(context: TurnContext, next: () => Promise<void>): Promise<void> {
  context.onSendActivities(async (_context, activities, send) => {
    for (const activity of activities) completeCard(activity);
    return await send();
  });
  context.onUpdateActivity(async (_context, activity, send) => {
    completeCard(activity);
    return await send();
  });
  await next();
}

function completeCard(activity: Partial<Activity>): void {
  const card = activity.attachments?.find(({ contentType }) => contentType === cardType);
  if (card === undefined) return;
  const text = drawn.safeParse(card.content).data?.fallbackText;
  activity.summary ??= activity.text ?? text ?? '';
  delete activity.text;
}
