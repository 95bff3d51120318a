import { z } from 'zod';

const forms = z.array(z.string().min(1)).readonly();
const concepts = z.record(z.string(), forms);
/** What a `words.json` holds; its README says what for. */
export const wordsShape = z.strictObject({
  words: concepts,
  /** What decides only together with a run's code: "lgtm 4F7K". */
  coded: concepts,
  one: forms,
  intentions: concepts,
  called: forms,
  /** What says that something is to be brought about: "needs to be". */
  must: forms,
  /** A verb → what is said of it when it is done: `back up` → "backed up". */
  done: concepts,
  it: forms,
  also: forms,
  request: forms,
  leadIn: forms,
  /** Of the lead-ins, those that want something: "I need". */
  want: forms,
  neutral: forms,
  articles: forms,
  reason: forms,
  dryRun: forms,
  about: forms,
  define: forms,
  not: forms,
  /** What makes something told more than that: a condition, a doubt, somebody else's words, something taken back. */
  unsure: forms,
  /** What leads from how things stand to what is asked for: "so". */
  hence: forms,
  /** What no clause ends with: "clean up the …". */
  linking: forms,
  /** What begins a statement, and no request: "we", "the customer". */
  subjects: forms,
  /** What is still to come: "tomorrow", "going to". */
  ahead: forms,
  /** What makes something doubtful that was said before: "… maybe". */
  doubts: forms,
  /** Parameter → what announces its value: `name` → "called". */
  announced: concepts.default({}),
  actions: concepts,
  things: concepts,
  states: concepts,
  functions: concepts,
  group: forms,
  subscription: forms,
  /** What announces a tag or a region. */
  tagged: forms,
  region: forms,
  vault: forms,
  network: forms,
  /** What announces the name of a backup policy: "with policy". */
  policy: forms,
  run: forms,
  /** What announces the id of a ticket. */
  ticket: forms,
  machine: forms,
  /** What a verb of two words leaves for the end: "back sql01 up". */
  particles: forms,
  /** Ending of an infinitive → endings of a request: "restaurar" is also said as "restaura" and "restaure". */
  verbs: z.record(z.string(), forms),
  /** Pronouns that are written together with their verb: "confermalo". */
  enclitics: forms,
  ago: forms,
  within: forms,
  in: forms,
  units: concepts,
  numbers: z.record(z.string(), z.number()),
  ordinals: z.record(z.string(), z.number()),
  dates: forms,
  /** What hurries: whoever says it wants something done. */
  urgent: forms,
  /** What the day before yesterday is called. */
  dayBefore: forms,
  /** What the night is called that has just been. */
  lastNight: forms.default([]),
  /** What people want from now on: "tell me when", "every morning". */
  standing: concepts,
  /** How a recovery point is spoken of: what it is called, what makes it consistent, what leads to it. */
  points: z.strictObject({ application: forms, noun: forms, lead: forms, clock: forms, of: forms }),
});

/** `words.json` of a locale: how people of that language say things. Forms are written without accents or apostrophes. */
export type LocaleWords = z.infer<typeof wordsShape>;
