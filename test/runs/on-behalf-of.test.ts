import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Run } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { FakeAzure } from './fake-azure.ts';
import { Harness, people } from './harness.ts';

onUsualHome('a run in the requester’s own name', (place) => {
  /** Runs whose changes need the requester to be in `signedIn`; `asked` tells in whose name they were sent. */
  async function opened(signedIn: Set<string>) {
    const azure = new FakeAzure();
    const asked: string[] = [];
    const runs = await Harness.open(await place(), {
      azure,
      contextToAct: (actor, reader) => {
        if (!signedIn.has(actor.oid)) throw new CatalogueError('sign-in-needed');
        asked.push(actor.oid);
        return { azure: azure.ports(), actor, reader } as Context;
      },
    });
    return { runs, asked };
  }

  async function approved(runs: Harness): Promise<Run> {
    const run = await runs.propose('disruptive');
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    return run;
  }

  const start = (runs: Harness, run: Run, actor: (typeof people)['ana' | 'ben' | 'eve']) =>
    runs.runs.service.start({ run: { id: run.id }, actor, conversationId: 'chat' });

  it('starts by itself when they are signed in, and in no other name', async () => {
    const { runs, asked } = await opened(new Set([people.ana.oid]));
    const run = await approved(runs);
    assert.equal((await runs.stateOf(run)).state, 'running');
    assert.deepEqual(new Set(asked), new Set([people.ana.oid]));
  });

  it('waits for them when it is approved and they are not signed in, and nothing is sent', async () => {
    const { runs } = await opened(new Set([people.ben.oid]));
    const seen = await runs.stateOf(await approved(runs));
    assert.equal(seen.state, 'approved');
    assert.equal(seen.waiting?.forRequester, true);
    assert.deepEqual(runs.azure.taken, []);
  });

  it('goes on when they sign in and press Start, and is sent once however often they press', async () => {
    const signedIn = new Set<string>();
    const { runs } = await opened(signedIn);
    const run = await approved(runs);
    signedIn.add(people.ana.oid);
    const answers = await Promise.all([start(runs, run, people.ana), start(runs, run, people.ana)]);
    assert.ok(answers.some(({ accepted }) => accepted));
    await runs.settle();
    const seen = await runs.stateOf(run);
    assert.equal(seen.state, 'running');
    assert.equal(seen.waiting, undefined);
    assert.equal(runs.azure.taken.length, 1);
    const late = await start(runs, run, people.ana);
    assert.equal(late.accepted, false);
  });

  it('is started by nobody else', async () => {
    const { runs } = await opened(new Set());
    const run = await approved(runs);
    const answer = await start(runs, run, people.ben);
    assert.equal(!answer.accepted && answer.code, 'not-the-requester');
    const foreign = await start(runs, run, people.eve);
    assert.equal(!foreign.accepted && foreign.code, 'run-not-found');
  });

  it('still reads everything again: what has changed meanwhile supersedes it', async () => {
    const signedIn = new Set<string>();
    const { runs } = await opened(signedIn);
    const run = await approved(runs);
    runs.azure.measured = { 'fact.state': 'ProtectionStopped' };
    signedIn.add(people.ana.oid);
    await start(runs, run, people.ana);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'superseded');
    assert.deepEqual(runs.azure.taken, []);
  });

  it('lapses as every approval does when they do not come', async () => {
    const { runs } = await opened(new Set());
    const run = await approved(runs);
    await runs.pass(16 * 60);
    assert.equal((await runs.stateOf(run)).state, 'expired');
  });

  it('fails with nothing sent when the sign-in is gone between "starting" and the call, as after a restart', async () => {
    const signedIn = new Set<string>([people.ana.oid]);
    const azure = new FakeAzure();
    const runs = await Harness.open(await place(), {
      azure,
      killPoint: (point) => void (point === 'after-starting-written' && signedIn.clear()),
      contextToAct: (actor, reader) => {
        if (!signedIn.has(actor.oid)) throw new CatalogueError('sign-in-needed');
        return { azure: azure.ports(), actor, reader } as Context;
      },
    });
    const run = await approved(runs);
    assert.equal((await runs.stateOf(run)).state, 'failed');
    assert.deepEqual(azure.taken, []);
  });
});
