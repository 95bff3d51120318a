import { el } from './dom.ts';

const shownMs = 6000;

/** Short lines that come and go at the lower edge; read out by screen readers. */
export function toasts() {
  const element = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  const show = (text: string) => {
    const toast = el('div', { class: 'toast', 'data-testid': 'toast' }, text);
    element.append(toast);
    setTimeout(() => toast.remove(), shownMs);
  };
  return { element, show, clear: () => element.replaceChildren() };
}
