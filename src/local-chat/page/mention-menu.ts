import { el } from './dom.ts';

/** The list of names that opens while somebody types `@`. */
export interface MentionMenu {
  readonly element: HTMLElement;
  /** Handles a key while the list is open; true: the key meant the list and nothing else. */
  readonly takes: (event: KeyboardEvent) => boolean;
}

/** Offers these names for the word at the caret that begins with `@`. */
export function mentionMenu(input: HTMLTextAreaElement, names: readonly string[]): MentionMenu {
  const id = `mentions-${crypto.randomUUID()}`;
  const element = el('div', {
    id,
    class: 'mention-menu',
    role: 'listbox',
    'aria-label': 'People to mention',
    hidden: true,
  });
  const state = { offered: [] as string[], active: 0 };
  const choose = (name: string) => {
    insert(input, name);
    show([]);
  };
  function show(offered: string[], active = 0): void {
    Object.assign(state, { offered, active });
    element.hidden = offered.length === 0;
    element.replaceChildren(...offered.map((name, index) => option({ id, name, index, active, choose })));
    if (offered.length === 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${id}-${active}`);
  }
  if (names.length > 0) input.setAttribute('aria-controls', id);
  input.addEventListener('input', () => show(matching(input, names)));
  input.addEventListener('blur', () => setTimeout(() => show([]), 150));
  const move = (step: number) =>
    show(state.offered, (state.active + step + state.offered.length) % state.offered.length);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(state.offered[state.active] ?? ''),
    Tab: () => choose(state.offered[state.active] ?? ''),
    Escape: () => show([]),
  };
  return {
    element,
    takes(event) {
      const act = state.offered.length > 0 ? keys[event.key] : undefined;
      if (!act) return false;
      event.preventDefault();
      act();
      return true;
    },
  };
}

interface Option {
  readonly id: string;
  readonly name: string;
  readonly index: number;
  readonly active: number;
  readonly choose: (name: string) => void;
}

function option({ id, name, index, active, choose }: Option): HTMLElement {
  const selected = String(index === active);
  // Before the blur that the click would cause.
  const mousedown = (event: Event) => {
    event.preventDefault();
    choose(name);
  };
  return el('div', { id: `${id}-${index}`, role: 'option', 'aria-selected': selected, on: { mousedown } }, name);
}

function matching(input: HTMLTextAreaElement, names: readonly string[]): string[] {
  const typed = wordAtCaret(input);
  if (typed === undefined) return [];
  const offered = names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  const isComplete = offered.some((name) => name.toLowerCase() === typed.toLowerCase());
  return isComplete ? [] : offered;
}

function insert(input: HTMLTextAreaElement, name: string): void {
  const caret = input.selectionStart;
  const start = caret - (wordAtCaret(input)?.length ?? 0);
  input.setRangeText(`${name} `, start, caret, 'end');
  input.focus();
}

function wordAtCaret(input: HTMLTextAreaElement): string | undefined {
  return /(?:^|\s)@([\p{L}\p{N}-]*(?: [\p{L}\p{N}-]*)?)$/u.exec(input.value.slice(0, input.selectionStart))?.[1];
}
