import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { schemaFindings, templateOf } from './adaptive-cards.ts';
import { formOf } from './form.ts';

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
  const templates = new Map([...readFolder(folder)].map(([name, json]) => [name, templateOf(withParts(json, parts))]));
  const check = checking();
  const expand = expanding(templates);
  return {
    names: [...templates.keys()],
    draw(name, view, envelope) {
      const card = { ...frame(envelope), body: expand(name, view) };
      check(name, card);
      return card;
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

const mostBodies = 200;

/** Fills templates in. What was drawn lately is kept as JSON: help, a busy run and the same question again look the same each time. */
function expanding(templates: ReadonlyMap<string, (data: unknown) => unknown>) {
  const drawn = new Map<string, string>();
  return (name: string, view: object): unknown => {
    const key = `${name} ${JSON.stringify(view)}`;
    const known = drawn.get(key);
    if (known !== undefined) return JSON.parse(known) as unknown;
    const { body } = cardSchema.parse(templates.get(name)?.(view));
    if (drawn.size >= mostBodies) drawn.clear();
    drawn.set(key, JSON.stringify(body));
    return body;
  };
}

const mostForms = 2000;

/** Checks cards. Cards of one form are all sound or none is, so the library reads each form once: it takes longer than drawing. */
function checking(): (name: string, card: Card) => void {
  const sound = new Set<string>();
  return (name, card) => {
    if (JSON.stringify(card).includes('${')) throw new Error(`The card "${name}" has an expression without a value`);
    const form = formOf(card);
    if (sound.has(form)) return;
    // The library's pattern for `lang` keeps state between calls and refuses every second good one.
    const { lang: _two, ...rest } = card;
    const findings = schemaFindings(rest);
    if (findings.length > 0) throw new Error(`The card "${name}" is not sound: ${findings.join('; ')}`);
    if (sound.size >= mostForms) sound.clear();
    sound.add(form);
  };
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
