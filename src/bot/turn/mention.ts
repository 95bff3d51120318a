import type { Activity } from 'botbuilder';
import { z } from 'zod';

const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string().nullish(),
  mentioned: z.looseObject({ id: z.string() }),
});

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * What the person said, without the bot's own name: the SDK's `removeRecipientMention` takes away one form once and leaves entities and
 * no-break spaces behind (teams-platform 3.4). Other people's mentions become their names.
 */
export function saidBy(activity: Activity): string {
  const raw = activity.text ?? '';
  const withoutEntities = ownMentions(activity).reduce((text, said) => text.replaceAll(said, ' '), raw);
  const withoutTags = withoutEntities.replace(/<at\b[^<>]{0,200}>([^<>]{0,200})<\/at>/gi, (_whole, name: string) =>
    isBot(activity, name) ? ' ' : name,
  );
  return decoded(withoutTags)
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function ownMentions(activity: Activity): string[] {
  return (activity.entities ?? []).flatMap((entity: unknown) => {
    const parsed = mention.safeParse(entity).data;
    return parsed?.text && parsed.mentioned.id === activity.recipient?.id ? [parsed.text] : [];
  });
}

function isBot(activity: Activity, name: string): boolean {
  return decoded(name).trim().toLowerCase() === (activity.recipient?.name ?? '').trim().toLowerCase();
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
