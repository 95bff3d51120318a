import type { Mention } from '../wire.ts';
import { el } from './dom.ts';
import { markdownIt } from './libraries.ts';

/** What Teams does not draw in a bot's text: headings, tables, code, pictures; HTML is text. */
const notInTeams = [
  'heading',
  'lheading',
  'table',
  'fence',
  'code',
  'backticks',
  'image',
  'hr',
  'html_block',
  'html_inline',
  'reference',
];

/** Makes the function that turns Teams' subset of Markdown into safe HTML. */
export function markdownRenderer(): (text: string) => string {
  const rules = markdownIt()({ html: false, linkify: true, breaks: true }).disable(notInTeams);
  rules.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  return (text) => rules.render(text);
}

/** A bot's text as an element: Markdown, links in a new tab, mentions marked. */
export function richText(html: string, mentions: readonly Mention[]): HTMLElement {
  const element = el('div', { class: 'text' });
  element.innerHTML = html;
  openLinksOutside(element);
  markMentions(element, mentions);
  return element;
}

/** A text as it was typed, with mentions marked. */
export function plainText(text: string, mentions: readonly Mention[]): HTMLElement {
  const element = el('div', { class: 'text plain' }, text);
  markMentions(element, mentions);
  return element;
}

/** Links in a card or text open beside the chat, never in its place. */
export function openLinksOutside(element: HTMLElement): void {
  for (const link of element.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
}

/** Shows `<at>…</at>` as the name that it stands for. */
export function markMentions(element: HTMLElement, mentions: readonly Mention[]): void {
  for (const mention of mentions) {
    if (mention.text === '') continue;
    const node = textNodes(element).find(({ data }) => data.includes(mention.text));
    if (!node) continue;
    const found = node.splitText(node.data.indexOf(mention.text));
    found.splitText(mention.text.length);
    found.replaceWith(el('span', { class: 'mention' }, mention.name || mention.text.replace(/<\/?at>/g, '')));
  }
}

function textNodes(element: HTMLElement): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  return nodes;
}
