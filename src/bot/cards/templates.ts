import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { schemaFindings, Template } from './adaptive-cards.ts';

/** A card as JSON. */
export type Card = Readonly<Record<string, unknown>>;

/** What every card says besides its template: see `CardTemplates.draw`. */
export interface Envelope {
  /** BCP 47; the card says the language alone, since schema 1.5 takes no region. */
  readonly lang: string;
  /** One sentence for notifications, screen readers and clients that cannot draw the card. */
  readonly summary: string;
  readonly refresh?: unknown;
}

/** The templates of `cards/`, one per situation. */
export interface CardTemplates {
  readonly names: readonly string[];
  /** @throws Error when an expression of the template found no value, or schema 1.5 refuses the result. */
  draw(name: string, view: object, envelope: Envelope): Card;
}

const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });

/** Reads all templates of the folder; what stands in `parts/` is put in wherever a template says `{ "part": "name" }`. */
export function loadTemplates(folder: URL): CardTemplates {
  const parts = readFolder(new URL('parts/', folder));
  const templates = new Map(
    [...readFolder(folder)].map(([name, json]) => [name, new Template(withParts(json, parts))]),
  );
  return {
    names: [...templates.keys()],
    draw(name, view, envelope) {
      const expanded: unknown = templates.get(name)?.expand({ $root: view });
      const { body } = cardSchema.parse(expanded);
      return checked(name, { ...frame(envelope), body });
    },
  };
}

function frame({ lang, summary, refresh }: Envelope): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: new Intl.Locale(lang).language,
    fallbackText: summary,
    speak: summary,
    msteams: { width: 'Full' },
    ...(refresh !== undefined && { refresh }),
  };
}

function checked(name: string, card: Card): Card {
  if (JSON.stringify(card).includes('${')) throw new Error(`The card "${name}" has an expression without a value`);
  // The library's pattern for `lang` keeps state between calls and refuses every second good one.
  const { lang: _two, ...rest } = card;
  const findings = schemaFindings(rest);
  if (findings.length > 0) throw new Error(`The card "${name}" is not sound: ${findings.join('; ')}`);
  return card;
}

function readFolder(folder: URL): Map<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.map((file) => [basename(file, '.json'), read(new URL(file, folder))]));
}

function read(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function withParts(json: unknown, parts: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(json)) return json.map((item) => withParts(item, parts));
  if (typeof json !== 'object' || json === null) return json;
  if ('part' in json && typeof json.part === 'string') {
    if (!parts.has(json.part)) throw new Error(`There is no part "${json.part}" of cards`);
    return withParts(parts.get(json.part), parts);
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withParts(value, parts)]));
}
