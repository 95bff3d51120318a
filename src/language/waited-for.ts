import type { SpokenWord } from './conversation.ts';
import { longestAt } from './cursor.ts';
import type { Lexicon } from './lexicon.ts';
import { isCode } from './name-shape.ts';
import type { NameIndex } from './names.ts';
import type { Token } from './tokens.ts';

/** What may stand beside a code where somebody asks what its run waits for. */
const asking: ReadonlySet<string> = new Set([
  'what',
  'is',
  'has',
  'did',
  'told',
  'person',
  'when',
  'why',
  'neutral',
  'waiting',
  'run',
]);

interface Rest {
  readonly tokens: readonly Token[];
  readonly lexicons: readonly Lexicon[];
  readonly names: NameIndex;
}

/** "What is 5D3F waiting for?", "perché 7K2M è ancora in attesa?": why nothing goes on, whichever word asks it. */
export function waitedFor({ tokens, lexicons, names }: Rest): SpokenWord | undefined {
  const codes = tokens.filter((token) => isCode(token) && !names.has('vm', token.text));
  const [code] = codes;
  if (code === undefined || codes.length > 1) return undefined;
  const said = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    const found = longestAt(tokens, at, (form) => conceptsOf(form, lexicons).some((concept) => asking.has(concept)));
    if (found === undefined && token !== code) return undefined;
    for (const concept of found === undefined ? [] : conceptsOf(found.form, lexicons)) said.add(concept);
    at = found?.next ?? at + 1;
  }
  const asks = said.has('what') || said.has('why') || said.has('person');
  if (!asks || !said.has('waiting')) return undefined;
  return { word: 'why', parameters: { run: { kind: 'run', said: code.text, value: code.text.toUpperCase() } } };
}

function conceptsOf(form: string, lexicons: readonly Lexicon[]): readonly string[] {
  return lexicons.flatMap(({ senses, words }) => [
    ...(senses.get(form)?.map(({ concept }) => concept) ?? []),
    ...(words.get(form) === 'why' ? ['why'] : []),
  ]);
}
