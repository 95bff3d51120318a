import type { Speech } from '../../language/speak.ts';
import { type MessageValue, say, type Text } from '../../message.ts';
import type { Reader } from '../../operations/context.ts';
import { markedForeign, plainForeign, withForeign } from './foreign.ts';
import type { Limits } from './limits.ts';

/** Words for the fields of a card. Foreign text is made harmless on the way, so a view never holds raw text. */
export interface Words {
  readonly limits: Limits;
  /** For fields in which Teams reads markdown. */
  marked(text: Text): string;
  /** For buttons, labels, summaries: no markdown is read there. */
  plain(text: Text): string;
  /** Our own message of the cards, for a markdown field: `own('plan', { plan })` says `card.plan`. */
  own(id: string, values?: Record<string, MessageValue>): string;
  /** The same for a field without markdown. */
  label(id: string, values?: Record<string, MessageValue>): string;
}

/** The words of one drawing. */
export function wordsFor(
  speech: Pick<Speech, 'speakerFor'>,
  reading: { reader: Reader; now: Date; limits: Limits },
): Words {
  const { reader, now, limits } = reading;
  const speak = speech.speakerFor({ locale: reader.locale, timeZone: reader.timeZone, now });
  const marked = (text: Text) => speak(withForeign(text, (foreign) => markedForeign(foreign, limits.chars)));
  const plain = (text: Text) => speak(withForeign(text, (foreign) => plainForeign(foreign, limits.chars)));
  return {
    limits,
    marked,
    plain,
    own: (id, values) => marked(say(`card.${id}`, values)),
    label: (id, values) => plain(say(`card.${id}`, values)),
  };
}
