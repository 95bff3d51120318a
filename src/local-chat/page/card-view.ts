import type { ExecuteOutcome, ExecuteRequest, Mention } from '../wire.ts';
import { el } from './dom.ts';
import { hostConfig } from './host-config.ts';
import { adaptiveCards, type CardAction, type RenderableCard } from './libraries.ts';
import { markMentions, openLinksOutside } from './markdown.ts';

/** What a card does when it is clicked. */
export interface CardHandlers {
  /** Rejects when the server is away. */
  readonly execute: (action: ExecuteRequest['action']) => Promise<ExecuteOutcome>;
  readonly submit: (value: unknown) => Promise<unknown>;
  /** The bot answered with a line of text. */
  readonly said: (text: string) => void;
}

interface TeamsPart {
  readonly width?: string;
  readonly entities?: readonly { text?: string; mentioned?: { id?: string; name?: string } }[];
}

/** Draws a card. What goes wrong after a click is said on the card, and what was typed into it stays. */
export function cardView(card: unknown, handlers: CardHandlers): HTMLElement {
  const { AdaptiveCard, HostConfig } = adaptiveCards();
  const drawn = new AdaptiveCard();
  drawn.hostConfig = new HostConfig(hostConfig);
  const error = el('p', { class: 'card-error', role: 'alert', 'data-testid': 'card-error', hidden: true });
  const frame = el('div', { class: `card${isWide(card) ? ' wide' : ''}`, 'data-testid': 'card' });
  drawn.onExecuteAction = (action) => void act(frame, error, () => run(action, handlers));
  frame.append(drawnOrFallback(card, drawn), error);
  openLinksOutside(frame);
  markMentions(frame, mentionsIn(card));
  return frame;
}

/** Text that stands for the card in lists: its first words. */
export function cardSummary(card: unknown): string {
  const text = JSON.stringify(card)?.match(/"type":"TextBlock"[^{}]*?"text":("(?:[^"\\]|\\.)*")/)?.[1];
  return text === undefined ? 'Card' : plainWords(JSON.parse(text) as string);
}

async function act(frame: HTMLElement, error: HTMLElement, run: () => Promise<string | undefined>): Promise<void> {
  if (frame.getAttribute('aria-busy') === 'true') return;
  frame.setAttribute('aria-busy', 'true');
  error.hidden = true;
  const problem = await run().catch((reason: unknown) => `Not sent: ${String(reason)}`);
  frame.removeAttribute('aria-busy');
  error.hidden = problem === undefined;
  error.textContent = problem ?? '';
}

/** Resolves with what to say on the card, or undefined when all went well. */
async function run(action: CardAction, handlers: CardHandlers): Promise<string | undefined> {
  const type = action.getJsonTypeName();
  if (type === 'Action.OpenUrl') openUrl(action.url);
  if (type === 'Action.Submit') await handlers.submit(action.data);
  if (type !== 'Action.Execute') return undefined;
  const { id, verb = '', data } = action;
  const outcome = await handlers.execute({ type, verb, data, ...(id !== undefined && { id }) });
  if (outcome.kind === 'error') return outcome.text;
  if (outcome.kind === 'message') handlers.said(outcome.text);
  return undefined;
}

function openUrl(url: string | undefined): void {
  if (url !== undefined && /^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

function drawnOrFallback(card: unknown, drawn: RenderableCard): HTMLElement {
  try {
    drawn.parse(card);
    const element = drawn.render();
    if (element) return element;
  } catch (error) {
    console.error(error);
  }
  const { fallbackText } = (card ?? {}) as { fallbackText?: unknown };
  return el('p', { class: 'text' }, typeof fallbackText === 'string' ? fallbackText : 'This card cannot be shown.');
}

/** A card's own mentions, under its `msteams` key. */
function mentionsIn(card: unknown): Mention[] {
  const { entities = [] } = (card as { msteams?: TeamsPart } | undefined)?.msteams ?? {};
  return entities.map(({ text = '', mentioned }) => ({ text, id: mentioned?.id ?? '', name: mentioned?.name ?? '' }));
}

function isWide(card: unknown): boolean {
  return (card as { msteams?: TeamsPart } | undefined)?.msteams?.width === 'Full';
}

function plainWords(markdown: string): string {
  return markdown.replace(/\*\*|__|[*_]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
