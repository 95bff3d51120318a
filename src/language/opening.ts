import { longestAt, onList, type Stretch } from './cursor.ts';
import type { Lexicon, Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** How a sentence begins: what is polite, and whether only the plan is wanted. */
export interface Opening {
  readonly rest: readonly Token[];
  /** "Can you …?": the question mark belongs to the courtesy. */
  readonly requested: boolean;
  readonly dryRun: boolean;
  /** "I need a …": what follows is wanted, and not only named. */
  readonly wants: boolean;
}

/** Takes the lead-in off: "hi, can you please plan …". */
export function openingOf(tokens: readonly Token[], lexicons: readonly Lexicon[]): Opening {
  const polite = withoutLeadIn(tokens, lexicons);
  const plan = dryRunOf(polite.rest, lexicons);
  const longer = longestAt(polite.rest, 0, (form) => lexicons[0]?.together.senses.has(form) === true);
  // "Simulazione di DR" is a drill and no request for a plan.
  const isOther = plan !== undefined && longer !== undefined && longer.next > plan.next;
  if (plan === undefined || isOther || plan.next === polite.rest.length) return { ...polite, dryRun: false };
  const after = withoutLeadIn(polite.rest.slice(plan.next), lexicons);
  return {
    rest: after.rest,
    requested: polite.requested || after.requested,
    wants: polite.wants || after.wants,
    dryRun: true,
  };
}

/** "Plan", "simulate"; what also calls a recovery plan ("plano", "piano") only where something to do follows. */
function dryRunOf(tokens: readonly Token[], lexicons: readonly Lexicon[]): Stretch | undefined {
  const means = (form: string, wanted: (sense: Sense) => boolean) =>
    lexicons.some(({ senses }) => senses.get(form)?.some(wanted) === true);
  const longest = longestAt(tokens, 0, onList(lexicons, 'dryRun'));
  const found = longest === undefined ? undefined : withoutVerb(longest, tokens, lexicons);
  if (found === undefined || !means(found.form, ({ concept }) => concept === 'plan')) return found;
  const acts = (form: string) => means(form, ({ kind }) => kind === 'action');
  return tokens.some((_, at) => at >= found.next && longestAt(tokens, at, acts) !== undefined) ? found : undefined;
}

/** "Plano para restaurar …" is a plan to restore; "plano: para de proteger …" is one to stop. */
function withoutVerb(longest: Stretch, tokens: readonly Token[], lexicons: readonly Lexicon[]): Stretch {
  const last = longest.next - 1;
  const acts = (form: string) =>
    lexicons.some(({ senses }) => senses.get(form)?.every(({ kind }) => kind === 'action'));
  const verb = last === 0 ? undefined : longestAt(tokens, last, (form) => form.includes(' ') && acts(form));
  const shorter = longestAt(tokens.slice(0, last), 0, onList(lexicons, 'dryRun'));
  return verb === undefined || shorter?.next !== last ? longest : shorter;
}

function withoutLeadIn(tokens: readonly Token[], lexicons: readonly Lexicon[]) {
  const isLeadIn = onList(lexicons, 'leadIn');
  let at = 0;
  let requested = false;
  let wants = false;
  for (;;) {
    const found = longestAt(tokens, at, isLeadIn);
    if (found === undefined || saysMore(tokens, at, { found, lexicons }) || isOwnWord(found.form, lexicons)) break;
    requested ||= onList(lexicons, 'request')(found.form);
    wants ||= onList(lexicons, 'want')(found.form);
    at = found.next;
  }
  return { rest: tokens.slice(at), requested, wants };
}

/** "Show" is something to do in English, and a courtesy in Portuguese. */
function isOwnWord(form: string, [own]: readonly Lexicon[]): boolean {
  return own?.leadIn.has(form) === false && own.senses.get(form)?.some(({ kind }) => kind !== 'neutral') === true;
}

/** "Thanks for the snapshot" is no courtesy before a request, and "vai avanti con …" is more than "vai". */
function saysMore(
  tokens: readonly Token[],
  at: number,
  { found, lexicons }: { readonly found: Stretch; readonly lexicons: readonly Lexicon[] },
): boolean {
  const acts = (form: string) =>
    lexicons.some(({ senses }) => senses.get(form)?.every(({ kind }) => kind === 'action'));
  const denies = onList(lexicons, 'not');
  const other = longestAt(tokens, at, (form) => denies(form) || acts(form));
  return other !== undefined && other.next > found.next;
}
