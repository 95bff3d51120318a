import assert from 'node:assert/strict';
import { say } from '../../src/message.ts';
import { operations } from '../../src/operations/index.ts';
import type { Choice } from '../../src/operations/screen.ts';
import { startConversation } from './support/conversation.ts';

const subnet =
  '/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu/subnets';
const sources: readonly Choice[] = [
  { value: 'shut-down', title: say('failover.start.shut-down') },
  { value: 'gone', title: say('failover.start.gone') },
];
const subnets: readonly Choice[] = ['snet-app', 'snet-web'].map((name) => ({
  value: `${subnet}/${name}`,
  title: `vnet-prod-weu/${name}`,
}));
const offered: Readonly<Record<string, readonly Choice[]>> = {
  source: sources,
  network: subnets,
  point: [{ value: 'latest-processed', title: say('failover.start.title') }],
};

/** A conversation whose operations offer these choices without asking Azure. */
const conversation = () =>
  startConversation({
    operations: operations.map((operation) =>
      operation.risk === 'read' ? operation : { ...operation, choices: async (_, name) => offered[name] },
    ),
  });

/** What the answer to the question is taken for: the parameter that the run would be given once everything is said. */
async function given(request: string, name: string, answer: string, locale = 'en') {
  const talk = conversation();
  await talk.say(request, { locale });
  const heard = await talk.say(answer, { locale });
  const later = heard.done.length > 0 ? heard : await talk.say('1', { locale });
  return { value: later.done[0]?.parameters[name], words: talk.words(heard.screens[0], locale) };
}

const failOver = { en: 'fail over erp-prod-01', 'pt-BR': 'failover da erp-prod-01', it: 'failover di erp-prod-01' };

describe('an answer in the words of a label', () => {
  for (const [locale, answer, source] of [
    ['en', 'the source is gone', 'gone'],
    ['en', 'The source is gone.', 'gone'],
    ['en', 'shut the source down first', 'shut-down'],
    ['en', 'shut the source down', 'shut-down'],
    ['pt-BR', 'desligar a origem antes', 'shut-down'],
    ['it', 'arresta prima l’origine', 'shut-down'],
    ['it', 'the source is gone', 'gone'],
  ] as const)
    it(`“${answer}” is ${source} (${locale})`, async () => {
      assert.equal((await given(failOver[locale], 'source', answer, locale)).value, source);
    });

  for (const [answer, name] of [
    ['snet-app', 'snet-app'],
    ['vnet-prod-weu/snet-web', 'snet-web'],
    ['SNET-WEB', 'snet-web'],
  ] as const)
    it(`“${answer}” is the subnet of that name`, async () => {
      const { value } = await given('test failover of erp-prod-01 from the latest point', 'network', answer);
      assert.equal(value, `${subnet}/${name}`);
    });

  for (const [locale, answer, part] of [
    ['en', 'overdue drills', 'drills'],
    ['en', 'failovers not committed', 'uncommitted'],
    ['en', 'drills', 'drills'],
    ['pt-BR', 'testes atrasados', 'drills'],
    ['it', 'snapshot scaduti', 'expired'],
  ] as const)
    it(`“${answer}” is that part of the summary (${locale})`, async () => {
      const talk = startConversation();
      const opening = { en: 'details of the summary', 'pt-BR': 'detalhes do resumo', it: 'dettagli del riepilogo' };
      await talk.say(opening[locale], { locale });
      const { done } = await talk.say(answer, { locale });
      assert.deepEqual(done, [{ how: 'read', operation: 'fleet.list', parameters: { part } }]);
    });
});

describe('an answer in one’s own words', () => {
  for (const answer of ['the ERP works there', 'is the shop ready? yes'])
    it(`is taken as it is, though it resembles a request: ${answer}`, async () => {
      assert.equal((await given('clean up the test failover of erp-prod-01', 'notes', answer)).value, answer);
    });
});

describe('an answer that is none', () => {
  for (const answer of ['hmm wait', 'foo bar', 'the source', 'down', 'the source is not gone'])
    it(`“${answer}” starts nothing, and is said not to be understood above the question`, async () => {
      const talk = conversation();
      await talk.say(failOver.en);
      const { screens, done } = await talk.say(answer);
      assert.deepEqual(done, []);
      const words = talk.words(screens[0]);
      assert.match(words, new RegExp(`I did not understand “${answer}”`));
      assert.match(words, /Shut the source down first/);
    });

  it('of a network is said to be none of those', async () => {
    const { words } = await given('test failover of erp-prod-01 from the latest point', 'network', 'foo bar');
    assert.match(words, /I did not understand “foo bar”: it is none of these/);
  });

  it('denies what a label says: nothing is taken from it', async () => {
    const talk = conversation();
    await talk.say(failOver.en);
    for (const answer of ['not gone', 'it is not gone', 'gone? no'])
      assert.deepEqual((await talk.say(answer)).done, []);
    assert.match(talk.words((await talk.say('is it gone')).screens[0]), /Shut the source down first|recovery point/);
  });

  it('calls the question off where it is “cancel”, whatever the labels are', async () => {
    const talk = conversation();
    await talk.say(failOver.en);
    const { screens } = await talk.say('cancel');
    assert.match(talk.words(screens[0]), /dialog|cancel|nothing/i);
    assert.deepEqual((await talk.say('the source is gone')).done, []);
  });
});

describe('a time of the hour that the clocks show twice', () => {
  const by = { timeZone: 'Europe/Rome' };
  const idOf = (time: string) => `/subscriptions/s/resourceGroups/g/recoveryPoints/${time}`;
  const pointAt = (time: string): Choice => ({
    value: idOf(time),
    title: { time },
    point: { time, consistency: 'crash' },
  });
  const talkWith = (times: readonly string[]) =>
    startConversation({
      operations: operations.map((operation) =>
        operation.id === 'restore.replace-disks'
          ? { ...operation, choices: async () => times.map(pointAt), defaults: async () => ({}) }
          : operation,
      ),
    });
  const request = 'replace the disks of sql-prod-01 from before 25 October at 2:30';

  it('is asked for by its two moments; the one that is chosen takes the last point before it', async () => {
    for (const [answer, taken] of [
      ['1', '2026-10-25T00:00:00.000Z'],
      ['2', '2026-10-25T01:00:00.000Z'],
    ] as const) {
      const talk = talkWith(['2026-11-21T00:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-10-25T00:00:00.000Z']);
      assert.match(talk.words((await talk.say(request, by)).screens[0]), /happens twice/);
      assert.equal((await talk.say(answer, by)).done[0]?.parameters.point, idOf(taken));
    }
  });

  it('takes no point of another time where none is as old', async () => {
    const talk = talkWith(['2026-11-21T00:00:00.000Z', '2026-11-20T00:00:00.000Z']);
    const asked = talk.words((await talk.say(request, by)).screens[0]);
    assert.match(asked, /happens twice.*no recovery point is as old/s);
    const { done, screens } = await talk.say('1', by);
    assert.deepEqual(done, []);
    assert.match(talk.words(screens[0]), /No recovery point is as old as/);
    assert.equal((await talk.say('2', by)).done[0]?.parameters.point, idOf('2026-11-20T00:00:00.000Z'));
  });
});

describe('a resource group that was said', () => {
  const group = (name: string) => `/subscriptions/s/resourceGroups/${name}`;
  const snapshot = `${group('rg-web')}/providers/Microsoft.Compute/snapshots/os-1`;
  const talking = () =>
    startConversation({
      operations: operations.map((operation) =>
        operation.id === 'disk.create'
          ? {
              ...operation,
              defaults: async () => ({}),
              choices: async (_, name) =>
                name === 'snapshot'
                  ? [{ value: snapshot, title: 'os-1' }]
                  : ['rg-dev', 'rg-web'].map((title) => ({ value: group(title), title })),
            }
          : operation,
      ),
    });

  it('is where the disk goes', async () => {
    const { done } = await talking().say('create a disk from the snapshot os-1 in rg-dev');
    assert.equal(done[0]?.parameters.group, group('rg-dev'));
  });

  it('is asked back where there is none of that name, instead of going elsewhere', async () => {
    const talk = talking();
    const { done, screens } = await talk.say('create a disk from the snapshot os-1 in rg-nowhere');
    assert.deepEqual(done, []);
    assert.match(talk.words(screens[0]), /Into which resource group.*rg-nowhere/s);
    assert.equal((await talk.say('rg-web')).done[0]?.parameters.group, group('rg-web'));
  });

  it('is not asked for where none was said', async () => {
    const { done } = await talking().say('create a disk from the snapshot os-1');
    assert.deepEqual([done.length, done[0]?.parameters.group], [1, undefined]);
  });
});
