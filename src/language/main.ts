import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { mistyped } from '../command-line.ts';
import { loadLocales } from '../locales/index.ts';
import type { Message } from '../message.ts';
import { operations } from '../operations/index.ts';
import { knownZone } from './intl-forms.ts';
import { type GivenName, namesFrom, practiceNames } from './practice-names.ts';
import { createRecognizer, type Said, type Speaker, type Understanding } from './recognize.ts';
import { createSpeech } from './speak.ts';

const usage = `How sentences are understood, one JSON object per line.
  npm run recognize -- [--locale en|pt-BR|it] [--time-zone Europe/Rome] [--now 2026-11-21T13:02:00Z] [--names FILE] ["text" …]
Without a text, lines are read from standard input: plain text, or JSON such as {"text":"…","locale":"it"}.
--names: a JSON list of names, or of {"name","resourceGroup","kind","id"}. Without it, the names of practice mode.
`;

const sentenceShape = z.object({
  text: z.string(),
  locale: z.string().optional(),
  timeZone: z.string().optional(),
  now: z.iso.datetime().optional(),
});
const nameShape = z.object({
  name: z.string().min(1),
  kind: z.enum(['vm', 'vault', 'plan']).optional(),
  id: z.string().optional(),
  resourceGroup: z.string().optional(),
  subscriptionId: z.string().optional(),
  location: z.string().optional(),
});
const namesShape = z.array(z.union([z.string().transform((name) => ({ name })), nameShape]));

const { values: options, positionals } = typed();

/** What is no option is told in one line. */
function typed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        locale: { type: 'string', default: 'en' },
        'time-zone': { type: 'string', default: 'UTC' },
        now: { type: 'string' },
        names: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    process.stderr.write(`${mistyped(error)} “--help” tells what can be typed.\n`);
    return process.exit(2);
  }
}

const timeZone = knownZone(options['time-zone']);

if (options.help) process.stdout.write(usage);
else await recognize();

async function recognize(): Promise<void> {
  const locales = loadLocales();
  const recognizer = createRecognizer(operations, locales);
  const speech = createSpeech(operations, locales);
  const names = options.names === undefined ? practiceNames() : namesFrom(readNames(options.names));
  const write = batched();
  for await (const line of positionals.length > 0 ? positionals : linesOfInput()) {
    const { text, ...own } = sentenceOf(line);
    const speaker: Speaker = { names, ...speakerOf(own) };
    const understanding = recognizer.understand(text, speaker);
    const asks = (text: Message) => speech.speakerFor(speaker)(text);
    write(`${JSON.stringify(plain(understanding, asks))}\n`);
  }
}

/** What is said while lines keep coming goes out together: a write for every line would cost as much as understanding it. */
function batched(): (text: string) => void {
  let waiting = '';
  return (text) => {
    if (waiting === '')
      setImmediate(() => {
        process.stdout.write(waiting);
        waiting = '';
      });
    waiting += text;
  };
}

function readNames(path: string): readonly GivenName[] {
  return namesShape.parse(JSON.parse(readFileSync(path, 'utf8')));
}

function linesOfInput(): AsyncIterable<string> {
  return createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** A line that is no JSON of ours is a sentence as it stands. */
function sentenceOf(line: string): z.infer<typeof sentenceShape> {
  if (!/^\s*["{]/.test(line)) return { text: line };
  try {
    const said: unknown = JSON.parse(line);
    const parsed = sentenceShape.safeParse(typeof said === 'string' ? { text: said } : said);
    return parsed.success ? parsed.data : { text: line };
  } catch {
    return { text: line };
  }
}

function speakerOf(own: { locale?: string | undefined; timeZone?: string | undefined; now?: string | undefined }) {
  const now = own.now ?? options.now;
  return {
    locale: own.locale ?? options.locale,
    timeZone: own.timeZone === undefined ? timeZone : knownZone(own.timeZone),
    now: now === undefined ? new Date() : new Date(now),
  };
}

function plain(understanding: Understanding, speak: (text: Message) => string) {
  const { ask, parameters, leans: _, ...rest } = understanding;
  const values = Object.entries(parameters).map(([name, said]) => [name, plainValue(said)] as const);
  return { ...rest, parameters: Object.fromEntries(values), ask: ask === null ? null : speak(ask) };
}

/** A resource is shown by its name; everything else by what it was resolved to, or by what was said. */
function plainValue({ value, said, candidates, meanings }: Said): unknown {
  if (meanings !== undefined) return { said, meanings };
  const chosen = candidates?.find(({ id }) => id === value);
  if (chosen !== undefined) return chosen.name;
  return typeof value === 'string' && value.startsWith('/subscriptions/') ? value.split('/').at(-1) : (value ?? said);
}
