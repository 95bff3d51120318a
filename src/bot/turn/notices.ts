import type { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Screen } from '../../operations/screen.ts';
import type { Turned } from './limits.ts';

/** A short card about something that was not done: `card.<id>` with `card.<id>.lead`. */
export function refusalNotice(
  id: 'not-an-action' | 'unknown-run' | 'too-long' | 'guest' | 'no-identity' | 'file-failed',
): Screen {
  return { screen: 'notice', notice: { tone: 'warning', title: say(`card.${id}`), lead: say(`card.${id}.lead`) } };
}

/** Too much at once: what was asked was not done, and when to ask again. */
export function crowdedNotice({ why, seconds }: Turned) {
  return { tone: 'warning' as const, title: say(`card.${why}`), lead: say(`card.${why}.lead`, { seconds }) };
}

/** An error of the catalogue, in its own words. */
export function errorNotice(error: CatalogueError): Screen {
  const correlation = error.azure?.correlationId;
  const facts = correlation === undefined ? [] : [{ label: say('card.fact.correlation'), value: correlation }];
  return { screen: 'notice', notice: { tone: 'bad', title: error.text, lead: error.advice, facts } };
}

/** Something broke: the reference stands in the log beside everything else. */
export function faultNotice(reference: string): Screen {
  const facts = [{ label: say('card.fact.reference'), value: reference }];
  return {
    screen: 'notice',
    notice: { tone: 'bad', title: say('card.stopped'), lead: say('card.stopped.lead'), facts },
  };
}
