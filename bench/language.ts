import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { type Named, NameIndex } from '../src/language/names.ts';
import { createRecognizer } from '../src/language/recognize.ts';
import { operations } from '../src/operations/index.ts';

/** What issue and documentation promise. */
const most = { medianMs: 1, indexMb: 60, sentencesPerSecond: 2000 } as const;
const locales = ['en', 'pt-BR', 'it'] as const;
const root = join(import.meta.dirname, '..');
const lineShape = z.object({ text: z.string() });

interface Sentence {
  readonly text: string;
  readonly locale: string;
}

/** Every sentence of the corpus, in the language that it is in. */
function sentences(): readonly Sentence[] {
  return locales.flatMap((locale) => {
    const lines = readFileSync(join(root, 'test/language/corpus', `${locale}.jsonl`), 'utf8').split('\n');
    return lines.filter(Boolean).map((line) => ({ text: lineShape.parse(JSON.parse(line)).text, locale }));
  });
}

/** As many VMs as a large estate has, named as people name them. */
function manyNames(count: number): readonly Named[] {
  const roles = ['web', 'sql', 'app', 'erp', 'crm', 'dc', 'batch'];
  const stages = ['prod', 'test', 'dev'];
  return Array.from({ length: count }, (_, at) => {
    const [name, resourceGroup] = [`${roles[at % 7]}-${stages[at % 3]}-${at}`, `rg-${at % 200}`];
    const id = `/subscriptions/s/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
    return { kind: 'vm', id, name, resourceGroup, subscriptionId: 's', location: 'westeurope' };
  });
}

/** Node gives its collector only to those who ask for it; without it a figure of a few megabytes is noise. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return z.custom<() => void>((found) => typeof found === 'function').parse(runInNewContext('gc'));
}

const collect = collector();

function memoryMb(): number {
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return (heapUsed + external + arrayBuffers) / 1e6;
}

function medianMs(names: NameIndex, all: readonly Sentence[]): number {
  const recognizer = createRecognizer(operations);
  const now = new Date('2026-11-21T13:02:00Z');
  const once = ({ text: said, locale }: Sentence) => {
    // The clock, not the processor's time, which is counted in steps of milliseconds: the median is not moved by a neighbour.
    const begun = performance.now();
    recognizer.understand(said, { locale, timeZone: 'UTC', now, names });
    return performance.now() - begun;
  };
  for (const sentence of all) once(sentence);
  const times = [...all, ...all].map(once).toSorted((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

const tellUsage = "process.on('exit', () => console.error(JSON.stringify(process.cpuUsage())))";
const scriptsShape = z.object({ scripts: z.object({ recognize: z.string().startsWith('node ') }) });
const usageShape = z.object({ user: z.number(), system: z.number() });

/** What `npm run recognize` starts node with. */
function asScripted(): readonly string[] {
  const { scripts } = scriptsShape.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.recognize.split(' ').slice(1);
}

/** Lines through `npm run recognize` for each second that a core computes, its start counted in. */
async function perSecond(all: readonly Sentence[], times: number): Promise<number> {
  const lines = Array.from({ length: times }, () => all.map((sentence) => JSON.stringify(sentence)).join('\n'));
  const args = ['--import', `data:text/javascript,${encodeURIComponent(tellUsage)}`, ...asScripted()];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(`${lines.join('\n')}\n`);
  const [answers, usage] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const answered = answers.split('\n').length - 1;
  if (answered !== all.length * times) throw new Error(`${answered} answers to ${all.length * times} sentences`);
  const { user, system } = usageShape.parse(JSON.parse(usage));
  return (answered * 1e6) / (user + system);
}

function tell(what: string, measured: number, promise: string, kept: boolean): void {
  console.log(`${kept ? 'kept  ' : 'MISSED'} ${what}: ${measured.toFixed(2)} (${promise})`);
  if (!kept) process.exitCode = 1;
}

/** Measures the three promises about understanding; a missed one ends with exit code 1. */
const all = sentences();
const list = manyNames(50_000);
const before = memoryMb();
const index = new NameIndex(list);
const grown = memoryMb() - before;
const median = medianMs(index, all);
const rate = await perSecond(all, 10);
tell('index of 50,000 names, MB beside the names', grown, `less than ${most.indexMb}`, grown < most.indexMb);
tell('median of a sentence with them, ms', median, `less than ${most.medianMs}`, median < most.medianMs);
tell(
  'JSON lines for a second of one core',
  rate,
  `at least ${most.sentencesPerSecond}`,
  rate >= most.sentencesPerSecond,
);
