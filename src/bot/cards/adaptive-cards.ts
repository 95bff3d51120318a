import { createRequire } from 'node:module';

/** The part of `adaptivecards` that works without a page. Its own typings fail our strict flags, and its main entry does not load on Node. */
interface Library {
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: Context): void;
    validateProperties(): { readonly validationEvents: readonly Finding[] };
  };
  readonly SerializationContext: new (version: unknown) => Context;
  readonly Versions: { readonly v1_5: unknown };
}

interface Context {
  readonly eventCount: number;
  getEventAt(index: number): Finding;
}

interface Finding {
  readonly message: string;
}

/** The part of `adaptivecards-templating` that is used; its typings lead the checker into the sources of `adaptivecards`. */
interface Templating {
  readonly Template: new (template: unknown) => { expand(context: { readonly $root: unknown }): unknown };
}

const require = createRequire(import.meta.url);
const library = require('adaptivecards/dist/adaptivecards.js') as Library;

/** A card template, to be expanded with data. */
export const { Template } = require('adaptivecards-templating') as Templating;

/** What schema 1.5 has against a card: unknown elements, inputs without a label, actions where none may be. Empty when it is sound. */
export function schemaFindings(card: unknown): string[] {
  const context = new library.SerializationContext(library.Versions.v1_5);
  const parsed = new library.AdaptiveCard();
  parsed.parse(card, context);
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...read, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
}
