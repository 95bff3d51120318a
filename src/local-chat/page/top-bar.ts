import type { PersonView } from '../wire.ts';
import { botFace, personFace } from './avatar.ts';
import type { ChatState } from './chat-state.ts';
import { el, type Item, icon, icons, reconcile } from './dom.ts';
import { currentTheme, followSystemTheme, switchTheme } from './theme.ts';

/** The bar above everything: what this is, the theme, and who one is. */
export function topBar(become: (slug: string) => void) {
  const menu = el('div', {
    id: 'people',
    class: 'people-menu',
    popover: 'auto',
    role: 'menu',
    'aria-label': 'Be somebody else',
  });
  const who = el('button', { type: 'button', class: 'who', popovertarget: 'people', 'data-testid': 'person-switch' });
  const mark = el('div', { class: 'mark' }, botFace(), el('h1', {}, 'Vaultkeeper'));
  const practice = el(
    'span',
    { class: 'practice', title: 'Azure is simulated. Nothing leaves this machine.' },
    'Practice',
  );
  const element = el(
    'header',
    { class: 'top-bar' },
    mark,
    practice,
    el('span', { class: 'space' }),
    themeSwitch(),
    who,
    menu,
  );
  const choose = (slug: string) => {
    menu.hidePopover();
    become(slug);
  };
  const update = ({ about }: ChatState) => {
    if (!about) return;
    reconcile(who, [face(about.me)]);
    reconcile(
      menu,
      about.people.map((person) => personItem(person, { isMe: person.id === about.me.id, choose })),
    );
  };
  return { element, update };
}

function themeSwitch(): HTMLElement {
  const button = el('button', { type: 'button', class: 'round', 'data-testid': 'theme-switch' });
  const draw = () => {
    const isDark = currentTheme() === 'dark';
    button.replaceChildren(icon(isDark ? icons.sun : icons.moon));
    button.title = isDark ? 'Switch to light' : 'Switch to dark';
    button.setAttribute('aria-label', button.title);
  };
  button.addEventListener('click', () => {
    switchTheme();
    draw();
  });
  followSystemTheme(draw);
  draw();
  return button;
}

function face(person: PersonView): Item {
  const hint = (text: string) => el('span', { class: 'visually-hidden' }, text);
  const words = [hint('You are '), names(person), hint('. Be somebody else')];
  const make = () => el('span', { class: 'me' }, personFace(person), ...words, icon(icons.chevron));
  return { key: person.id, stamp: '', make };
}

/** A link, so that it can also be opened as another tab for that person. */
function personItem(person: PersonView, { isMe, choose }: { isMe: boolean; choose: (slug: string) => void }): Item {
  const click = (event: Event) => {
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    choose(person.slug);
  };
  const attributes = {
    role: 'menuitem',
    href: `/?as=${person.slug}`,
    'data-testid': `person-${person.slug}`,
    on: { click },
  };
  const make = () =>
    el('a', { ...attributes, 'aria-current': isMe ? 'true' : undefined }, personFace(person), names(person));
  return { key: person.id, stamp: String(isMe), make };
}

function names({ name, role }: PersonView): HTMLElement {
  return el('span', { class: 'names' }, el('strong', {}, name), el('span', {}, role));
}
