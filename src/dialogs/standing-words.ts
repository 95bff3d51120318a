import { say } from '../message.ts';
import { neverQuiet } from '../posts/index.ts';
import type { Start } from './start.ts';
import { watchWords } from './watch-words.ts';
import { notice, type Said, textOf, type Word, type WordContext } from './word.ts';

/** Words about what the bot says by itself. They touch nothing in Azure, so buttons may say them too. */
export const standingWords: Readonly<Record<string, Word>> = {
  ...watchWords,
  'stop-reminding': async (context) => await stopReminding(context),
  'quiet-hours': async (context) => await quietHours(context),
};

/** The parameters of a button, as if they had been said. */
export function saidIn({ said, given }: Start): Said {
  const values = Object.entries(given).filter(([, value]) => typeof value === 'string');
  const spoken = values.map(([name, value]) => [name, { kind: 'words', said: String(value), value }] as const);
  return { ...said, ...Object.fromEntries(spoken) };
}

async function stopReminding(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const code = textOf(said.run?.value ?? said.run?.said)?.toUpperCase();
  const { actor, conversationId } = person;
  const runs = await options.standing.stopReminders({ actor, conversationId, ...(code !== undefined && { code }) });
  if (runs.length === 0) return await notice(context, { tone: 'neutral', title: say('reminder.none') });
  const targets = runs.map(({ code: one, targetName }) => say('reminder.one', { code: one, target: targetName }));
  const title = say('reminder.is-stopped', { count: runs.length, targets });
  await notice(context, { tone: 'good', title, lead: say('reminder.is-stopped-lead') });
}

/** Sets them, by the speaker's own clock, switches them off, or tells them. */
async function quietHours(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const { timeZone } = person.reader;
  const [from, until] = [textOf(said.from?.value), textOf(said.until?.value)];
  if (said.off !== undefined) {
    await options.standing.setQuiet(person.conversationId, neverQuiet(timeZone));
    return await notice(context, { tone: 'good', title: say('quiet.off'), lead: say('quiet.to-set') });
  }
  if (from === undefined || until === undefined) return await tellQuiet(context);
  await options.standing.setQuiet(person.conversationId, { from, until, timeZone });
  await notice(context, {
    tone: 'good',
    title: say('quiet.set', { from, until, zone: timeZone }),
    lead: say('quiet.what'),
  });
}

async function tellQuiet(context: WordContext): Promise<void> {
  const hours = await context.options.standing.quietOf(context.person.conversationId);
  const none = hours === undefined ? say('quiet.usual') : say('quiet.off');
  const title =
    hours === undefined || hours.from === hours.until
      ? none
      : say('quiet.set', { from: hours.from, until: hours.until, zone: hours.timeZone });
  await notice(context, { tone: 'neutral', title, lead: say('quiet.to-set') });
}
