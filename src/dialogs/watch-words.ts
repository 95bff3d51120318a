import { CatalogueError } from '../errors.ts';
import { say, type Text } from '../message.ts';
import type { ListItem } from '../operations/screen.ts';
import { type Digest, endOf, thatOne, type Watch, type WatchTarget } from '../watches/index.ts';
import { showAnswer } from './finish.ts';
import { notice, textOf, type Word, type WordContext } from './word.ts';

/** Words about what a conversation is told by itself. They change nothing in Azure, so buttons say them too. */
export const watchWords: Readonly<Record<string, Word>> = {
  watch: async (context) => await watch(context),
  unwatch: async (context) => await unwatch(context),
  watching: async (context) => await watching(context),
  digest: async (context) => await digest(context),
  'stop-digest': async (context) => await stopDigest(context),
};

/** When no time is said. */
const usualTime = '08:00';
const mostOffered = 3;

async function watch(context: WordContext): Promise<void> {
  const { options, person } = context;
  const target = targetOf(context);
  if (target === undefined) return await (hasCandidates(context) ? whichOne(context) : watching(context));
  const { actor, reader, conversationId } = person;
  const became = await options.standing.watches().watch({ target, actor, reader, conversationId });
  const title = say(became === 'new' ? 'watch.is-watched' : 'watch.is-watched-already', {
    target: nameOf({ target, actor }),
  });
  await notice(context, { tone: 'good', title, lead: say('watch.what') });
}

async function unwatch(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const target = targetOf(context);
  if (target === undefined && hasCandidates(context))
    return await notice(context, { tone: 'neutral', title: say('watch.none') });
  if (target === undefined && said.vm === undefined) return await watching(context);
  if (target?.kind === 'all' && said.all?.value !== thatOne) return await endAll(context);
  const ended = await options.standing.watches().unwatch(person.conversationId, target);
  if (ended.length === 0) return await notice(context, { tone: 'neutral', title: say('watch.none') });
  await notice(context, { tone: 'good', title: endedText(ended) });
}

/** "Stop watching everything": the daily summary, too. "Stop notifications" may mean one of several, and is asked back. */
async function endAll(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const items = await linesHere(context);
  if (items.length === 0 || (items.length > 1 && said.ask !== undefined)) return await watching(context);
  const service = options.standing.watches();
  const ended = await service.unwatch(person.conversationId);
  const stopped = await service.stopDigest(person.conversationId);
  const title = ended.length === 0 ? say('digest.stopped') : endedText(ended);
  await notice(context, { tone: 'good', title, ...(stopped && ended.length > 0 && { lead: say('digest.stopped') }) });
}

function endedText(ended: readonly Watch[]): Text {
  return say('watch.ended', { count: ended.length, targets: ended.map(nameOf) });
}

/** What the conversation is told, each line with what ends it. */
async function watching(context: WordContext): Promise<void> {
  const items = await linesHere(context);
  const endsAll = { title: say('watch.end-all'), wish: { operation: 'unwatch', parameters: { all: 'all' } } };
  await showAnswer(context.options, context.dialogs.context, {
    title: say('watch.list', { count: items.length }),
    tone: 'neutral',
    ...(items.length === 0 && { lead: say('watch.list-how') }),
    items,
    notes: items.length === 0 ? [] : [say('watch.list-note')],
    ...(items.length > 1 && { suggestions: [endsAll] }),
  });
}

async function linesHere({ options, person }: WordContext): Promise<readonly ListItem[]> {
  const service = options.standing.watches();
  const [watches, every] = [await service.of(person.conversationId), await service.digestOf(person.conversationId)];
  return [...watches.map(lineOf), ...(every === undefined ? [] : [digestLine(every)])];
}

async function digest(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  if (said.ask !== undefined) return await nowOrDaily(context);
  const { actor, reader, conversationId } = person;
  const time = textOf(said.time?.value) ?? usualTime;
  const next = await options.standing.watches().digest({ actor, reader, conversationId, time });
  const lead = say('digest.set-lead', { zone: reader.timeZone, next: { time: next } });
  await notice(context, { tone: 'good', title: say('digest.set', { time }), lead });
}

/** "Daily summary" may be wanted now or every day: whoever said it says which. */
async function nowOrDaily(context: WordContext): Promise<void> {
  const suggestions = [
    { title: say('fleet.summary.title'), wish: { operation: 'fleet.summary', parameters: {} } },
    { title: say('digest.ask-daily', { time: usualTime }), wish: { operation: 'digest', parameters: {} } },
  ];
  await notice(context, { tone: 'neutral', title: say('digest.ask'), lead: say('digest.ask-lead'), suggestions });
}

async function stopDigest(context: WordContext): Promise<void> {
  const stopped = await context.options.standing.watches().stopDigest(context.person.conversationId);
  await notice(context, { tone: stopped ? 'good' : 'neutral', title: say(stopped ? 'digest.stopped' : 'digest.none') });
}

/** What was named: a VM that is certain, a group, or everything. */
function targetOf({ said }: WordContext): WatchTarget | undefined {
  const vm = textOf(said.vm?.value);
  const group = textOf(said.group?.value);
  if (vm !== undefined) return { kind: 'vm', name: vm };
  if (group !== undefined) return { kind: 'group', name: group };
  return said.all === undefined ? undefined : { kind: 'all', name: '' };
}

function hasCandidates({ said }: WordContext): boolean {
  return said.vm?.candidates !== undefined;
}

/** A name that is not certain is offered, never taken. @throws CatalogueError `vm-not-found` when nothing is like it */
async function whichOne(context: WordContext): Promise<void> {
  const { said: name = '', candidates = [] } = context.said.vm ?? {};
  if (candidates.length === 0) throw new CatalogueError('vm-not-found', { values: { name } });
  const suggestions = candidates.slice(0, mostOffered).map((one) => ({
    title: say('watch.watch-it', { name: one.name }),
    wish: { operation: 'watch', parameters: { vm: one.id } },
  }));
  await notice(context, { tone: 'neutral', title: say('watch.which', { name }), suggestions });
}

function lineOf(one: Watch): ListItem {
  const { target, actor, createdAt } = one;
  return {
    title: nameOf(one),
    details: [say('watch.list-line', { who: actor.name, when: { age: createdAt } })],
    opens: endOf(target),
  };
}

function digestLine({ time, reader, nextAt }: Digest): ListItem {
  return {
    title: say('watch.list-digest', { time }),
    details: [say('watch.list-digest-line', { zone: reader.timeZone, next: { age: nextAt } })],
    opens: { operation: 'stop-digest', parameters: {} },
  };
}

function nameOf({ target, actor }: Pick<Watch, 'target' | 'actor'>): Text {
  if (target.kind === 'vm') return target.name.slice(target.name.lastIndexOf('/') + 1);
  return target.kind === 'group'
    ? say('watch.target-group', { name: target.name })
    : say('watch.target-all', { who: actor.name });
}
