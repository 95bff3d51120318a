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

/** Both are loaded by the first card that is drawn: they are the largest modules of all, and a start is shorter without them. */
const library = (): Library => require('adaptivecards/dist/adaptivecards.js') as Library;

const templating = (): Templating => require('adaptivecards-templating') as Templating;

/** A card template that reads its expressions when it is first filled with data. */
export function templateOf(json: unknown): (data: unknown) => unknown {
  let template: InstanceType<Templating['Template']> | undefined;
  return (data) => {
    template ??= new (templating().Template)(json);
    return template.expand({ $root: data });
  };
}

/** What schema 1.5 has against a card: unknown elements, inputs without a label, actions where none may be. Empty when it is sound. */
export function schemaFindings(card: unknown): string[] {
  const { AdaptiveCard, SerializationContext, Versions } = library();
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...read, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
}
