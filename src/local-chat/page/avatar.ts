import type { Author } from '../wire.ts';
import { el } from './dom.ts';

const tones = 6;

/** Initials on a colour that is always the same for the same name; the bot has its mark. */
export function avatar({ kind, name }: Pick<Author, 'kind' | 'name'>): HTMLElement {
  if (kind === 'bot') return el('img', { class: 'avatar bot', src: '/local-chat/page/icon.svg', alt: '' });
  return el('span', { class: `avatar tone-${toneOf(name)}`, 'aria-hidden': 'true' }, initials(name));
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}

function toneOf(name: string): number {
  return Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % tones;
}
