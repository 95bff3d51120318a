import type { Message } from '../message.ts';
import type { Finding, Preview } from '../operations/screen.ts';
import { canonical } from '../store/index.ts';
import type { Difference, NewWarning } from './run.ts';

/** Every measured thing that is not as it was, in the order of their names; an absent one reads as empty, and of several lines only those are told that differ. */
export function differencesBetween(was: Preview['measured'], now: Preview['measured']): readonly Difference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])].sort();
  const all = names.map((what) => ({ what, was: was[what] ?? '', now: now[what] ?? '' }));
  return all.filter((difference) => difference.was !== difference.now).map(withoutCommonLines);
}

/** Lines that only changed their places are all told. */
function withoutCommonLines({ what, was, now }: Difference): Difference {
  const [before, after] = [was.split('\n'), now.split('\n')];
  const gone = before.filter((one) => !after.includes(one));
  const come = after.filter((one) => !before.includes(one));
  return gone.length + come.length === 0 ? { what, was, now } : { what, was: gone.join('\n'), now: come.join('\n') };
}

/**
 * The warnings that nobody saw who agreed: they came since, or say something else than they said. One that went away is no reason to stop, and neither is
 * a value that moves by itself (`Finding.varies`), or that nobody could look this time (`Finding.unseen`).
 */
export function newWarnings(was: readonly Finding[], now: readonly Finding[]): readonly NewWarning[] {
  const seen = was.filter(warns);
  const seenNow = now.filter((one) => warns(one) && one.unseen !== true);
  return seenNow.flatMap((one) => {
    const alike = seen.filter(({ id }) => id === one.id);
    const { varies = [] } = one;
    if (alike.some(({ text }) => meaning(text, varies) === meaning(one.text, varies))) return [];
    const [only, ...others] = alike;
    return [{ now: one.text, ...(only !== undefined && others.length === 0 && { was: only.text }) }];
  });
}

function warns({ severity }: Finding): boolean {
  return severity === 'warns';
}

function meaning({ message, values = {} }: Message, varies: readonly string[]): string {
  return canonical({
    message,
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !varies.includes(name))),
  });
}
