import { say, type Text } from '../message.ts';
import { type Intention, intentions, intentionsOf, type Operation } from '../operations/operation.ts';
import type { Answer, ListItem } from '../operations/screen.ts';
import { showAnswer } from './finish.ts';
import type { WordContext } from './word.ts';

/** How many things an intention is introduced with. */
const introduced = 3;

/** Words that are no operations, and are typed: those that decide and follow runs, and those about what the bot says by itself. */
const ownWords: Readonly<Partial<Record<Intention, readonly string[]>>> = {
  approvals: ['pending', 'approve', 'reject', 'request-changes', 'withdraw', 'settle', 'plan'],
  'after-drill': ['stop-reminding'],
  daily: ['watch', 'watching', 'digest', 'quiet-hours'],
};

/**
 * "Help" begins with what a person has in mind; each of it opens to its operations, by a tap, its number, or its words ("help something is
 * down"). "Help restore" tells of that, and help right after a refusal begins with what was refused and what to do next.
 */
export async function help(context: WordContext): Promise<void> {
  const { topic } = context.said;
  const intention = intentions.find((one) => one === topic?.value);
  if (intention !== undefined) return await open(context, intention);
  const asked = context.alternatives.flatMap((id) => context.options.operations.find((one) => one.id === id) ?? []);
  if (topic !== undefined && asked.length > 0)
    return await tell(context, { title: say('dialog.help-topic'), items: asked.map(line) });
  await tell(context, {
    title: say('dialog.help'),
    lead: await leadOf(context, topic?.said),
    items: intentions.map((one) => introduction(one, context.options.operations)),
    typed: intentions.map((one) => say(`dialog.want-${one}`)),
  });
}

async function open(context: WordContext, intention: Intention): Promise<void> {
  const operations = context.options.operations.filter((one) => intentionsOf(one).includes(intention));
  const words = (ownWords[intention] ?? []).map(wordLine);
  await tell(context, { title: say(`dialog.want-${intention}`), items: [...operations.map(line), ...words] });
}

async function leadOf(context: WordContext, topic: string | undefined): Promise<Text> {
  const refusal = (await context.recall())?.refusal;
  if (topic !== undefined) return say('dialog.help-unknown', { topic });
  return refusal === undefined ? say('dialog.help-lead') : say('dialog.help-after', { ...refusal });
}

/** What an intention is, and the first things that it opens to. */
function introduction(intention: Intention, operations: readonly Operation[]): ListItem {
  const first = operations.filter((one) => intentionsOf(one).includes(intention)).slice(0, introduced);
  return {
    title: say(`dialog.want-${intention}`),
    details: [first.map(({ id }) => say(`${id}.does`))],
    opens: { operation: 'help', parameters: { topic: intention } },
  };
}

function line({ id }: Operation): ListItem {
  return { title: say(`${id}.example`), details: [say(`${id}.does`)], opens: { operation: id, parameters: {} } };
}

function wordLine(word: string): ListItem {
  return { title: say(`dialog.word-${word}-example`), details: [say(`dialog.word-${word}`)] };
}

interface Told extends Pick<Answer, 'title' | 'lead' | 'items'> {
  readonly typed?: readonly Text[];
}

async function tell({ options, dialogs }: WordContext, { typed, ...told }: Told): Promise<void> {
  const answer: Answer = { tone: 'neutral', lead: say('dialog.help-examples'), ...told };
  await showAnswer(options, dialogs.context, answer, typed);
}
