import { type SpokenWord, wordOf } from './conversation.ts';
import { longestAt, onList } from './cursor.ts';
import { isCode } from './name-shape.ts';
import { askedInClauses } from './told.ts';
import { hearingOf, type Utterance } from './utterance.ts';

const decisions: ReadonlySet<string> = new Set(['approve', 'reject', 'withdraw']);

/**
 * "7M3Q ok, approved", "spoke to Priya about 2XP8, we don't want this, reject please": the decision in a clause of its own, the one code of the sentence in
 * another. Rejecting and withdrawing start nothing, whatever is told beside them; an approval has to stand beside words that agree or say nothing.
 */
export function decidedApart(utterance: Utterance): SpokenWord | undefined {
  const { sentence, plain } = utterance;
  if (sentence.asks || sentence.quotes || plain.cut) return undefined;
  const clauses = askedInClauses(utterance).map((clause) => ({ clause, said: decisionIn(clause) }));
  const deciding = clauses.filter(({ said }) => said !== undefined);
  const [decided] = deciding;
  const others = clauses.filter((one) => !deciding.includes(one)).map(({ clause }) => clause);
  if (decided?.said === undefined || deciding.length > 1 || decided.said.parameters.run !== undefined) return undefined;
  const [code, another] = others.flatMap(codesIn);
  if (code === undefined || another !== undefined) return undefined;
  const { word } = decided.said;
  if (word === 'approve' && !others.every(agrees)) return undefined;
  return {
    word,
    parameters: { ...decided.said.parameters, run: { kind: 'run', said: code, value: code.toUpperCase() } },
  };
}

/** "Reject please", "approved": a decision and nothing else. */
function decisionIn({ sentence, opening: { rest }, lexicons, speaker }: Utterance): SpokenWord | undefined {
  const said = wordOf({ text: sentence.text, tokens: rest, lexicons, names: speaker.names });
  if (said !== undefined) return decisions.has(said.word) ? said : undefined;
  const form = rest.map(({ folded }) => folded).join(' ');
  const coded = lexicons.map((lexicon) => lexicon.coded.get(form)).find((one) => one !== undefined);
  const word = (['approve', 'reject'] as const).find((one) => one === coded);
  return word === undefined ? undefined : { word, parameters: {} };
}

function codesIn(clause: Utterance): readonly string[] {
  return hearingOf(clause).entities.flatMap(({ kind, said }) => (kind === 'run' ? [said] : []));
}

/** Nothing but the code, small words and what says yes as well. */
function agrees({ opening: { rest }, lexicons }: Utterance): boolean {
  const says = (form: string) =>
    onList(lexicons, 'leadIn')(form) ||
    lexicons.some(
      ({ senses, words, coded }) =>
        ['approve', 'confirm'].includes(words.get(form) ?? coded.get(form) ?? '') ||
        senses.get(form)?.some(({ kind, concept }) => kind === 'neutral' || concept === 'is') === true,
    );
  const denies = onList(lexicons, 'not');
  for (let at = 0; at < rest.length; ) {
    const token = rest[at];
    const small = longestAt(rest, at, says);
    if (small === undefined && (token === undefined || !isCode(token))) return false;
    if (longestAt(rest, at, denies) !== undefined) return false;
    at = small?.next ?? at + 1;
  }
  return true;
}
