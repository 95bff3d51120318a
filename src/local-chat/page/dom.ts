/** Properties of an element: attributes (absent or false: left out) and event handlers under `on`. */
export interface Properties {
  readonly class?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly [attribute: string]: unknown;
}

/** What an element can hold; undefined holds nothing. Strings become text, never markup. */
export type Child = Node | string | undefined;

/** Makes an element. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  const { on = {}, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string' || typeof value === 'number') element.setAttribute(name, String(value));
  }
  for (const [type, handler] of Object.entries(on)) element.addEventListener(type, handler);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** One of the page's own icons: an outline on a 20 by 20 grid, for the eye only. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Paths of the icons in use. */
export const icons = {
  back: 'M12.5 4 6.5 10l6 6',
  send: 'M3 10h7M3.4 3.5 17 10 3.4 16.5 5.3 10z',
  sun: 'M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4M13.2 10a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0z',
  moon: 'M15.8 12.2A6.6 6.6 0 0 1 7.8 4.2 6.6 6.6 0 1 0 15.8 12.2z',
  reply: 'M8 5 3.5 9.5 8 14M4 9.5h7a5 5 0 0 1 5 5V16',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.2v.2',
  people:
    'M7 9.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM2.5 16c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M13.5 9.5a2.1 2.1 0 1 0 0-4.2M13.5 11.8c2.4 0 4 1.4 4 4.2',
  channel: 'M4 7.5h12.5M3.5 12.5H16M8.5 3.5l-2 13M13.5 3.5l-2 13',
  chevron: 'M6 8l4 4 4-4',
} as const;

/** An item of a list on the screen: kept as it is while key and stamp stay, so that focus and typed text stay too. */
export interface Item {
  readonly key: string;
  readonly stamp: string;
  readonly make: () => HTMLElement;
}

/** Makes the children of `parent` be these items, in this order, touching only what changed. */
export function reconcile(parent: Element, items: readonly Item[]): void {
  const known = new Map([...parent.children].map((child) => [child.getAttribute('data-key'), child]));
  let place: Element | null = parent.firstElementChild;
  for (const item of items) {
    const old = known.get(item.key);
    known.delete(item.key);
    const element = old?.getAttribute('data-stamp') === item.stamp ? old : made(item);
    if (old && element !== old) {
      if (place === old) place = element;
      replace(old, element);
    }
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  for (const gone of known.values()) gone.remove();
}

/** Where the focus was inside the old element it goes to the new one, not to the top of the page. */
function replace(old: Element, element: Element): void {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(element);
  if (hadFocus && element instanceof HTMLElement) element.focus();
}

function made({ key, stamp, make }: Item): HTMLElement {
  const element = make();
  element.setAttribute('data-key', key);
  element.setAttribute('data-stamp', stamp);
  return element;
}
