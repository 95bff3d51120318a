import { longestAt, onList } from './cursor.ts';
import type { PointEntity } from './entities.ts';
import type { Lexicon } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A name for "the newest one of all"; every point parameter understands it. */
export const latestPoint = 'latest';
/** The newest one that was made with the help of the programs in the VM. */
export const latestConsistent = 'latest-application-consistent';
/** The newest one that Site Recovery has worked through: the quickest start. */
export const latestProcessed = 'latest-processed';

/** Only who wants one of these done chooses a recovery point: "the last backup of sql01" by itself asks something else. */
const choosing: ReadonlySet<string> = new Set(['restore', 'replace', 'roll-back', 'failover', 'drill', 'change']);

type Part = 'recent' | 'processed' | 'application' | 'noun' | 'ordinal' | 'lead' | 'small';

interface Piece {
  readonly part: Part;
  readonly first: number;
  readonly last: number;
  readonly number?: number;
}

/** Whether the words ask for something that begins at a recovery point. */
export function choosesPoint(tokens: readonly Token[], lexicons: readonly Lexicon[]): boolean {
  const isKnown = (form: string) => lexicons[0]?.together.senses.has(form) === true;
  for (let at = 0; at < tokens.length; ) {
    const found = longestAt(tokens, at, isKnown);
    if (found !== undefined && meansOneOf(found.form, choosing, lexicons)) return true;
    if (isParted(tokens, at, lexicons)) return true;
    at = found?.next ?? at + 1;
  }
  return false;
}

/** "Fail erp-01 over": the verb stands around a name. */
function isParted(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const form = tokens[at]?.folded ?? '';
  if (lexicons[0]?.together.beginnings.has(form) !== true) return false;
  const isParticle = onList(lexicons, 'particles');
  for (let next = at + 2; next < tokens.length && next < at + 6; next += 1) {
    const { folded = '' } = tokens[next] ?? {};
    if (isParticle(folded) && meansOneOf(`${form} ${folded}`, choosing, lexicons)) return true;
  }
  return false;
}

/** "The last application-consistent point", "the latest processed one", "point 2", "from the latest": in whatever order a language says it. */
export function pointsIn(
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
  { asked }: { readonly asked: boolean },
): readonly PointEntity[] {
  const found: PointEntity[] = [];
  const reader = { lexicons, tests: testsOf(lexicons) };
  for (let at = 0; at < tokens.length; ) {
    const pieces = piecesFrom(tokens, at, reader);
    const point = pointOf(pieces) ?? (asked && says(pieces, 'recent') ? latestPoint : undefined);
    const [first, last] = spanOf(pieces);
    if (point !== undefined && first !== undefined && last !== undefined)
      found.push({ kind: 'point', point, first, last, said: textOf(tokens, first, last) });
    at = (pieces.at(-1)?.last ?? at) + 1;
  }
  return found;
}

/** Whether the words say this and nothing else: "latest" is enough for an answer. */
function says(pieces: readonly Piece[], part: Part): boolean {
  const told = pieces.filter((piece) => piece.part !== 'small' && piece.part !== 'lead');
  return told.length === 1 && told[0]?.part === part;
}

/** From the words that lead to it ("dall'") to the last one that says something. */
function spanOf(pieces: readonly Piece[]): readonly [number | undefined, number | undefined] {
  const isTold = ({ part }: Piece) => part !== 'small' && part !== 'lead';
  const first = pieces.findIndex(isTold);
  const lead = pieces.slice(0, first).findLast(({ part }) => part === 'lead');
  return [(lead ?? pieces[first])?.first, pieces.findLast(isTold)?.last];
}

/** The words between two places, as they were written. */
export function textOf(tokens: readonly Token[], first: number, last: number): string {
  const words = tokens.slice(first, last + 1).map(({ text }) => text);
  return words.join(' ');
}

/** How the parts of what is said of a point are told; of two equally long ones the first says more. */
interface PieceReader {
  readonly lexicons: readonly Lexicon[];
  readonly tests: readonly (readonly [Part, (form: string) => boolean])[];
}

function testsOf(lexicons: readonly Lexicon[]): PieceReader['tests'] {
  const means = (concept: string) => (form: string) => meansIt(form, concept, lexicons);
  const listed = (list: string) => (form: string) => lexicons[0]?.together.points.get(form)?.includes(list) === true;
  const [isPoint, isNoun] = [means('recovery-point'), listed('noun')];
  return [
    ['processed', means('latest-processed')],
    ['application', listed('application')],
    ['noun', (form) => isPoint(form) || isNoun(form)],
    ['recent', means('recent')],
    ['lead', listed('lead')],
    ['small', means('neutral')],
  ];
}

function piecesFrom(tokens: readonly Token[], from: number, reader: PieceReader): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = from; at < tokens.length; ) {
    const piece = pieceAt(tokens, at, reader);
    if (piece === undefined) break;
    pieces.push(piece);
    at = piece.last + 1;
  }
  return pieces;
}

function pieceAt(tokens: readonly Token[], at: number, { lexicons, tests }: PieceReader): Piece | undefined {
  if (tokens[at]?.lettered === true && tokens[at].begun.length === 0) return undefined;
  const number = isDay(tokens, at, lexicons) ? undefined : numberAt(tokens[at], lexicons);
  const found = tests.flatMap(([part, has]): Piece[] => {
    const stretch = longestAt(tokens, at, has);
    return stretch === undefined || (part === 'recent' && isTime(tokens[stretch.next], lexicons))
      ? []
      : [{ part, first: at, last: stretch.next - 1 }];
  });
  const ordinal: readonly Piece[] = number === undefined ? [] : [{ part: 'ordinal', first: at, last: at, number }];
  // The longest one; of two equally long ones the one that says more.
  return [...ordinal, ...found].toSorted((a, b) => b.last - a.last)[0];
}

/** "Last night's backup": the night is the last one, and not the backup. */
function isTime(token: Token | undefined, lexicons: readonly Lexicon[]): boolean {
  const form = token?.folded ?? '';
  return onList(lexicons, 'dates')(/'s$/.test(token?.text ?? '') ? form.slice(0, -1) : form);
}

/** "The point of 18 November": a figure of a date and no place in a list. */
function isDay(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): boolean {
  const isDate = onList(lexicons, 'dates');
  const next = tokens[at + 1]?.folded ?? '';
  // "Segunda" is Monday, and the second only before what is counted.
  if (isDate(tokens[at]?.folded ?? '')) return !isPoint(tokens[at + 1], 'noun', lexicons);
  const isOf = lexicons.some(({ points }) => points.get(next) === 'of');
  return isDate(next) || (isOf && isDate(tokens[at + 2]?.folded ?? ''));
}

function numberAt(token: Token | undefined, lexicons: readonly Lexicon[]): number | undefined {
  const figures = /^#?(\d{1,2})$/.exec(token?.folded ?? '')?.[1];
  if (figures !== undefined) return Number(figures);
  return lexicons.map(({ ordinals }) => ordinals.get(token?.folded ?? '')).find((value) => value !== undefined);
}

function pointOf(pieces: readonly Piece[]): PointEntity['point'] | undefined {
  const parts = new Set(pieces.map(({ part }) => part));
  const numbers = pieces.filter(({ part }) => part === 'ordinal');
  const [only] = numbers;
  if (numbers.length === 1 && only?.number !== undefined) return nthOf(pieces, only.number);
  if (numbers.length > 0 || (parts.has('application') && parts.has('processed'))) return undefined;
  if (parts.has('processed')) return latestProcessed;
  if (parts.has('application')) return latestConsistent;
  return parts.has('recent') && (parts.has('noun') || isLed(pieces)) ? latestPoint : undefined;
}

/** "Point 2", "the second one": a number and a noun, and nothing that says "the last 2". */
function nthOf(pieces: readonly Piece[], number: number): number | undefined {
  const others = pieces.filter(({ part }) => part !== 'ordinal' && part !== 'small' && part !== 'lead');
  return number > 0 && others.length > 0 && others.every(({ part }) => part === 'noun') ? number : undefined;
}

/** "From the latest": what leads to it stands before it. */
function isLed(pieces: readonly Piece[]): boolean {
  const recent = pieces.findIndex(({ part }) => part === 'recent');
  return pieces.slice(0, recent).some(({ part }) => part === 'lead');
}

/** Whether a form means something in some language. */
export function meansIt(form: string, meant: string, lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.senses.get(form)?.some(({ concept }) => concept === meant) === true;
}

/** Whether a form means one of these in some language. */
export function meansOneOf(form: string, concepts: ReadonlySet<string>, lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.senses.get(form)?.some(({ concept }) => concepts.has(concept)) === true;
}

/** Whether a word is called so where recovery points are spoken of. */
export function isPoint(token: Token | undefined, part: 'lead' | 'noun', lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.points.get(token?.folded ?? '')?.includes(part) === true;
}
