import { ActionTypes, ActivityTypes, type Attachment, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { asCatalogueError, type CatalogueError } from '../errors.ts';
import { type Message, say, type Text } from '../message.ts';
import type { Reader } from '../operations/context.ts';
import type { Fact, Notice, Screen } from '../operations/screen.ts';
import type { Person, TalkOptions } from './options.ts';

const withFallback = z.object({ fallbackText: z.string() });

/**
 * Sends a screen as a card of its own; returns the message's id, by which it can be replaced.
 * No text goes beside the card: Teams would split the message and lose the id (teams-platform.md 2.4).
 */
export async function show(
  options: Pick<TalkOptions, 'draw'>,
  turn: TurnContext,
  reader: Reader,
  screen: Screen,
): Promise<string | undefined> {
  const sent = await turn.sendActivity(messageOf(options.draw(screen, reader)));
  return sent?.id;
}

/** Most suggestions that Teams shows under a message (teams-platform.md 2.4). */
const mostSuggested = 3;

/** Sends a screen with buttons that type a sentence, where Teams has them: in a person's own chat. Whoever sees none types it. */
export async function showSuggesting(
  options: Pick<TalkOptions, 'draw' | 'speech' | 'now'>,
  turn: TurnContext,
  { person, screen, typed }: { readonly person: Person; readonly screen: Screen; readonly typed: readonly Text[] },
): Promise<void> {
  const speak = options.speech.speakerFor({ ...person.reader, now: options.now() });
  const actions = typed.slice(0, mostSuggested).map((text) => {
    const said = speak(text);
    return { type: ActionTypes.ImBack, title: said, value: said };
  });
  const suggests = person.conversationKind === 'personal' && actions.length > 0;
  const message = messageOf(options.draw(screen, person.reader));
  await turn.sendActivity({
    ...message,
    ...(suggests && { suggestedActions: { to: [turn.activity.from.id], actions } }),
  });
}

/** Replaces a screen that was sent before. A message that is gone is no reason to fail a turn. */
export async function replace(
  options: Pick<TalkOptions, 'draw'>,
  turn: TurnContext,
  reader: Reader,
  message: { readonly id: string; readonly screen: Screen },
): Promise<void> {
  await turn
    .updateActivity({ ...messageOf(options.draw(message.screen, reader)), id: message.id })
    .catch(() => undefined);
}

function messageOf(card: Attachment) {
  const said = withFallback.safeParse(card.content);
  return { type: ActivityTypes.Message, attachments: [card], ...(said.success && { summary: said.data.fallbackText }) };
}

/** An error as it is told: what happened, what to do next, and Azure's own words with the correlation id where it has any. */
export function noticeOf(error: unknown): Notice {
  const known = asCatalogueError(error);
  return {
    tone: known.kind === 'internal' || known.kind === 'azure' ? 'bad' : 'warning',
    title: known.text,
    lead: known.advice,
    facts: azureFacts(known),
  };
}

function azureFacts({ azure }: CatalogueError): readonly Fact[] {
  if (azure === undefined) return [];
  const label = (id: string): Message => say(`dialog.${id}`);
  return [
    ...(azure.code ? [{ label: label('azure-code'), value: azure.code }] : []),
    ...(azure.message ? [{ label: label('azure-message'), value: azure.message }] : []),
    ...(azure.correlationId ? [{ label: label('correlation-id'), value: azure.correlationId }] : []),
  ];
}

/** Tells an error in the conversation. */
export async function tell(options: TalkOptions, turn: TurnContext, person: Person, error: unknown): Promise<void> {
  await show(options, turn, person.reader, { screen: 'notice', notice: noticeOf(error) });
}
