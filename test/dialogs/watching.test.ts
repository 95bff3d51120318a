import assert from 'node:assert/strict';
import type { Digest, Watch, WatchService, WatchTarget } from '../../src/watches/index.ts';
import { type Conversation, startConversation } from './support/conversation.ts';

const vm: WatchTarget = {
  kind: 'vm',
  name: '/subscriptions/s/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/sql-prod-01',
};
const group: WatchTarget = { kind: 'group', name: 'rg-web' };
const all: WatchTarget = { kind: 'all', name: '' };
const set = {
  conversationId: 'c',
  actor: { tenantId: 'tenant', oid: 'ana', name: 'Ana' },
  reader: { locale: 'en', timeZone: 'UTC' },
};

/** A conversation that is told of these things. */
function watching(...targets: readonly (WatchTarget | 'digest')[]): Conversation & { left(): readonly string[] } {
  let watches: Watch[] = targets
    .filter((target) => target !== 'digest')
    .map((target) => ({ ...set, target, createdAt: '2026-11-20T08:00:00Z' }));
  let digest: Digest | undefined = targets.includes('digest')
    ? { ...set, time: '08:00', nextAt: '2026-11-22T08:00:00Z', revision: 1 }
    : undefined;
  const service: Partial<WatchService> = {
    of: async () => watches,
    digestOf: async () => digest,
    unwatch: async (_, target) => {
      const isEnded = (one: Watch) =>
        target === undefined || (one.target.kind === target.kind && one.target.name === target.name);
      const ended = watches.filter(isEnded);
      watches = watches.filter((one) => !isEnded(one));
      return ended;
    },
    stopDigest: async () => {
      const had = digest !== undefined;
      digest = undefined;
      return had;
    },
  };
  const conversation = startConversation({ standing: { watches: () => service as WatchService } });
  return {
    ...conversation,
    left: () => [...watches.map(({ target }) => target.kind), ...(digest === undefined ? [] : ['digest'])],
  };
}

describe('no longer being told', () => {
  for (const [locale, text] of [
    ['en', 'unsubscribe from everything'],
    ['en', 'stop watching everything'],
    ['pt-BR', 'parar de acompanhar tudo'],
    ['it', 'smetti di osservare tutto'],
  ] as const)
    it(`“${text}” ends every watch and the daily summary, and says both`, async () => {
      const here = watching(vm, group, 'digest');
      const { screens } = await here.say(text, { locale });
      assert.deepEqual(here.left(), []);
      assert.match(here.words(screens[0]), /sql-prod-01.*resource group rg-web.*The fleet summary comes no more/);
    });

  for (const [locale, text] of [
    ['en', 'stop notifications'],
    ['pt-BR', 'pare de me avisar'],
    ['it', 'basta avvisi'],
  ] as const)
    it(`“${text}” ends the only thing that is watched, and asks back among several`, async () => {
      const one = watching(group);
      await one.say(text, { locale });
      assert.deepEqual(one.left(), []);
      const several = watching(vm, group);
      const { screens } = await several.say(text, { locale });
      assert.deepEqual(several.left(), ['vm', 'group']);
      assert.match(several.words(screens[0]), /2 things are watched here.*"all":"all"/);
      await several.say('2', { locale });
      assert.deepEqual(several.left(), ['vm']);
    });

  it('the line of the list that stands for everything ends that watch alone', async () => {
    const here = watching(all, vm);
    await here.say('what am I watching?');
    await here.say('1');
    assert.deepEqual(here.left(), ['vm']);
  });

  it('where nothing is watched, says so', async () => {
    const { screens } = await watching().say('stop notifications');
    assert.match(startConversation().words(screens[0]), /Nothing is watched here/);
  });
});
