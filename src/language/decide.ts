import { isClosed, nouns } from './closed.ts';
import { longestAt, onList } from './cursor.ts';
import { denies, type Hearing } from './hearing.ts';
import { firstSaid, isVerb, means, saysSomething } from './items.ts';
import { isNeutral } from './lexicon.ts';
import type { Fit } from './match.ts';
import type { NameIndex } from './names.ts';
import { literalSlot } from './patterns.ts';
import { firstOf, type Item, isSlip } from './reading.ts';
import { reasonDoubts, reasonWaits } from './reason-doubts.ts';
import { bestFits, type Knowledge, type Utterance } from './utterance.ts';

/** A guess at a read needs this much of the sentence and of a phrase in common. */
const enoughForRead = 0.62;
/** From here on a sentence is a phrase, and no question about one. */
const almostPhrase = 0.84;

/** The one changing operation that the sentence asks for and nothing else; whatever casts a doubt on it makes it none. */
export function actOf(utterance: Utterance, hearing: Hearing, fits: readonly Fit[], know: Knowledge): Fit | undefined {
  if (isDoubtful(utterance, hearing)) return undefined;
  const closed = fits
    .filter(({ pattern, whole }) => whole && pattern.changing)
    .filter((fit) => isClosed(fit, hearing, know.parameters.get(fit.pattern.operation) ?? []))
    .filter(({ unknownName }) => !isRatherWord(unknownName, know.ownWords))
    .filter(({ pattern }) => !isOfVm(pattern.operation, know) || !namesOther(hearing.items, utterance));
  const [first, second] = bestFits(closed);
  if (first === undefined || second?.score === first.score || isOfTwoMinds(first)) return undefined;
  const isForNow = know.anytime.has(first.pattern.operation);
  if (!isForNow && isNearVerb(hearing, utterance.lexicons)) return undefined;
  if (mayBeDrill(first, hearing, know.drills)) return undefined;
  if (reasonDoubts(utterance, hearing) || (!isForNow && reasonWaits(utterance, hearing))) return undefined;
  const reads = fits.filter((fit) => fit.whole || !leavesDo(fit, hearing));
  return reads.some((fit) => isRatherRead(fit, first, utterance)) ? undefined : first;
}

/** "Run a new backup …": half a phrase that reads, and not what is to be done. */
function leavesDo({ extra }: Fit, { items: [first] }: Hearing): boolean {
  return first !== undefined && means(first, ['do']) && extra.includes(first);
}

/** "Volta a sql01", "riporta sql01": restored beside it or in its place. Only the phrase itself says which, or what says where. */
function isOfTwoMinds({ verb, exact, pattern }: Fit): boolean {
  if (exact || verb?.kind !== 'word' || pattern.speaksOf.has('replace') || pattern.speaksOf.has('new')) return false;
  return ['restore', 'roll-back'].every((meant) => verb.senses.some(({ concept }) => concept === meant));
}

/**
 * The name that nobody knows may be a word of some phrase with a typing error, or a word that was not understood: names of VMs mostly have a figure or
 * a dash, plain words ("rocesso", "lol") have none.
 */
function isRatherWord(name: Fit['unknownName'], words: readonly string[]): boolean {
  if (name?.kind !== 'unknown') return false;
  return !/[\d_-]/.test(name.form) || words.some((word) => isSlip(word, name.form, word.length < 5 ? 1 : 2));
}

function isOfVm(operation: string, { parameters }: Knowledge): boolean {
  return parameters.get(operation)?.some(({ kind }) => kind === 'vm') === true;
}

/** A VM that does not exist may be a plan or a vault with a typing error, or a word that has run into a name ("nuovoerp-prod-02"). */
function namesOther(items: readonly Item[], { speaker: { names }, lexicons }: Utterance): boolean {
  const strange = items.flatMap((item) => {
    if (item.kind === 'unknown') return [item.form];
    return item.kind === 'value' && item.entity.kind === 'vm' && !item.entity.known ? [item.entity.said] : [];
  });
  return strange.some(
    (said) =>
      names.find('vm', said).match !== 'prefix' &&
      (isOther(said, names) || isGlued(said, names) || isCalledOther(said, lexicons)),
  );
}

/** "p-plan", "rsv-prod": the word for it is a part of the name. */
function isCalledOther(said: string, lexicons: Utterance['lexicons']): boolean {
  const parts = said.toLowerCase().split(/[-_.]/);
  const isCalled = (part: string) =>
    lexicons.some(({ senses }) => senses.get(part)?.some(({ concept }) => concept === 'plan' || concept === 'vault'));
  return parts.length > 1 && parts.some(isCalled);
}

/** "L-ugar": a word with a dash in it by a slip. */
function isBrokenWord(item: Item, tokens: Utterance['opening']['rest'], lexicons: Utterance['lexicons']): boolean {
  if (item.kind !== 'value' || !['vm', 'network'].includes(item.entity.kind)) return false;
  const said = item.entity.said.toLowerCase();
  const word = said.replaceAll('-', '');
  const before = tokens[item.entity.last - 1]?.folded ?? '';
  return word !== said && lexicons.some(({ known }) => known.has(word) || known.has(`${before} ${word}`));
}

function isOther(said: string, names: NameIndex): boolean {
  return (['plan', 'vault'] as const).some((kind) => names.find(kind, said).match !== 'none');
}

function isGlued(said: string, names: NameIndex): boolean {
  const kinds = ['vm', 'plan', 'vault'] as const;
  return Array.from(said).some((_, at) => at > 0 && kinds.some((kind) => names.has(kind, said.slice(at))));
}

/** "Backup di sql01" names backups in Italian and asks for one in English: unless it is said as the request is, the read has it. */
function isRatherRead({ pattern, score, exact, whole }: Fit, act: Fit, { opening, lexicons }: Utterance): boolean {
  if (pattern.changing || opening.dryRun) return false;
  const isNearer = score > act.score;
  if (!isNearer && !(pattern.borrowed && whole && !act.exact && (exact || score > act.score - 0.05))) return false;
  if (!pattern.borrowed) return true;
  if (opening.wants) return false;
  // "Backup sql01 now!"
  const isUrgent = onList(lexicons, 'urgent');
  return exact || opening.rest.every((_, at) => longestAt(opening.rest, at, isUrgent) === undefined);
}

function isDoubtful({ sentence, plain, opening, lexicons }: Utterance, hearing: Hearing): boolean {
  const asked = sentence.asks && !opening.requested;
  const { reasonFrom = opening.rest.length, reasonTo = opening.rest.length } = hearing;
  const said = opening.rest.filter((_, at) => at < reasonFrom || at >= reasonTo);
  const isLedIn = opening.rest.length < sentence.tokens.length;
  return (
    asked ||
    (!isLedIn && opensWithArticle(hearing, lexicons)) ||
    sentence.quotes ||
    plain.cut ||
    denies(said, hearing.items, lexicons) ||
    hearing.later ||
    hearing.loose ||
    opensWithSlip(hearing, lexicons) ||
    hearing.items.some((item) => isBrokenWord(item, opening.rest, lexicons))
  );
}

/** "Failover de este da sql01": a small word that is a letter away from "teste" makes a drill of it. */
function mayBeDrill({ verb, pattern }: Fit, { items }: Hearing, drills: readonly string[]): boolean {
  if (verb === undefined || !means(verb, ['failover']) || pattern.speaksOf.has('drill') || pattern.speaksOf.has('test'))
    return false;
  return items.some(
    (item) =>
      item.kind === 'word' &&
      item.form.length > 2 &&
      isNeutral(item.senses) &&
      drills.some((drill) => isSlip(drill, item.form, 1)),
  );
}

/** "Swap sql01": short, by itself, and a letter away from what does something else ("snap"). */
function isNearVerb({ items }: Hearing, [own]: Utterance['lexicons']): boolean {
  const [verb, other] = items.filter((item) => item.kind !== 'value' && saysSomething(item));
  if (other !== undefined || verb?.kind !== 'word' || verb.form.length > 5) return false;
  const differs = (form: string) =>
    own?.senses.get(form)?.every(({ kind, concept }) => kind === 'action' && !means(verb, [concept])) === true;
  return own?.spelled.get(verb.form[0] ?? '')?.some((form) => isSlip(form, verb.form, 1) && differs(form)) === true;
}

/** "The failover of sql01", "uno the deletion of …": spoken of, after a word of another language as well. */
function opensWithArticle({ items }: Hearing, lexicons: Utterance['lexicons']): boolean {
  const isArticle = onList(lexicons.slice(0, 1), 'articles');
  const [first] = items;
  const isForeign = (form: string) => lexicons[0]?.known.has(form) === false;
  const at = first?.kind === 'word' && isNeutral(first.senses) && isForeign(first.form) ? 1 : 0;
  const [article, noun] = [items[at], items[at + 1]];
  return article?.kind === 'word' && isArticle(article.form) && noun?.kind === 'word';
}

/** "Pra de replicar …": a small word where something to do begins may be a verb ("para") with a letter missing. */
function opensWithSlip({ items: [first, second] }: Hearing, [own]: Utterance['lexicons']): boolean {
  if (first?.kind !== 'word' || first.form.length < 3 || !first.senses.every(({ kind }) => kind === 'neutral'))
    return false;
  if (second?.kind !== 'word' || !isNeutral(second.senses)) return false;
  const acts = (form: string) =>
    own?.senses.get(form)?.some(({ kind, concept }) => kind === 'action' && concept !== 'do');
  return own?.spelled.get(first.form[0] ?? '')?.some((form) => isSlip(form, first.form, 1) && acts(form)) === true;
}

/** The best read, unless the sentence sounds more like something to do: then somebody has to say which. */
export function readOf(
  { sentence, opening, lexicons }: Utterance,
  hearing: Hearing,
  fits: readonly Fit[],
): Fit | undefined {
  const best = fits.find((fit) => !fit.pattern.changing && !leavesAct(fit, hearing));
  if (best === undefined || best.score * (best.fuzzy ? 0.85 : 1) < enoughForRead) return undefined;
  if (best.exact) return best;
  if (!hearing.items.some(isSpokenOf)) return undefined;
  if (best.fuzzy && isBabble(hearing)) return undefined;
  const [first] = hearing.items;
  const isOfPhrase = first !== undefined && !best.extra.includes(first);
  if ((!isOfPhrase && opensWithUnknownVerb(hearing, lexicons)) || holdsBack(opening, lexicons)) return undefined;
  if (isBareName(hearing) && !sentence.asks) return undefined;
  const act = hearing.items.some(mayBeDone) ? (fits.find(({ pattern }) => pattern.changing)?.score ?? 0) : 0;
  if (denies(opening.rest, hearing.items, lexicons) && act >= 0.6 && best.score < almostPhrase) return undefined;
  const asks = hearing.asks || (sentence.asks && !opening.requested);
  return act >= best.score - 0.01 && !asks ? undefined : best;
}

/** Something to do, or a word that nobody knows: "the latest recovery point of sql01" has neither. */
function mayBeDone(item: Item): boolean {
  if (item.kind !== 'word') return item.kind === 'unknown';
  return !isNeutral(item.senses) && item.senses.some(({ kind }) => kind === 'action');
}

/** Something to do, to speak of, to ask for or by name; "down" and "is it gone" tell nothing that could be looked up. */
export function isSpokenOf(item: Item): boolean {
  if (item.kind !== 'word') return item.kind === 'value';
  return item.senses.some(
    ({ kind, concept }) =>
      kind === 'action' || kind === 'thing' || kind === 'state' || ['what', 'how', 'when', 'show'].includes(concept),
  );
}

/** A word that looks like a known one, beside words that nobody knows and nothing else. */
function isBabble({ items }: Hearing): boolean {
  const told = items.filter(saysSomething);
  const strange = told.filter((item) => item.kind === 'unknown' || (item.kind === 'word' && item.fuzzy));
  return strange.length > 1 && strange.length === told.length;
}

/** "Hold off on …", "instead of …": nothing is asked for. */
function holdsBack({ rest }: Utterance['opening'], lexicons: Utterance['lexicons']): boolean {
  return longestAt(rest, 0, (form) => form.includes(' ') && onList(lexicons, 'not')(form)) !== undefined;
}

/** "Nuke the backups of sql01", "spin up a copy of it": a word that nobody knows, with what it is done to right after it, may be something to do. */
function opensWithUnknownVerb({ items, literal, entities }: Hearing, lexicons: Utterance['lexicons']): boolean {
  if (items[0]?.kind !== 'unknown' || entities.every(({ kind }) => kind !== 'vm')) return false;
  const words = literal.split(' ');
  const at = onList(lexicons, 'particles')(words[1] ?? '') ? 2 : 1;
  return words[at] === literalSlot('vm') || onList(lexicons.slice(0, 1), 'articles')(words[at] ?? '');
}

/** "Restore the disks of sql01 …": whoever begins so wants it done, whatever is read in other phrases of the same words. */
function leavesAct({ inOrder, extra }: Fit, { items }: Hearing): boolean {
  const [first] = items;
  if (first?.kind !== 'word') return false;
  const does = first.senses.some(({ concept }) => concept === 'do');
  if (does && extra.includes(first) && doesPlan(items)) return true;
  // "Back up" is a verb; "backup" may speak of one.
  if (first.form === 'back up') return true;
  const acts = first.senses.every(({ kind, concept }) => kind === 'action' && concept !== 'backup');
  return acts && (!inOrder || (extra.includes(first) && !does));
}

/** "Restore …", "stop …": what is said begins with something to do. */
export function opensWithAct({ items }: Hearing): boolean {
  const first = firstSaid(items);
  if (first?.kind !== 'word' || first.senses.some(({ kind }) => kind !== 'action')) return false;
  return first.form.includes(' ') || !first.senses.some(({ concept }) => nouns.has(concept) && concept !== 'cleanup');
}

/** "Run erp-plan for real": nothing but a plan is named that could be done. */
function doesPlan(items: Hearing['items']): boolean {
  const isPlan = (item: Hearing['items'][number]) => item.kind === 'value' && item.entity.kind === 'plan';
  const told = items
    .slice(1)
    .filter((item) => item.kind === 'word' && item.senses.some(({ kind }) => kind === 'action' || kind === 'thing'));
  return items.some(isPlan) && told.every((item) => item.kind === 'word' && item.form === 'plan');
}

/** A name by itself is the answer to a question; whoever has asked none offers what can be done with it. A code says "run" by itself. */
export function isBareName({ items }: Hearing): boolean {
  const isSmall = (item: Hearing['items'][number]) =>
    item.kind === 'word' && item.senses.some(({ kind }) => kind === 'neutral');
  const isName = (item: Hearing['items'][number]) => item.kind === 'value' && item.entity.kind !== 'run';
  const own = ['vault', 'plan'];
  const isOwnWord = (item: Hearing['items'][number]) =>
    item.kind === 'word' && own.includes(item.form) && item.senses.length === 1;
  return items.some(isName) && items.every((item) => isName(item) || isSmall(item) || isOwnWord(item));
}

/** "How do I back up …", "is it safe to reprotect …": something to do follows, small words apart. */
function asksToDo({ items }: Hearing, from: number): boolean {
  const next = items.find((item) => firstOf(item) >= from && saysSomething(item));
  return next !== undefined && isVerb(next);
}

/** After which token a question about something begins to say what it is about; undefined when the sentence is no such question. */
export function aboutOf(
  { sentence, opening, lexicons }: Utterance,
  hearing: Hearing,
  best: Fit | undefined,
): number | undefined {
  const about = longestAt(opening.rest, 0, onList(lexicons, 'about'));
  // "How are our backups?" is no question about an operation.
  const isRead = best !== undefined && !best.pattern.changing && best.score >= almostPhrase;
  if (about !== undefined) return isRead && !asksToDo(hearing, about.next) ? undefined : about.next;
  // "devo" asks in Portuguese ("should I") and is a lead-in in Italian ("I have to").
  const own = longestAt(sentence.tokens, 0, onList(lexicons.slice(0, 1), 'about'));
  const polite = longestAt(sentence.tokens, 0, onList(lexicons, 'leadIn'));
  if (own !== undefined && (polite === undefined || own.next >= polite.next)) return 0;
  // "What is site recovery doing?" asks how it goes, and not what it is.
  const define = hearing.concepts.has('running') ? undefined : longestAt(opening.rest, 0, onList(lexicons, 'define'));
  const names = hearing.items.some(
    (item) => item.kind === 'value' && ['vm', 'run', 'plan', 'vault', 'job'].includes(item.entity.kind),
  );
  return names || (best !== undefined && best.score >= almostPhrase) ? undefined : define?.next;
}
