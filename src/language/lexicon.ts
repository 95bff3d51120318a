import type { Locales } from '../locales/index.ts';
import { fold } from './normalize.ts';
import { type Together, togetherOf } from './together.ts';
import { type LocaleWords, wordsShape } from './words-shape.ts';

/** What a form can mean. The kind says how much it weighs and whether it may stand beside a request. */
export type SenseKind = 'action' | 'thing' | 'state' | 'function' | 'neutral' | 'not';

export interface Sense {
  readonly kind: SenseKind;
  /** The same in every language: `backup`, `recovery-point`, `show`. */
  readonly concept: string;
}

/** Whether a word says nothing by itself in that place. */
export function isNeutral(senses: readonly Sense[]): boolean {
  return senses.some(({ kind }) => kind === 'neutral');
}

/** A set of forms, each with what it stands for, found by its folded words joined with blanks. */
export type Forms<T> = ReadonlyMap<string, T>;

/** One language, ready to be looked up, with what all of them know. */
export interface Lexicon extends LexiconOfOne {
  readonly together: Together;
}

/** The names of the lists of forms. */
export type ListName = keyof ReturnType<typeof setsOf>;

/** One language by itself. */
export interface LexiconOfOne {
  readonly tag: string;
  readonly senses: Forms<readonly Sense[]>;
  /** Every form that is a word of the language and no name. */
  readonly known: ReadonlySet<string>;
  /** The single words of `senses` by their first letter: a mistyped word mostly begins right. */
  readonly spelled: Forms<readonly string[]>;
  /** Conversation words (`approve`, `yes`): form → word. */
  readonly words: Forms<string>;
  /** Form → `approve`, `reject`: only together with a run's code. */
  readonly coded: Forms<string>;
  readonly request: ReadonlySet<string>;
  readonly leadIn: ReadonlySet<string>;
  readonly want: ReadonlySet<string>;
  readonly one: ReadonlySet<string>;
  /** Form → what somebody has in mind who asks for help: `down`, `before-change`. */
  readonly intentions: Forms<string>;
  /** What people of any language call this one. */
  readonly called: ReadonlySet<string>;
  /** What stands for the thing that was spoken of before: "its", "that VM". */
  readonly it: ReadonlySet<string>;
  /** How a sentence goes on from the one before: "and", "what about". */
  readonly also: ReadonlySet<string>;
  readonly must: ReadonlySet<string>;
  /** What is said of something done → the verb that does it. */
  readonly done: Forms<string>;
  readonly reason: ReadonlySet<string>;
  readonly dryRun: ReadonlySet<string>;
  readonly about: ReadonlySet<string>;
  readonly define: ReadonlySet<string>;
  readonly not: ReadonlySet<string>;
  /** What makes something told more than that: "if", "maybe", "wrote", "never mind". */
  readonly unsure: ReadonlySet<string>;
  readonly hence: ReadonlySet<string>;
  readonly linking: ReadonlySet<string>;
  readonly subjects: ReadonlySet<string>;
  readonly ahead: ReadonlySet<string>;
  readonly doubts: ReadonlySet<string>;
  /** Form → the parameter whose value it announces. */
  readonly announced: Forms<string>;
  /** "the failover of …" speaks of one; "fail over …" asks for one. */
  readonly articles: ReadonlySet<string>;
  readonly group: ReadonlySet<string>;
  readonly subscription: ReadonlySet<string>;
  readonly tagged: ReadonlySet<string>;
  readonly region: ReadonlySet<string>;
  readonly vault: ReadonlySet<string>;
  readonly network: ReadonlySet<string>;
  readonly policy: ReadonlySet<string>;
  readonly run: ReadonlySet<string>;
  readonly ticket: ReadonlySet<string>;
  /** What a VM is called: "machine", "server". */
  readonly machine: ReadonlySet<string>;
  readonly particles: ReadonlySet<string>;
  /** What stands before a time of day. */
  readonly clocks: ReadonlySet<string>;
  readonly ago: ReadonlySet<string>;
  readonly within: ReadonlySet<string>;
  readonly in: ReadonlySet<string>;
  readonly units: Forms<string>;
  readonly numbers: Forms<number>;
  readonly ordinals: Forms<number>;
  readonly dates: ReadonlySet<string>;
  readonly urgent: ReadonlySet<string>;
  readonly dayBefore: ReadonlySet<string>;
  readonly lastNight: ReadonlySet<string>;
  /** Every form that stands anywhere in its words, of however many words. */
  readonly forms: ReadonlySet<string>;
  /** How expressions of several words begin, without the whole of them. */
  readonly beginnings: ReadonlySet<string>;
  /** Form → what it says in a standing wish: `tell`, `every`, `stop`. */
  readonly standing: Forms<string>;
  /** Form → `application`, `noun`, `lead`, `of`, or `clock`: what stands before a time of day. */
  readonly points: Forms<string>;
}

/** The lexicons of all languages that have words. @throws ZodError on a `words.json` of another shape */
export function lexiconsOf(locales: Locales): readonly Lexicon[] {
  const all = [...locales.values()]
    .filter(({ words }) => words !== undefined)
    .map(({ tag, words }) => ({ tag, words: wordsShape.parse(words) }));
  const lexicons = all.map(({ tag, words }) => lexiconOf(tag, words));
  const lists = Object.keys(all[0] === undefined ? {} : setsOf(all[0].words)) as ListName[];
  const together = togetherOf(lexicons, lists);
  return lexicons.map((lexicon) => ({ ...lexicon, together }));
}

function lexiconOf(tag: string, words: LocaleWords): LexiconOfOne {
  const senses = sensesOf(words);
  // "Recuperação" is nearer to nothing than to "recuperalo".
  const clitic = attached(words);
  const forms = new Set([...formsIn(words).map(fold), ...senses.keys()]);
  const { points, dates, one, leadIn, want, request, numbers } = words;
  const told = [words.words, words.units, points, dates, one, leadIn, want, request];
  return {
    tag,
    senses,
    known: new Set([...senses.keys(), ...told.flatMap(formsIn).map(fold), ...Object.keys(numbers)]),
    spelled: Map.groupBy(
      [...senses.keys()].filter((form) => !form.includes(' ') && !clitic.has(form)),
      (form) => form[0] ?? '',
    ),
    words: inverted(words.words),
    coded: inverted(words.coded),
    units: inverted(words.units),
    intentions: inverted(words.intentions),
    standing: inverted(words.standing),
    points: inverted(words.points),
    done: inverted(words.done),
    announced: inverted(words.announced),
    numbers: new Map(Object.entries(words.numbers)),
    ordinals: new Map(Object.entries(words.ordinals)),
    ...setsOf(words),
    forms,
    beginnings: beginningsOf(forms),
  };
}

function setsOf(words: LocaleWords) {
  const set = (list: readonly string[]) => new Set(list.map(fold));
  return {
    called: set(words.called),
    one: set(words.one),
    must: set(words.must),
    it: set(words.it),
    also: set(words.also),
    request: set(words.request),
    leadIn: set([...words.leadIn, ...words.want, ...words.request]),
    want: set(words.want),
    machine: set(words.machine),
    particles: set(words.particles),
    ticket: set(words.ticket),
    clocks: set(words.points.clock),
    reason: set(words.reason),
    dryRun: set(words.dryRun),
    about: set(words.about),
    define: set(words.define),
    not: set(words.not),
    unsure: set(words.unsure),
    hence: set(words.hence),
    linking: set(words.linking),
    subjects: set(words.subjects),
    ahead: set(words.ahead),
    doubts: set(words.doubts),
    articles: set(words.articles),
    group: set(words.group),
    subscription: set(words.subscription),
    tagged: set(words.tagged),
    region: set(words.region),
    vault: set(words.vault),
    network: set(words.network),
    policy: set(words.policy),
    run: set(words.run),
    ago: set(words.ago),
    within: set(words.within),
    in: set(words.in),
    dates: set(words.dates),
    dayBefore: set(words.dayBefore),
    lastNight: set(words.lastNight),
    urgent: set(words.urgent),
  };
}

/** The forms cut after each of their words but the last. */
function beginningsOf(forms: Iterable<string>): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const form of forms)
    for (let end = form.indexOf(' '); end !== -1; end = form.indexOf(' ', end + 1)) beginnings.add(form.slice(0, end));
  return beginnings;
}

function formsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(formsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (typeof one === 'number' ? [key] : formsIn(one)));
}

function inverted(groups: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(Object.entries(groups).flatMap(([id, list]) => list.map((form) => [fold(form), id] as const)));
}

function sensesOf(words: LocaleWords): Map<string, readonly Sense[]> {
  const senses = new Map<string, readonly Sense[]>();
  // Most forms mean one thing, and many the same one: they share the list of it.
  const only = new Map<string, readonly Sense[]>();
  const add = (form: string, { kind, concept }: Sense) => {
    const folded = fold(form);
    const name = `${kind} ${concept}`;
    const alone = only.get(name) ?? [{ kind, concept }];
    only.set(name, alone);
    const known = senses.get(folded);
    senses.set(folded, known === undefined ? alone : [...known, ...alone]);
  };
  const kinds = [
    ['action', words.actions],
    ['thing', words.things],
    ['state', words.states],
    ['function', words.functions],
  ] as const;
  for (const [kind, groups] of kinds) {
    for (const [concept, list] of Object.entries(groups))
      for (const form of [...list, ...asAzureWrites(concept)]) add(form, { kind, concept });
  }
  for (const [word, list] of Object.entries(words.words)) {
    // A word of the conversation is no name: "delete help" deletes no VM called help.
    for (const form of list)
      if (!form.includes(' ') && !senses.has(fold(form))) add(form, { kind: 'function', concept: word });
  }
  for (const [concept, list] of Object.entries(words.actions))
    for (const form of list.flatMap((one) => inflected(fold(one), words.verbs)))
      if (!senses.has(form)) add(form, { kind: 'action', concept });
  for (const [form, concept] of attached(words)) if (!senses.has(form)) add(form, { kind: 'action', concept });
  for (const form of words.not) add(form, { kind: 'not', concept: 'not' });
  for (const form of words.neutral) add(form, { kind: 'neutral', concept: 'neutral' });
  for (const form of words.it) if (!senses.has(fold(form))) add(form, { kind: 'neutral', concept: 'neutral' });
  return senses;
}

/** "Premium_LRS": the value for which a concept stands may be said as it is. */
function asAzureWrites(concept: string): readonly string[] {
  const [, value = ''] = concept.split(':');
  return value.includes('_') ? [value] : [];
}

/** Verbs with a pronoun at their end, each with what it does. */
function attached({ actions, enclitics }: LocaleWords): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(actions).flatMap(([concept, list]) =>
      list.flatMap((one) => withPronoun(fold(one), enclitics).map((form) => [form, concept] as const)),
    ),
  );
}

/** "Confermalo", "cancellarla": a verb with what it is done to at its end; an infinitive loses its last letter. */
function withPronoun(form: string, enclitics: readonly string[]): readonly string[] {
  if (form.includes(' ') || form.length < 4 || !/[ai]$|[aei]re$/.test(form)) return [];
  const stem = /[aei]re$/.test(form) ? form.slice(0, -1) : form;
  return enclitics.map((pronoun) => stem + pronoun);
}

/** Stems whose spelling changes before another vowel: "replicar" and "replique", "proteger" and "proteja", "cercare" and "cerchi". */
const respelled: readonly (readonly [RegExp, string])[] = [
  [/c(?=e)/, 'qu'],
  [/c(?=i)/, 'ch'],
  [/g(?=e)/, 'gu'],
  [/g(?=i)/, 'gh'],
  [/g(?=a)/, 'j'],
];

/** The first word of a form, when it is an infinitive, as people say it who ask for something. */
function inflected(form: string, verbs: LocaleWords['verbs']): readonly string[] {
  const [first = '', ...rest] = form.split(' ');
  return Object.entries(verbs).flatMap(([ending, others]) => {
    if (!first.endsWith(ending) || first.length < ending.length + 3) return [];
    const stem = first.slice(0, -ending.length);
    return others.flatMap((other) => spellings(stem, other)).map((word) => [word, ...rest].join(' '));
  });
}

function spellings(stem: string, ending: string): readonly string[] {
  const plain = `${stem}${ending}`.replace('ii', 'i');
  const last = stem.length - 1;
  const changed = respelled.map(([from, to]) => {
    const tail = plain.slice(last);
    return from.test(tail.slice(0, 2)) ? plain.slice(0, last) + tail.replace(from, to) : plain;
  });
  return [...new Set([plain, ...changed])];
}
