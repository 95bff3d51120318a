import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Finding } from '../../src/operations/screen.ts';
import type { Run } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

const azure = (status: number, retryAfterSeconds?: number) => ({
  azure: {
    status,
    code: 'Code',
    message: 'Azure’s words',
    correlationId: 'c-1',
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  },
});

onUsualHome('the start of an approved run', (place) => {
  async function approved(prepare: (runs: Harness) => void): Promise<[Harness, Run]> {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    prepare(runs);
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    return [runs, run];
  }

  it('is superseded when what was shown is no longer true, and says the difference', async () => {
    const [runs, run] = await approved(({ azure }) => {
      azure.measured = { 'fact.state': 'ProtectionStopped' };
    });
    const end = await runs.stateOf(run);
    assert.equal(end.state, 'superseded');
    assert.deepEqual(end.differences, [{ what: 'fact.state', was: 'Protected', now: 'ProtectionStopped' }]);
    assert.deepEqual(runs.azure.taken, []);
  });

  const warned = (id: string, values: Record<string, string | number>, varies: readonly string[] = []): Finding => ({
    id,
    severity: 'warns',
    text: { message: `test.${id}`, values },
    varies,
  });
  const before = [warned('unhealthy', { vm: 'sql-01' }), warned('short', { cores: 8, left: 4 }, ['left'])];

  async function startedWith(findings: Finding[]): Promise<[Harness, Run]> {
    const runs = await Harness.open(await place());
    runs.azure.findings = before;
    const run = await runs.propose('disruptive');
    runs.azure.findings = findings;
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    return [runs, await runs.stateOf(run)];
  }

  it('is superseded by a warning that nobody saw who agreed, and tells it', async () => {
    const up = warned('still-up', { vm: 'sql-01' });
    const [runs, end] = await startedWith([...before, up]);
    assert.deepEqual([end.state, end.newWarnings], ['superseded', [{ now: up.text }]]);
    assert.deepEqual(runs.azure.taken, []);
  });

  it('is superseded by a warning that says something else by now, and tells both', async () => {
    const [unhealthy, short] = [warned('unhealthy', { vm: 'sql-02' }), before.slice(1)];
    const [, end] = await startedWith([unhealthy, ...short]);
    assert.deepEqual([end.state, end.newWarnings], ['superseded', [{ now: unhealthy.text, was: before[0]?.text }]]);
  });

  for (const [what, findings] of Object.entries({
    'went away': [],
    'came in another order': before.toReversed(),
    'differ in what moves by itself': [warned('short', { cores: 8, left: 3 }, ['left'])],
  }))
    it(`goes on when warnings ${what}`, async () => {
      const [, end] = await startedWith(findings);
      assert.equal(end.state, 'running');
    });

  it('is superseded when the VM is production by now: that asks for a second approver', async () => {
    const runs = await Harness.open(await place());
    runs.azure.tags = { env: 'test' };
    const run = await runs.propose('destructive');
    await runs.decide(run, 'confirm', people.ana, { typedName: 'sql-01' });
    runs.azure.tags = { env: 'prod' };
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    const end = await runs.stateOf(run);
    assert.deepEqual(
      [end.state, end.why],
      ['superseded', { message: 'run.why.asks-for-more', values: { rules: ['built-in-production'] } }],
    );
    assert.deepEqual(runs.azure.taken, []);
  });

  it('fails when the requester or an approver has lost the right since', async () => {
    for (const person of [people.ana, people.ben]) {
      const runs = await Harness.open(await place());
      const run = await runs.propose('disruptive');
      await runs.runs.stop();
      await runs.decide(run, 'approve', people.ben);
      runs.azure.lostRight.add(person.oid);
      await runs.runs.start();
      await runs.settle();
      const end = await runs.stateOf(run);
      assert.equal(end.state, 'failed');
      assert.deepEqual(
        end.why && typeof end.why === 'object' && 'message' in end.why && end.why.message,
        'error.no-right',
      );
      assert.deepEqual(runs.azure.taken, []);
    }
  });

  it('fails when a check blocks by now', async () => {
    const [runs, run] = await approved(({ azure }) => {
      azure.findings = [{ id: 'busy', severity: 'blocks', text: { message: 'test.busy' } }];
    });
    assert.equal((await runs.stateOf(run)).state, 'failed');
  });

  it('fails with Azure’s words and correlation id when Azure refuses', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      fake.submitFaults.push({ error: new CatalogueError('azure-conflict', azure(409)), effect: 'none' });
    });
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.correlationId], ['failed', 'c-1']);
    assert.deepEqual(end.advice, { message: 'error.azure-conflict.advice', values: {} });
  });

  it('waits as long as Azure asks for when it is throttled, and then tries again', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      fake.submitFaults.push({ error: new CatalogueError('azure-throttled', azure(429, 90)), effect: 'none' });
    });
    const waiting = await runs.stateOf(run);
    assert.equal(waiting.state, 'starting');
    await runs.pass(80);
    assert.equal((await runs.stateOf(run)).state, 'starting');
    await runs.pass(15);
    assert.equal((await runs.stateOf(run)).state, 'running');
    assert.equal(runs.azure.taken.length, 1);
  });

  const throttled = (fake: Harness['azure']) =>
    fake.submitFaults.push({ error: new CatalogueError('azure-throttled', azure(429, 90)), effect: 'none' });

  it('is not sent again after a wait in which somebody did the same by hand', async () => {
    const [runs, run] = await approved(({ azure: fake }) => throttled(fake));
    runs.azure.taken.push(run.clientRequestId);
    await runs.pass(100);
    assert.equal((await runs.stateOf(run)).state, 'running');
    assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
  });

  it('waits on while Azure’s records cannot be read after a wait, and asks a person when they are unclear', async () => {
    const [runs, run] = await approved(({ azure: fake }) => throttled(fake));
    runs.azure.find = new CatalogueError('azure-throttled', azure(429, 90));
    await runs.pass(100);
    assert.equal((await runs.stateOf(run)).state, 'starting');
    runs.azure.find = 'unclear';
    await runs.pass(100);
    assert.equal((await runs.stateOf(run)).state, 'needs-attention');
    assert.deepEqual(runs.azure.taken, []);
  });

  it('is taken over by whoever goes on by hand while it waits: the bot sends nothing, holds the target, and asks what came of it', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      throttled(fake);
      fake.commands = ['az vm stop'];
    });
    const found = await runs.runs.reader.byHand(run.code, people.ana);
    assert.ok(found !== undefined && 'commands' in found && found.takenOver);
    await runs.pass(200);
    const over = await runs.stateOf(run);
    assert.deepEqual([over.state, over.waiting, runs.azure.taken], ['needs-attention', undefined, []]);
    await assert.rejects(runs.propose('reversible'), /target-busy/);
    const events = (await auditOf(runs.store)).map(({ kind, from, to }) => [kind, from, to].join(' '));
    assert.ok(events.includes('commands-shown starting needs-attention'));
    const wish = {
      run: { id: run.id },
      actor: people.ana,
      conversationId: 'chat',
      comment: 'stopped by hand',
    } as const;
    await runs.runs.service.settle({ ...wish, found: 'succeeded' });
    assert.equal((await runs.stateOf(run)).state, 'succeeded');
  });

  for (const wait of ['none', 'after a 429'] as const)
    it(`hands nobody the commands while it may just be sent (wait: ${wait})`, async () => {
      const seen: unknown[] = [];
      const runs: Harness = await Harness.open(await place(), {
        killPoint: async (name, { id }) => {
          if (name !== 'before-submit') return;
          const found = await runs.runs.reader.byHand((await runs.store.runs.get(id))?.code ?? '', people.ana);
          seen.push(found !== undefined && 'refused' in found ? found.refused : found);
        },
      });
      runs.azure.commands = ['az vm stop'];
      if (wait !== 'none') throttled(runs.azure);
      const run = await runs.propose('disruptive');
      await runs.decide(run, 'approve', people.ben);
      await runs.settle();
      await runs.pass(100);
      assert.deepEqual(seen, wait === 'none' ? ['being-sent'] : ['being-sent', 'being-sent']);
      assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
    });

  for (const status of [0, 500, 503, 408]) {
    it(`whose answer was lost (${status}) is looked for and found, not repeated`, async () => {
      const [runs, run] = await approved(({ azure: fake }) => {
        fake.submitFaults.push({ error: new CatalogueError('azure-unavailable', azure(status)), effect: 'taken' });
      });
      const found = await runs.store.runs.get(run.id);
      assert.deepEqual([found?.state, found?.submissions], ['running', 2]);
      assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
    });
  }

  it('that never reached Azure is repeated only after a second look, past the lag of Azure’s lists', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      fake.submitFaults.push({ error: new CatalogueError('azure-unavailable', azure(0)), effect: 'none' });
    });
    assert.equal((await runs.stateOf(run)).state, 'unknown');
    await runs.pass(15);
    assert.deepEqual(runs.azure.taken, []);
    await runs.pass(10);
    assert.equal((await runs.stateOf(run)).state, 'running');
    assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
  });

  it('is not tried more than three times: then a person is asked', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      const lost = { error: new CatalogueError('azure-unavailable', azure(0)), effect: 'none' } as const;
      fake.submitFaults.push(lost, lost, lost, lost);
    });
    for (let look = 0; look < 8; look += 1) await runs.pass(25);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, runs.azure.submitFaults.length], ['needs-attention', 1]);
  });

  it('that Azure’s records leave unclear needs attention, and holds its target until a person has looked', async () => {
    const [runs, run] = await approved(({ azure: fake }) => {
      fake.submitFaults.push({ error: new CatalogueError('azure-unavailable', azure(0)), effect: 'none' });
      fake.find = 'unclear';
    });
    assert.equal((await runs.stateOf(run)).state, 'needs-attention');
    await assert.rejects(runs.propose('reversible'), /target-busy/);
  });
});
