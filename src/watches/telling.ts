import { randomUUID } from 'node:crypto';
import { nameOf } from '../azure/arm-id.ts';
import { explained } from '../azure-codes.ts';
import { say } from '../message.ts';
import type { Actor, Reader } from '../operations/context.ts';
import type { Fact, Screen, Section, Suggestion } from '../operations/screen.ts';
import { putPost, quietUntil } from '../posts/index.ts';
import type { Store, TakenJob, Watch, WatchEvent } from '../store/index.ts';
import { stopFor } from './ending.ts';

/** What telling works with. */
export interface Telling {
  readonly store: Store;
  readonly now: () => Date;
  readonly readerNow: (actor: Actor, reader: Reader) => Promise<Reader>;
}

/** Tells a conversation everything that has been found for it, in one message; in quiet hours when they are over. */
export async function tell({ store, now, readerNow }: Telling, job: TakenJob<'tell'>): Promise<void> {
  const { conversationId } = job.data;
  const watches = await store.watches.of(conversationId);
  const [watch] = watches;
  const quiet = quietUntil(await store.quiet.find(conversationId), now());
  const reader = watch === undefined ? undefined : await readerNow(watch.actor, watch.reader);
  await store.transaction(async (unit) => {
    if (quiet === undefined) {
      const events = await unit.watches.takeUntold(conversationId);
      const draft = { id: `watch/${randomUUID()}`, conversationId, anew: false, rings: true };
      if (events.length > 0 && reader !== undefined)
        await putPost(unit, { ...draft, reader, screen: newsScreen(events, watches) });
    } else await unit.send('tell', job.data, (quiet.getTime() - now().getTime()) / 1000);
    await unit.complete(job);
  });
}

/** One part for each failure; buttons for the first VMs, and to end the watch of the conversation that it came from. */
export function newsScreen(events: readonly WatchEvent[], watches: readonly Watch[]): Screen {
  const failed = events.filter(({ body }) => body.kind === 'backup-failed').length;
  const values = { failed, critical: events.length - failed };
  return {
    screen: 'answer',
    answer: {
      title: say('watch.news', values),
      tone: 'bad',
      sections: events.map(sectionOf),
      notes: [say('watch.how-to-stop')],
      suggestions: [...suggestionsFor(events), stopFor(events, watches)],
    },
  };
}

function sectionOf({ body }: WatchEvent): Section {
  const { kind, vmName, vaultId, at, reason } = body;
  return {
    title: vmName,
    tone: 'bad',
    lead: kind === 'backup-failed' ? say('watch.backup-failed') : say('watch.replication-critical'),
    facts: [
      { label: say('watch.vault'), value: nameOf(vaultId) },
      { label: say('watch.when'), value: { time: at } },
      ...(reason === undefined ? [] : reasonFacts(reason)),
    ],
  };
}

/** A reason is `<code>: <Azure's words>`: ours where the code is known, with what to do about it. */
function reasonFacts(reason: string): readonly Fact[] {
  const [, code = '', message = reason] = /^(\w+): (.*)$/s.exec(reason) ?? [];
  const known = explained({ code, message });
  return known === undefined
    ? [{ label: say('watch.reason'), value: reason }]
    : [
        { label: say('watch.why'), value: known.text },
        { label: say('watch.advice'), value: known.advice },
      ];
}

/** What can be done about the only one, and where to look; of several the first two VMs can be acted on. */
function suggestionsFor(events: readonly WatchEvent[]): readonly Suggestion[] {
  const [only, ...others] = events;
  if (only === undefined) return [];
  if (others.length > 0)
    return [...new Map(events.map((event) => [event.body.vmId, actOn(event)])).values()].slice(0, 2);
  const { vmId: vm } = only.body;
  return [
    { ...actOn(only), ...(only.body.kind === 'backup-failed' && { title: say('watch.retry-one') }) },
    { title: say('watch.show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}

function actOn({ body }: WatchEvent): Suggestion {
  const { kind, vmId: vm, vmName } = body;
  return kind === 'backup-failed'
    ? { title: say('watch.retry', { vm: vmName }), wish: { operation: 'backup.start', parameters: { vm } } }
    : {
        title: say('watch.show-replica', { vm: vmName }),
        wish: { operation: 'replicated-item.show', parameters: { vm } },
      };
}
