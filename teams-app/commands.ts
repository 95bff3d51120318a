import type { Operation, OwnLocale } from '../src/operations/operation.ts';

/** A command as Teams lists it; the title is what is typed when it is chosen. */
export interface Command {
  readonly title: string;
  readonly description: string;
}

/** Manifest 1.22 shows ten commands a list. */
const mostCommands = 10;

/** Words of the conversation that are no operation; the recognizer has them, and a test asks it. */
const words: Readonly<Record<OwnLocale, readonly Command[]>> = {
  en: [
    { title: 'help', description: 'See what the bot can do' },
    { title: 'pending', description: 'See what waits for approval' },
  ],
  'pt-BR': [
    { title: 'ajuda', description: 'Ver o que o bot sabe fazer' },
    { title: 'pendentes', description: 'Ver o que espera por aprovação' },
  ],
  it: [
    { title: 'aiuto', description: 'Vedere che cosa sa fare il bot' },
    { title: 'in sospeso', description: 'Vedere che cosa attende approvazione' },
  ],
};

/** Alone one looks things up; together one acts, because a second person has to see it. */
export type CommandScope = 'personal' | 'together';

/**
 * The commands of a scope in one language: those that can be said without a name, in the order of the registry by turns
 * of its areas. What an operation needs is asked for.
 */
export function commandsFor(
  operations: readonly Operation[],
  scope: CommandScope,
  locale: OwnLocale,
): readonly Command[] {
  const fitting = operations.filter(({ risk }) => (risk === 'read') === (scope === 'personal'));
  const sayable = fitting.filter((operation) => locales.every((each) => spoken(operation, each) !== undefined));
  return [...words[locale], ...byTurns(sayable).map((operation) => commandOf(operation, locale))].slice(
    0,
    mostCommands,
  );
}

/** One of each area, then the next of each, so that none is crowded out. */
function byTurns(operations: readonly Operation[]): readonly Operation[] {
  const areas = [...Map.groupBy(operations, ({ area }) => area).values()];
  const rounds = Math.max(0, ...areas.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => areas.flatMap((area) => area[round] ?? [])).flat();
}

const locales: readonly OwnLocale[] = ['en', 'pt-BR', 'it'];

function commandOf(operation: Operation, locale: OwnLocale): Command {
  const { does } = operation.texts[locale];
  return { title: spoken(operation, locale) ?? '', description: `${does.charAt(0).toUpperCase()}${does.slice(1)}` };
}

/** For a read a phrase without any name. For a change its first phrase up to the name, which Teams leaves to be typed: "test failover". */
function spoken({ risk, texts }: Operation, locale: OwnLocale): string | undefined {
  const { phrases } = texts[locale];
  const whole = phrases.find((phrase) => !phrase.includes('{'));
  const [, opening] = /^([^{}]+) \{\w+\}$/.exec(phrases[0] ?? '') ?? [];
  return risk === 'read' ? whole : (opening ?? whole);
}
