import { english } from './frames/english.ts';
import { italian } from './frames/italian.ts';
import { portuguese } from './frames/portuguese.ts';

/** Sentences around a request that make it none: denials, conditions, reported speech, past tense, questions. `X` is the request, `Y` a VM. */
export const frames: Readonly<Record<'en' | 'pt-BR' | 'it', readonly string[]>> = {
  en: english,
  'pt-BR': portuguese,
  it: italian,
};
