import type { Message } from '../../../src/local-chat/wire.ts';
import { loadLocales } from '../../../src/locales/index.ts';
import { changingOperations } from '../../../src/operations/index.ts';
import { runStates } from '../../../src/operations/run-summary.ts';
import { isOpen } from '../../../src/operations/status/run-tone.ts';
import { buttonsOf, inputsOf } from '../../support/chat.ts';
import { actOnWaitingJobs } from '../../support/manual-actions.ts';
import type { Asked } from '../../support/matrix/asked.ts';
import { prepare } from '../../support/matrix/cases.ts';
import type { Lane } from '../../support/matrix/lane.ts';
import { askFor, words } from '../../support/matrix/talk.ts';

const locales = loadLocales();
/** Who decides what: nobody approves what he asked for. */
const deciders = [
  ['ana-souza', 'confirm'],
  ['priya-nair', 'approve'],
  ['luca-ferri', 'approve'],
] as const;
/** What a conversation comes to: the run has ended, or waits for a person. */
const ends = runStates.filter((state) => state === 'needs-attention' || !isOpen(state));
/** A run that takes longer is shown as far as it came. */
const patienceMilliseconds = 90_000;
const lookMilliseconds = 200;

/** A change as the matrix of conversations asks for it, in a locale, by people who hold the roles too. */
export interface ChangeAsked {
  readonly id: string;
  readonly asked: Asked;
  readonly locale: string;
  readonly roles: readonly string[];
}

/** The cards of one run as they followed each other: preview, approval as requester and approver see it, progress, result. */
export async function cardsOfChange(
  lane: Lane,
  { id, asked, locale, roles }: ChangeAsked,
): Promise<readonly unknown[]> {
  const operation = changingOperations.get(id);
  if (operation === undefined) throw new TypeError(`no operation ${id}`);
  await prepare(lane, { operation, asked, roles });
  const card = await askFor(lane, asked, { where: 'group', by: 'card' });
  const seen = new Map<string, unknown>();
  const end = Date.now() + patienceMilliseconds;
  while (Date.now() < end) {
    for (const [person] of deciders.slice(0, 2)) {
      const shown = lane.chat.card(person, lane.chat.now(card));
      seen.set(JSON.stringify(shown), shown);
    }
    if (isOver(lane, card, locale)) break;
    await decide(lane, card, locale);
    if (asked.manual === true) await actOnWaitingJobs(lane.world());
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
  return [...seen.values()];
}

/** Whoever is asked agrees: the requester with the name, where one is to be typed, then the approvers. */
async function decide(lane: Lane, card: Message, locale: string): Promise<void> {
  for (const [person, decision] of deciders) {
    const shown = lane.chat.card(person, lane.chat.now(card));
    const button = buttonsOf(shown).find(({ data }) => JSON.stringify(data)?.includes(`"decision":"${decision}"`));
    if (button === undefined) continue;
    const name = typedName(words(lane, card, person), locale);
    const inputs = Object.fromEntries(inputsOf(shown).map(({ id }) => [id, name ?? '']));
    // The card may have moved on since it was read: the next look sees how.
    await lane.chat.click(person, lane.chat.now(card), button.title, inputs).catch(() => undefined);
    return;
  }
}

/** What has to be typed after "yes", by the words of the locale. */
function typedName(text: string, locale: string): string | undefined {
  const yes = /\*\*(\S+) \{target\}\*\*/.exec(textOf(locale, 'card.typed.draft-name'))?.[1];
  return new RegExp(`\\*\\*${yes} ([^*]+)\\*\\*`).exec(text)?.[1];
}

/** A card says its state behind a sign, in a line of its own. */
function isOver(lane: Lane, card: Message, locale: string): boolean {
  const over = ends.map((state) => textOf(locale, `card.state.${state}`));
  const lines = words(lane, card).split('\n');
  return lines.some((line) => over.some((state) => /^\S+ /.test(line) && line.replace(/^\S+ /, '').startsWith(state)));
}

function textOf(locale: string, id: string): string {
  return locales.get(locale)?.texts.get(id) ?? id;
}
