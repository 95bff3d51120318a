import { el } from './dom.ts';

const tones = 6;

/** The bot's mark. */
export function botFace(): HTMLElement {
  return el('img', { class: 'avatar bot', src: '/local-chat/page/icon.svg', alt: '' });
}

/** A person's initials, on the colour that is theirs. */
export function personFace({ name, tone }: { readonly name: string; readonly tone: number }): HTMLElement {
  return el('span', { class: `avatar tone-${tone % tones}`, 'aria-hidden': 'true' }, initials(name));
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const ends = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return ends.map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
