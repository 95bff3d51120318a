import type { Conversation } from '../wire.ts';
import { botFace } from './avatar.ts';
import type { ChatState } from './chat-state.ts';
import { el, type Item } from './dom.ts';

const invitations = {
  personal: 'Ask about a VM, back it up, snapshot it, or run a test failover. Try one of these:',
  groupChat: 'Everybody here sees what is asked and answered. Mention the bot to ask it something:',
  channel: 'Each question begins a thread of its own. Mention the bot to ask it something:',
};

/** What stands in a conversation in which nobody has written: what to do here, with examples to click. */
export function welcomeItem({ about }: ChatState, { kind, id }: Conversation, say: (text: string) => void): Item {
  const bot = about?.bot.name ?? '';
  const examples = (about?.firstExamples ?? []).map((example) =>
    kind === 'personal' ? example : `@${bot} ${example}`,
  );
  const make = () =>
    el(
      'section',
      { class: 'welcome', 'aria-label': 'Welcome', 'data-testid': 'welcome' },
      botFace(),
      el('h3', {}, kind === 'personal' ? `This is ${bot}` : `${bot} is here too`),
      el('p', {}, invitations[kind]),
      el('div', { class: 'suggestions' }, ...examples.map((example) => exampleButton(example, say))),
      el('p', { class: 'others' }, othersHint(about?.people.length ?? 1)),
    );
  return { key: 'welcome', stamp: `${id} ${about?.me.id}`, make };
}

/** What needs a second person can be tried alone. */
function othersHint(count: number): string {
  return `You can be any of ${count} people: choose at the top right, or open another tab for each.`;
}

function exampleButton(example: string, say: (text: string) => void): HTMLElement {
  const attributes = { type: 'button', class: 'suggestion', 'data-testid': 'example' };
  return el('button', { ...attributes, on: { click: () => say(example) } }, example);
}
