import type { Message } from '../../../src/local-chat/wire.ts';
import { loadLocales } from '../../../src/locales/index.ts';
import { buttonsOf, cardText, inputsOf, offersFile, type Where } from '../chat.ts';
import type { Lane } from './lane.ts';

/** Where something is asked for, and whether questions and decisions are answered on the cards or in words. */
export interface Manner {
  readonly where: Where;
  readonly by: 'card' | 'typing';
  /** Who asks; `ana-souza` unless given. */
  readonly as?: string;
  /** In the channel: the thread in which it goes on. */
  readonly thread?: string;
}

/** What is said to be asked a question or to be answered. */
export interface Question {
  readonly says: string;
  /** What is answered to the bot's questions: the number of a choice, or words. */
  readonly answers?: readonly string[];
}

const requester = 'ana-souza';
const approvers = ['priya-nair', 'luca-ferri'];
/** How the question begins which of several VMs is meant, in every language. */
const severalVms = [...loadLocales().values()].flatMap(
  ({ texts }) => texts.get('dialog.several-vms')?.split('{')[0] ?? [],
);
/** A machine that is busy with other tests needs its time. */
const patience = 60_000;

/** Says what asks for the operation, answers the questions that come, and gives the card that comes then. */
export async function askFor(lane: Lane, { says, answers = [] }: Question, manner: Manner): Promise<Message> {
  const as = manner.as ?? requester;
  let card = await newCard(lane, { ...manner, as }, () => tell(lane, { ...manner, as }, says));
  // After a failover two VMs have the name; the second is the one that was failed over.
  const left = severalVms.some((start) => words(lane, card, as).startsWith(start)) ? ['2', ...answers] : answers;
  for (const answer of left) {
    const question = card;
    // A person who lacks the right is told so, whatever was to be asked next.
    if (!/Tap one|type its number|Type |\?/.test(words(lane, question, as))) break;
    card = await newCard(lane, { ...manner, as }, () => reply(lane, question, { ...manner, as, answer }));
  }
  return card;
}

/** What is on the card as the person sees it now. */
export function words({ chat }: Lane, card: Message, as = requester): string {
  return cardText(chat.card(as, chat.now(card)));
}

/** Waits until the card shows it. @throws with what it shows instead */
export async function until(
  lane: Lane,
  card: Message,
  sees: (text: string) => boolean,
  as = requester,
): Promise<string> {
  const look = () => (sees(words(lane, card, as)) ? words(lane, card, as) : undefined);
  return await lane.chat.waitFor(look, { within: patience, what: 'the card' }).catch(() => {
    throw new Error(`the card does not come to what was expected; it shows:\n${words(lane, card, as)}`);
  });
}

/** The requester confirms where that is asked for, and the others approve until it is enough. */
export async function agree(lane: Lane, card: Message, manner: Manner): Promise<void> {
  const shown = words(lane, card);
  if (shown.includes('Or type **yes')) {
    await confirm(lane, card, manner);
    await until(lane, card, (text) => !text.includes('Or type **yes'));
  }
  for (const as of approvers) {
    const before = words(lane, card);
    if (!before.includes('Waiting for approval')) return;
    await approve(lane, card, { ...manner, as });
    await until(lane, card, (text) => text !== before);
  }
}

async function confirm(lane: Lane, card: Message, manner: Manner): Promise<void> {
  const name = /Or type \*\*yes (.+?)\*\* to go on/.exec(words(lane, card))?.[1];
  if (manner.by === 'typing') return await tell(lane, at(manner, card), name === undefined ? 'yes' : `yes ${name}`);
  await press(lane, card, { as: requester, data: '"decision":"confirm"', ...(name !== undefined && { fill: name }) });
}

async function approve(lane: Lane, card: Message, manner: Manner & { readonly as: string }): Promise<void> {
  if (manner.by === 'card') {
    await until(lane, card, (text) => text.includes('Waiting for approval'), manner.as);
    return await press(lane, card, { as: manner.as, data: '"decision":"approve"' });
  }
  const code = /^([0-9A-Z]{4})-[0-9a-f]{6}$/m.exec(words(lane, card))?.[1] ?? '';
  await tell(lane, at(manner, card), `approve ${code}`);
}

async function reply(
  lane: Lane,
  question: Message,
  { answer, ...manner }: Manner & { readonly as: string; readonly answer: string },
): Promise<void> {
  const isNumber = /^\d+$/.test(answer);
  // What has no choices is asked for in words, also of those who tap.
  if (manner.by === 'typing' || !isNumber) return await tell(lane, at(manner, question), answer);
  await press(lane, question, { as: manner.as, data: `"choice":${answer}` });
}

async function tell({ chat }: Lane, { as = requester, where, thread }: Manner, text: string): Promise<void> {
  const words = where === 'personal' ? text : `@Vaultkeeper ${text}`;
  await chat.say(as, where, words, thread === undefined ? {} : { thread });
}

/** Where a card is, its thread included. */
function at(manner: Manner, { thread }: Message): Manner {
  return thread === undefined ? manner : { ...manner, thread };
}

interface Press {
  readonly as: string;
  /** What the button sends has this in it. */
  readonly data: string;
  /** What is written into the card's inputs. */
  readonly fill?: string;
}

async function press({ chat }: Lane, card: Message, { as, data, fill }: Press): Promise<void> {
  const shown = chat.card(as, chat.now(card));
  const all = buttonsOf(shown).filter(({ type }) => type === 'Action.Execute');
  const button = all.find((one) => (JSON.stringify(one.data) ?? '').includes(data));
  if (button === undefined) throw new Error(`no button sends ${data} on:\n${cardText(shown)}`);
  const typed = fill === undefined ? {} : Object.fromEntries(inputsOf(shown).map(({ id }) => [id, fill]));
  await chat.click(as, chat.now(card), button.title, typed);
}

/** The next card of the bot's in that conversation. */
async function newCard(lane: Lane, { as, where }: Manner & { readonly as: string }, act: () => Promise<void>) {
  const { chat } = lane;
  const before = new Set(chat.view(as, where).fromBot.map(({ id }) => id));
  await act();
  const answer = () => chat.view(as, where).fromBot.find((message) => !before.has(message.id) && !offersFile(message));
  return await chat.waitFor(answer, { within: patience, what: 'an answer' });
}
