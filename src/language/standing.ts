import type { SpokenWord } from './conversation.ts';
import { longestAt, onList } from './cursor.ts';
import type { Said } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import type { NameIndex } from './names.ts';
import type { Token } from './tokens.ts';

interface Rest {
  readonly tokens: readonly Token[];
  readonly lexicons: readonly Lexicon[];
  readonly names: NameIndex;
}

/** A sentence taken apart: what it wants, and the names, codes and times in it. */
interface Parts {
  readonly cues: Set<string>;
  readonly names: Token[];
  readonly codes: Token[];
  /** `08:00`. */
  readonly times: string[];
}

/**
 * Recognizes what people want from now on: "tell me when backups fail in rg-erp", "every morning at 8 the fleet summary here", "stop reminding
 * 4F7K", "quiet hours from 22:00 to 7:00". Every word of the sentence must have its place, or it is something else.
 */
export function standingOf(rest: Rest): SpokenWord | undefined {
  for (const lexicon of rest.lexicons) {
    const parts = partsOf(rest, lexicon);
    const word = parts === undefined ? undefined : wordIn(parts, rest.names);
    if (word !== undefined) return word;
  }
  return undefined;
}

/** Undefined: something in the sentence has no place in such a wish. */
function partsOf({ tokens, lexicons, names }: Rest, lexicon: Lexicon): Parts | undefined {
  const parts: Parts = { cues: new Set(), names: [], codes: [], times: [] };
  const [isGroup, isRun] = [onList(lexicons, 'group'), onList(lexicons, 'run')];
  const isAnnounced = (form: string) => isGroup(form) || isRun(form);
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    const cue = cueAt(tokens, at, lexicon);
    const group = cue === undefined ? longestAt(tokens, at, isAnnounced) : undefined;
    if (token === undefined) break;
    if (cue !== undefined) addCue(parts, cue.word);
    else if (group === undefined && !place(token, parts, names) && !isSmall(token, lexicons)) return undefined;
    at = cue?.next ?? group?.next ?? at + 1;
  }
  return parts;
}

/** Small words of such sentences have a place and say nothing. */
function addCue({ cues }: Parts, word: string): void {
  if (word !== 'filler') cues.add(word);
}

function cueAt(tokens: readonly Token[], at: number, { standing, words }: Lexicon) {
  const wordOf = (form: string) => {
    const word = words.get(form);
    return standing.get(form) ?? (word === 'watch' || word === 'unwatch' ? word : undefined);
  };
  const found = longestAt(tokens, at, (form) => wordOf(form) !== undefined);
  return found === undefined ? undefined : { word: wordOf(found.form) ?? '', next: found.next };
}

function place(token: Token, parts: Parts, names: NameIndex): boolean {
  const time = timeOf(token.folded);
  const isName = names.has('vm', token.text) || names.hasGroup(token.text);
  if (time !== undefined && !isName) parts.times.push(time);
  else if (!isName && /^(?=.*\d)[0-9a-z]{4}$/.test(token.folded)) parts.codes.push(token);
  else if (isName || /[\d\-_]/.test(token.folded)) parts.names.push(token);
  else return false;
  return true;
}

/** "8", "8:30", "7h30", "8am", "10pm". */
function timeOf(folded: string): string | undefined {
  const [, hour, minute = '00', half] = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h)?$/.exec(folded) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const onClock =
    half === 'pm' && Number(hour) < 12 ? Number(hour) + 12 : half === 'am' && hour === '12' ? 0 : Number(hour);
  return `${String(onClock).padStart(2, '0')}:${minute}`;
}

function isSmall({ folded }: Token, lexicons: readonly Lexicon[]): boolean {
  if (onList(lexicons, 'not')(folded)) return false;
  return (
    onList(lexicons, 'leadIn')(folded) ||
    lexicons[0]?.together.senses.get(folded)?.some(({ kind }) => kind === 'neutral') === true
  );
}

type Reading = (parts: Parts, names: NameIndex) => SpokenWord | undefined;

function wordIn(parts: Parts, names: NameIndex): SpokenWord | undefined {
  const readings: readonly Reading[] = [
    stopReminding,
    watchRun,
    quietHours,
    stopDigest,
    stopTelling,
    digest,
    tellWhen,
    watching,
    watchAll,
    watchGroup,
  ];
  for (const reading of readings) {
    const word = reading(parts, names);
    if (word !== undefined) return word;
  }
  return undefined;
}

/** Whether the sentence has these cues, and no others than those and the allowed ones. */
function wants({ cues }: Parts, needed: readonly string[], allowed: readonly string[] = []): boolean {
  return (
    needed.every((cue) => cues.has(cue)) && [...cues].every((cue) => needed.includes(cue) || allowed.includes(cue))
  );
}

function has(
  { names, codes, times }: Parts,
  most: { readonly names?: number; readonly codes?: number; readonly times?: number },
) {
  const { names: n = 0, codes: c = 0, times: t = 0 } = most;
  return names.length <= n && codes.length <= c && times.length <= t;
}

function stopReminding(parts: Parts): SpokenWord | undefined {
  if (!wants(parts, ['stop', 'reminding'], ['all']) || !has(parts, { codes: 1 })) return undefined;
  const [code] = parts.codes;
  const run: Said | undefined = code && { kind: 'run', said: code.text, value: code.text.toUpperCase() };
  return { word: 'stop-reminding', parameters: run === undefined ? {} : { run } };
}

/** "Tell me when 4F7K is done", "no more alerts about 4F7K". */
function watchRun(parts: Parts): SpokenWord | undefined {
  const [code] = parts.codes;
  if (code === undefined || !has(parts, { codes: 1 })) return undefined;
  const run: Said = { kind: 'run', said: code.text, value: code.text.toUpperCase() };
  if (wants(parts, ['tell'], ['ending', 'fails', 'finishes'])) return { word: 'watch', parameters: { run } };
  const ends =
    wants(parts, ['stop'], ['notices', 'ending', 'unwatch']) || wants(parts, ['unwatch'], ['notices', 'ending']);
  return ends && (parts.cues.has('notices') || parts.cues.has('ending'))
    ? { word: 'unwatch', parameters: { run } }
    : undefined;
}

function quietHours(parts: Parts): SpokenWord | undefined {
  if (!wants(parts, ['quiet'], ['off', 'stop', 'every']) || !has(parts, { times: 2 })) return undefined;
  const [from, until] = parts.times;
  if (parts.cues.has('off') || parts.cues.has('stop'))
    return { word: 'quiet-hours', parameters: { off: words('off') } };
  if (from === undefined) return { word: 'quiet-hours', parameters: {} };
  return until === undefined
    ? undefined
    : { word: 'quiet-hours', parameters: { from: words(from), until: words(until) } };
}

function stopDigest(parts: Parts): SpokenWord | undefined {
  const beside = ['every', 'daily', 'send'];
  const isIt = wants(parts, ['stop', 'digest'], beside) || wants(parts, ['unwatch', 'digest'], beside);
  return isIt && has(parts, { times: 1 }) ? { word: 'stop-digest', parameters: {} } : undefined;
}

/** "Stop notifications", "no more alerts for rg-erp", "stop telling me when backups fail": of all that is watched where it says no more. */
function stopTelling(parts: Parts, names: NameIndex): SpokenWord | undefined {
  const { cues } = parts;
  const stops = cues.has('stop') || cues.has('unwatch');
  const tells = cues.has('notices') || (cues.has('ending') && (cues.has('fails') || cues.has('critical')));
  const beside = ['stop', 'unwatch', 'notices', 'ending', 'backups', 'replication', 'fails', 'critical', 'all'];
  if (!stops || !tells || !wants(parts, [], beside) || !has(parts, { names: 1 })) return undefined;
  const ask: Record<string, Said> = parts.names.length > 0 || cues.has('all') ? {} : { ask: words('ask') };
  return { word: 'unwatch', parameters: { ...targetOf(parts, names), ...ask } };
}

function digest(parts: Parts): SpokenWord | undefined {
  if (!wants(parts, ['digest'], ['every', 'daily', 'send']) || !has(parts, { times: 1 })) return undefined;
  const [time] = parts.times;
  const again = parts.cues.has('every') || (parts.cues.has('daily') && (time !== undefined || parts.cues.has('send')));
  if (again) return { word: 'digest', parameters: time === undefined ? {} : { time: words(time) } };
  // "Daily summary": now, or every day?
  return parts.cues.has('daily') ? { word: 'digest', parameters: { ask: words('ask') } } : undefined;
}

function tellWhen(parts: Parts, names: NameIndex): SpokenWord | undefined {
  const { cues } = parts;
  const happens = cues.has('fails') || cues.has('critical');
  if (!happens || !wants(parts, ['tell'], ['backups', 'replication', 'fails', 'critical', 'all'])) return undefined;
  if (!cues.has('backups') && !cues.has('replication') && !cues.has('critical')) return undefined;
  return has(parts, { names: 1 }) ? { word: 'watch', parameters: targetOf(parts, names) } : undefined;
}

function watching(parts: Parts): SpokenWord | undefined {
  return wants(parts, ['watching']) && has(parts, {}) ? { word: 'watching', parameters: {} } : undefined;
}

function watchAll(parts: Parts): SpokenWord | undefined {
  if (!has(parts, {})) return undefined;
  if (wants(parts, ['watch', 'all'])) return { word: 'watch', parameters: { all: words('all') } };
  return wants(parts, ['unwatch', 'all']) ? { word: 'unwatch', parameters: { all: words('all') } } : undefined;
}

/** "Watch rg-erp": a group that holds something, and no VM of that name. */
function watchGroup(parts: Parts, names: NameIndex): SpokenWord | undefined {
  const [name] = parts.names;
  const word = (['watch', 'unwatch'] as const).find((one) => wants(parts, [one]));
  if (word === undefined || name === undefined || !has(parts, { names: 1 })) return undefined;
  return names.hasGroup(name.text) && !names.has('vm', name.text)
    ? { word, parameters: targetOf(parts, names) }
    : undefined;
}

/** A group only where it is known to hold something; any other name is looked for among the VMs. */
function targetOf({ names: [name] }: Parts, names: NameIndex): Record<string, Said> {
  if (name === undefined) return { all: words('all') };
  if (names.hasGroup(name.text) && !names.has('vm', name.text)) return { group: words(name.text) };
  const { match, found } = names.find('vm', name.text);
  const [only] = found;
  const sure = match === 'exact' && found.length === 1 && only !== undefined;
  return { vm: { kind: 'vm', said: name.text, match, candidates: found, ...(sure ? { value: only.id } : {}) } };
}

function words(said: string): Said {
  return { kind: 'words', said, value: said };
}
