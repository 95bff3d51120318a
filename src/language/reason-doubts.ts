import { longestBefore, onList } from './cursor.ts';
import type { Hearing } from './hearing.ts';
import type { Utterance } from './utterance.ts';

/** "… for testing maybe", "… because of the outage, or not": what stands last is said of all of it. */
export function reasonDoubts(
  { opening: { rest }, lexicons }: Utterance,
  { reasonFrom, reasonTo = 0 }: Hearing,
): boolean {
  if (reasonFrom === undefined) return false;
  const own = lexicons.slice(0, 1);
  return (['doubts', 'not'] as const).some((list) => longestBefore(rest, reasonTo, onList(own, list)) !== undefined);
}

/** "… as planned for tomorrow". */
export function reasonWaits(
  { opening: { rest }, lexicons }: Utterance,
  { reasonFrom, reasonTo = 0 }: Hearing,
): boolean {
  if (reasonFrom === undefined) return false;
  const own = lexicons.slice(0, 1);
  const isDay = onList(own, 'dates')(rest[reasonTo - 1]?.folded ?? '');
  return isDay && longestBefore(rest, reasonTo, onList(own, 'ahead')) !== undefined;
}
