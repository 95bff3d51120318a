import type { Forms, LexiconOfOne, ListName, Sense } from './lexicon.ts';

/** What all languages know, as one: most of what is looked up may be in any of them, and is then looked up once. */
export interface Together {
  /** Everything that a form can mean in some language. */
  readonly senses: Forms<readonly Sense[]>;
  readonly known: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
  readonly points: Forms<readonly string[]>;
  /** Whether a form is on that list of some language. */
  readonly on: Readonly<Record<ListName, (form: string) => boolean>>;
}

/** Puts the languages together. */
export function togetherOf(lexicons: readonly LexiconOfOne[], lists: readonly ListName[]): Together {
  const union = (setOf: (lexicon: LexiconOfOne) => ReadonlySet<string>) =>
    new Set(lexicons.flatMap((lexicon) => [...setOf(lexicon)]));
  const on = lists.map((list) => {
    const forms = union((lexicon) => lexicon[list]);
    return [list, (form: string) => forms.has(form)] as const;
  });
  return {
    senses: merged(lexicons.map(({ senses }) => senses)),
    known: union(({ known }) => known),
    beginnings: union(({ beginnings }) => beginnings),
    points: merged(lexicons.map(({ points }) => new Map([...points].map(([form, part]) => [form, [part]])))),
    on: Object.fromEntries(on) as Together['on'],
  };
}

/** What one language alone knows keeps the list that it has there. */
function merged<T>(all: readonly Forms<readonly T[]>[]): Forms<readonly T[]> {
  const whole = new Map<string, readonly T[]>();
  for (const one of all)
    for (const [form, list] of one) {
      const known = whole.get(form);
      whole.set(form, known === undefined ? list : [...known, ...list]);
    }
  return whole;
}
