import { choiceOf } from './choice.ts';
import { longestAt, onList } from './cursor.ts';
import type { Said } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import type { NameIndex } from './names.ts';
import type { Token } from './tokens.ts';

/** What can be said in a conversation besides asking for an operation. `choice` carries a number. */
export const conversationWords = [
  'approve',
  'reject',
  'withdraw',
  'confirm',
  'decline',
  'why',
  'watch',
  'unwatch',
  'help',
  'cancel',
  'pending',
  'undo',
  'reveal',
  'watching',
  'digest',
  'stop-digest',
  'quiet-hours',
  'stop-reminding',
  'same',
  'request-changes',
  'break-glass',
  'reviewed',
  'settle',
  'language',
  'reset-language',
  'choice',
] as const;

export type Word = (typeof conversationWords)[number];

/** A conversation word with what goes with it: `run`, `words` (a comment, or the name typed to confirm), `vm`, `number`; see also `standingOf`. */
export interface SpokenWord {
  readonly word: Word;
  readonly parameters: Record<string, Said>;
}

interface Rest {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lexicons: readonly Lexicon[];
  readonly names: NameIndex;
}

/** Recognizes a conversation word: only when the whole sentence is one. `tokens` is the sentence, with or without its lead-in. */
export function wordOf({ text, tokens, lexicons, names }: Rest): SpokenWord | undefined {
  const choice = choiceOf(tokens, lexicons);
  if (choice !== undefined) return { word: 'choice', parameters: { number: choice } };
  const settled = settlementOf({ text, tokens, lexicons, names });
  if (settled !== undefined) return { word: 'settle', parameters: settled };
  const decided = decidedByCode({ text, tokens, lexicons, names });
  if (decided !== undefined) return isAsked(decided, text) ? undefined : decided;
  for (const lexicon of lexicons) {
    const found = longestAt(tokens, 0, (form) => lexicon.words.has(form));
    const word = found === undefined ? undefined : known(lexicon.words.get(found.form));
    if (found === undefined || word === undefined) continue;
    const parameters = parametersOfWord(word, { text, tokens: tokens.slice(found.next), lexicons, names });
    if (parameters !== undefined && isAsked({ word, parameters }, text)) return undefined;
    if (parameters !== undefined)
      return { word: word === 'cancel' && 'run' in parameters ? 'withdraw' : word, parameters };
  }
  return undefined;
}

/** "Approve 4F7K?", "looks good to me 4F7K?": asked, and not approved. */
function isAsked({ word, parameters }: SpokenWord, text: string): boolean {
  return word === 'approve' && parameters.run !== undefined && text.includes('?');
}

/** "lgtm 4F7K", "nope to 4F7K": forms that decide something only together with the run's code. */
function decidedByCode({ text, tokens, lexicons, names }: Rest): SpokenWord | undefined {
  for (const lexicon of lexicons) {
    const found = longestAt(tokens, 0, (form) => lexicon.coded.has(form));
    const word = found === undefined ? undefined : known(lexicon.coded.get(found.form));
    if (found === undefined || word === undefined) continue;
    const parameters = decisionOf({ text, tokens: tokens.slice(found.next), lexicons, names }, word);
    if (parameters?.run !== undefined) return { word, parameters };
  }
  return text.includes('?') ? undefined : decidedBehindCode({ text, tokens, lexicons, names });
}

/** "4F7K approved", and nothing else: with more words, or asked, it may tell of what somebody else did. */
function decidedBehindCode({ tokens, lexicons }: Rest): SpokenWord | undefined {
  const run = codeOf(tokens[0], lexicons);
  if (run === undefined) return undefined;
  const form = tokens
    .slice(1)
    .map(({ folded }) => folded)
    .join(' ');
  const word = known(lexicons.map(({ coded }) => coded.get(form)).find((one) => one !== undefined));
  return word === undefined ? undefined : { word, parameters: { run } };
}

function known(word: string | undefined): Word | undefined {
  return conversationWords.find((one) => one === word && one !== 'choice');
}

/** Undefined: what follows does not belong to the word, so the sentence is something else. */
function parametersOfWord(word: Word, rest: Rest): Record<string, Said> | undefined {
  if (isSmallTalk(rest) && word !== 'same') return {};
  return followers[word]?.(rest, word);
}

type Follower = (rest: Rest, word: Word) => Record<string, Said> | undefined;

/** What may follow a word; after one that is not here nothing may. */
const followers: Readonly<Partial<Record<Word, Follower>>> = {
  approve: decisionOf,
  reject: decisionOf,
  withdraw: decisionOf,
  'request-changes': decisionOf,
  reviewed: decisionOf,
  'break-glass': (rest, word) => decisionOf(rest, word) ?? codeAndName(rest),
  confirm: nameOf,
  why: (rest) => codeAlone({ ...rest, tokens: rest.tokens.filter((token) => !tellsOutcome(token, rest.lexicons)) }),
  cancel: codeAlone,
  watch: (rest) => codeAlone(rest) ?? vmAlone(rest),
  unwatch: (rest) => codeAlone(rest) ?? vmAlone(rest),
  language: languageOf,
  undo: codeAlone,
  reveal: codeAlone,
  same: (rest) => (isSmallTalk(rest) ? undefined : otherNamed(rest)),
};

function isSmallTalk({ tokens, lexicons }: Rest): boolean {
  const isSmall = (form: string) => isNeutralForm(form, lexicons) || onList(lexicons, 'leadIn')(form);
  for (let at = 0; at < tokens.length; ) {
    const found = longestAt(tokens, at, isSmall);
    if (found === undefined) return false;
    at = found.next;
  }
  return !tokens.some(({ folded }) => onList(lexicons, 'not')(folded));
}

function isNeutralForm(form: string, lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.senses.get(form)?.some(({ kind }) => kind === 'neutral') === true;
}

function content({ tokens, lexicons }: Rest): readonly Token[] {
  const isCue = onList(lexicons, 'run');
  const told: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const small = longestAt(tokens, at, (form) => isNeutralForm(form, lexicons) || isCue(form));
    const token = tokens[at];
    if (small === undefined && token !== undefined) told.push(token);
    at = small?.next ?? at + 1;
  }
  return told;
}

/** Four letters and figures; words that mean something ("runs") are words first. */
function codeOf(token: Token | undefined, lexicons: readonly Lexicon[]): Said | undefined {
  if (token === undefined || !/^[0-9a-z]{4}$/.test(token.folded)) return undefined;
  const isWord =
    !/\d/.test(token.folded) &&
    lexicons.some(
      ({ senses, words, leadIn }) => senses.has(token.folded) || words.has(token.folded) || leadIn.has(token.folded),
    );
  return isWord ? undefined : { kind: 'run', said: token.text, value: token.text.toUpperCase() };
}

/**
 * "approve 4F7K", "reject 4F7K because it is too late". A rejection, a wish for changes and a review take any comment; an approval only one that is set off as a reason
 * and denies nothing, so that "approve 4F7K not yet" approves nothing.
 */
function decisionOf(rest: Rest, word: Word): Record<string, Said> | undefined {
  const at = rest.tokens.findIndex((token) => codeOf(token, rest.lexicons) !== undefined);
  const before = at === -1 ? [] : content({ ...rest, tokens: rest.tokens.slice(0, at) });
  const run = before.length === 0 ? codeOf(rest.tokens[at], rest.lexicons) : undefined;
  const after = run === undefined ? rest.tokens : rest.tokens.slice(at + 1);
  if (run !== undefined && isSmallTalk({ ...rest, tokens: after })) return { run };
  const comment = commentOf(after, rest);
  if (
    comment === undefined ||
    (!commented.has(word) && !comment.isReason) ||
    (word === 'approve' && denies(after, rest.lexicons))
  )
    return undefined;
  if (run === undefined && !comment.isReason) return undefined;
  return { ...(run === undefined ? {} : { run }), words: { kind: 'words', said: comment.said } };
}

/** Words after which anything is a comment. */
const commented: ReadonlySet<Word> = new Set(['reject', 'request-changes', 'reviewed']);

/** "break glass 4F7K sql-prod-01": the second step, with the name that was asked for. */
function codeAndName(rest: Rest): Record<string, Said> | undefined {
  const [code, name, ...more] = content(rest);
  const run = codeOf(code, rest.lexicons);
  if (run === undefined || name === undefined || more.length > 0) return undefined;
  return { run, name: { kind: 'words', said: name.text } };
}

/** "4F7K succeeded", "settle 4F7K as failed because there is no job": what somebody found in Azure, and what they saw. */
function settlementOf(rest: Rest): Record<string, Said> | undefined {
  const isWord = (wanted: string) => (form: string) =>
    rest.lexicons.some(({ words }) => words.get(form)?.startsWith(wanted) === true);
  const lead = longestAt(rest.tokens, 0, (form) => rest.lexicons.some(({ words }) => words.get(form) === 'settle'));
  const at = lead?.next ?? 0;
  const run = codeOf(rest.tokens[at], rest.lexicons);
  const end = run === undefined ? undefined : longestAt(rest.tokens, at + 1, isWord('settle-'));
  if (run === undefined || end === undefined) return undefined;
  const word = rest.lexicons.map(({ words }) => words.get(end.form)).find((one) => one?.startsWith('settle-')) ?? '';
  const found: Said = { kind: 'words', said: end.form, value: word.slice('settle-'.length) };
  const after = rest.tokens.slice(end.next);
  if (isSmallTalk({ ...rest, tokens: after })) return { run, found };
  const comment = commentOf(after, rest);
  return comment?.isReason === true ? { run, found, words: { kind: 'words', said: comment.said } } : undefined;
}

function commentOf(tokens: readonly Token[], { text, lexicons }: Rest) {
  const [first] = tokens;
  if (first === undefined) return undefined;
  const reason = longestAt(tokens, 0, onList(lexicons, 'reason'));
  const opens = /[-:,;.]\s*$/.test(text.slice(Math.max(0, first.start - 3), first.start));
  const begins = tokens[reason?.next ?? 0] ?? first;
  return { said: text.slice(begins.start).slice(0, 500), isReason: reason !== undefined || opens };
}

function denies(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  const isWait = /^(?:wait|only|if|unless|but|se|mas|ma|solo|so|espera|aspetta|aguarde|later|after|depois|dopo)$/;
  return tokens.some(({ folded }) => onList(lexicons, 'not')(folded) || isWait.test(folded));
}

/** "yes vm-sql-01": one word beside the yes is the name that was asked for. */
function nameOf(rest: Rest): Record<string, Said> | undefined {
  if (isYes(rest)) return {};
  const words = content(rest);
  const [name] = words;
  if (name === undefined || words.length > 1 || (!/[\d\-_]/.test(name.text) && !rest.names.has('vm', name.text)))
    return undefined;
  return { words: { kind: 'words', said: name.text } };
}

/** "Yes, do it": one yes after another. */
function isYes({ tokens, lexicons }: Rest): boolean {
  const form = tokens.map(({ folded }) => folded).join(' ');
  return lexicons.some(({ words }) => words.get(form) === 'confirm');
}

/** "Why did 4F7K fail", "por que o 4F7K foi recusado": what became of it says no more than the question. */
function tellsOutcome({ folded }: Token, lexicons: readonly Lexicon[]): boolean {
  const outcomes = ['fails', 'failed', 'refused', 'is', 'did', 'told'];
  return lexicons[0]?.senses.get(folded)?.every(({ concept }) => outcomes.includes(concept)) === true;
}

function codeAlone(rest: Rest): Record<string, Said> | undefined {
  const words = content(rest);
  const run =
    words.length === 1 && !rest.names.has('vm', words[0]?.text ?? '') ? codeOf(words[0], rest.lexicons) : undefined;
  return run === undefined ? undefined : { run };
}

function vmAlone(rest: Rest): Record<string, Said> | undefined {
  const words = content(rest);
  const [name] = words;
  if (name === undefined || words.length > 1) return undefined;
  const { match, found } = rest.names.find('vm', name.text);
  const [only] = found;
  if (match === 'none' && !/[\d\-_]/.test(name.text)) return undefined;
  const sure = match === 'exact' && found.length === 1 && only !== undefined;
  return { vm: { kind: 'vm', said: name.text, match, candidates: found, ...(sure ? { value: only.id } : {}) } };
}

/** "speak Italian", "fala em português do Brasil". */
function languageOf(rest: Rest): Record<string, Said> | undefined {
  const { tokens, lexicons } = rest;
  for (const [at] of tokens.entries()) {
    const name = longestAt(tokens, at, (form) => lexicons.some(({ called }) => called.has(form)));
    if (name === undefined) continue;
    const others = [...tokens.slice(0, at), ...tokens.slice(name.next)];
    const value = lexicons.find(({ called }) => called.has(name.form))?.tag;
    const said = tokens.slice(at, name.next).map(({ text }) => text);
    return isSmallTalk({ ...rest, tokens: others })
      ? { language: { kind: 'words', said: said.join(' '), value } }
      : undefined;
  }
  return undefined;
}

/** "same for web-prod-02", "the same for vault rsv-prod": what the last request is to be repeated for. */
function otherNamed(rest: Rest): Record<string, Said> | undefined {
  const { names, lexicons } = rest;
  const [name, ...more] = content(rest).filter(({ folded }) => !onList(lexicons, 'vault')(folded));
  if (name === undefined || more.length > 0) return undefined;
  const kind = (['vault', 'plan'] as const).find((one) => names.has(one, name.text) && !names.has('vm', name.text));
  if (kind === undefined) return vmAlone({ ...rest, tokens: [name] });
  const { found } = names.find(kind, name.text);
  const [only] = found;
  return { [kind]: { kind, said: name.text, ...(found.length === 1 && only !== undefined && { value: only.id }) } };
}
