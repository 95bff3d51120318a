import { say } from '../message.ts';
import type { Reader } from '../operations/context.ts';
import type { Fact } from '../operations/screen.ts';
import { localeFor } from './own-language.ts';
import { show } from './show.ts';
import { textOf, type WordContext } from './word.ts';

/** "Speak Italian": from now on and everywhere. "Language" says which one it is, and how each is asked for. */
export async function language(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const tag = textOf(said.language?.value);
  if (tag === undefined || !options.speech.tags.includes(tag))
    return await tell(context, person.reader, 'language.now');
  await options.ownLanguage.keep(person.actor, tag);
  await tell(context, { ...person.reader, locale: localeFor(tag, person.reader.locale) }, 'language.changed');
}

/** "Reset language": as Teams is set. */
export async function resetLanguage(context: WordContext): Promise<void> {
  const { options, person } = context;
  await options.ownLanguage.keep(person.actor, undefined);
  await tell(context, { ...person.reader, locale: person.clientLocale ?? person.reader.locale }, 'language.reset');
}

async function tell(context: WordContext, reader: Reader, id: 'language.now' | 'language.changed' | 'language.reset') {
  const { options, dialogs } = context;
  const facts: readonly Fact[] = options.speech.tags.map((tag) => {
    const speak = options.speech.speakerFor({ ...reader, locale: tag, now: options.now() });
    return { label: say('language.of', { name: speak(say('language.own-name')) }), value: speak(say('language.how')) };
  });
  const notice = { tone: 'neutral', title: say(id), lead: say('language.lead'), facts } as const;
  await show(options, dialogs.context, reader, { screen: 'notice', notice });
}
