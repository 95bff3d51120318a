import { createSpeech } from '../../../src/language/speak.ts';
import { type Locales, loadLocales } from '../../../src/locales/index.ts';
import { operations } from '../../../src/operations/index.ts';
import { sampleTexts } from './runs.ts';

/** The product's voice, which also knows the words of the samples. */
export function sampleVoice() {
  const locales: Locales = new Map(
    [...loadLocales()].map(([tag, locale]) => [
      tag,
      { ...locale, texts: new Map([...locale.texts, ...Object.entries(sampleTexts)]) },
    ]),
  );
  return createSpeech(operations, locales);
}
