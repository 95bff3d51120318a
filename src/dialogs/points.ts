import type { Said } from '../language/recognize.ts';
import { type Message, say } from '../message.ts';
import type { Choice } from '../operations/screen.ts';

/** As many lines as a phone shows with their buttons. */
const shown = 10;

/** What words mean of a list of recovery points: one of them, or why it has to be asked. */
export type PointFound =
  | { readonly found: 'value'; readonly value: unknown }
  | { readonly found: 'asked'; readonly lead: Message; readonly choices: readonly Choice[] };

/** The lines of a list of points that a person sees; what was said is compared with all of them. */
export function shownPoints(choices: readonly Choice[]): readonly Choice[] {
  return choices.slice(0, shown);
}

/** The point that was said, of all that there are, newest first. A time that the clocks show twice, or never, is asked back. */
export function pointFound(choices: readonly Choice[], said: Said): PointFound {
  if (said.meanings !== undefined) return unclearTime(choices, said, said.meanings);
  const chosen = chosenOf(choices, said);
  if (chosen !== undefined) return { found: 'value', value: chosen.value };
  return { found: 'asked', lead: missingLead(choices, said), choices: shownPoints(choices) };
}

/** Both moments are offered, whatever points there are: which is meant comes first, and the point follows from it. */
function unclearTime(choices: readonly Choice[], said: Said, meanings: readonly string[]): PointFound {
  if (meanings.length === 0) {
    const lead = say('dialog.no-such-time', { said: said.said });
    return { found: 'asked', lead, choices: shownPoints(choices) };
  }
  const meant = meanings.map((time): Choice => {
    const point = chosenOf(choices, { ...said, value: time });
    const details =
      point === undefined ? say('dialog.no-point-then') : say('dialog.point-then', { point: point.title });
    return { value: time, title: { time }, details };
  });
  return { found: 'asked', lead: say('dialog.time-twice', { said: said.said }), choices: meant };
}

/** What was said, once one of all that it could mean was chosen; undefined for any other choice. */
export function meaningChosen(said: Said | undefined, chosen: unknown): Said | undefined {
  if (said?.meanings === undefined || !said.meanings.some((time) => time === chosen)) return undefined;
  const { meanings: _, ...rest } = said;
  return { ...rest, value: chosen };
}

function missingLead(choices: readonly Choice[], { value, said }: Said): Message {
  const oldest = choices.findLast(({ point }) => point !== undefined)?.point;
  if (value === 'latest-application-consistent') return say('dialog.no-consistent-point');
  if (oldest === undefined || typeof value !== 'string' || Number.isNaN(Date.parse(value)))
    return say('dialog.no-point-said', { said });
  return say('dialog.no-point-so-old', { time: { time: value }, oldest: { time: oldest.time } });
}

function chosenOf(choices: readonly Choice[], said: Said): Choice | undefined {
  const { value } = said;
  const own = choices.find((choice) => choice.value === value);
  if (own !== undefined || typeof value !== 'string') return own;
  const number = /^#(\d+)$/.exec(value)?.[1];
  if (number !== undefined) return choices[Number(number) - 1];
  // Where none is set apart as processed, all that are listed are.
  if (value === 'latest' || value === 'latest-processed') return choices[0];
  if (value === 'latest-application-consistent')
    return choices.find(({ point }) => point?.consistency === 'application');
  return choices.find(({ point }) => point !== undefined && isInTime(point.time, said));
}

/** "Before 14:00" leaves out a point of 14:00 sharp, "from 14:00" takes it. */
function isInTime(time: string, { value, before }: Said): boolean {
  const [point, limit] = [Date.parse(time), Date.parse(String(value))];
  return before === true ? point < limit : point <= limit;
}
