import { longestBefore, onList } from './cursor.ts';
import type { Hearing } from './hearing.ts';
import type { ListName } from './lexicon.ts';
import type { Utterance } from './utterance.ts';

/** "… for testing maybe", "… because of the outage, or not": what stands last is said of all of it. */
export function reasonDoubts(utterance: Utterance, hearing: Hearing): boolean {
  return reasonEndsWith('doubts', utterance, hearing) || reasonEndsWith('not', utterance, hearing);
}

/** "… as planned for tomorrow". */
export function reasonWaits(utterance: Utterance, hearing: Hearing): boolean {
  return reasonEndsWith('dates', utterance, hearing) && reasonEndsWith('ahead', utterance, hearing);
}

function reasonEndsWith(list: ListName, { opening: { rest }, lexicons }: Utterance, hearing: Hearing): boolean {
  const { reasonFrom, reasonTo = 0 } = hearing;
  return reasonFrom !== undefined && longestBefore(rest, reasonTo, onList(lexicons.slice(0, 1), list)) !== undefined;
}
