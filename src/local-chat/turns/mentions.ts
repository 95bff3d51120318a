import type { Author, Mention } from '../wire.ts';

/** A text as Teams sends it: each mention in `<at>…</at>`, with the entities that explain them. */
export interface MentionedText {
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** Turns `@Name` (any case) into mentions of these people or the bot; longer names first, so that none hides another. */
export function withMentions(text: string, known: readonly Pick<Author, 'id' | 'name'>[]): MentionedText {
  const names = known.toSorted((one, other) => other.name.length - one.name.length);
  if (names.length === 0) return { text, mentions: [] };
  const pattern = new RegExp(
    `(?<![\\w.@])@(${names.map(({ name }) => escaped(name)).join('|')})(?![\\p{L}\\p{N}_])`,
    'giu',
  );
  const mentions: Mention[] = [];
  const marked = text.replace(pattern, (_whole, written: string) => {
    const found = names.find(({ name }) => name.toLowerCase() === written.toLowerCase());
    const mention = { text: `<at>${found?.name}</at>`, id: found?.id ?? '', name: found?.name ?? '' };
    mentions.push(mention);
    return mention.text;
  });
  return { text: marked, mentions };
}

/** Teams' rich form of the same text, which it sends beside it as a `text/html` attachment. */
export function asHtml({ text, mentions }: MentionedText): string {
  const html = text
    .split(/<at>.*?<\/at>/u)
    .map((part) => part.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`).replaceAll('\n', '<br>'))
    .reduce((before, part, index) => `${before}${mentionHtml(mentions[index - 1], index - 1)}${part}`);
  return `<div>${html}</div>`;
}

function mentionHtml(mention: Mention | undefined, index: number): string {
  return `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${index}">${mention?.name ?? ''}</span>`;
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
