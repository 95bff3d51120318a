import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Decision, DecisionResult, Run } from '../../src/runs/run.ts';
import { ana, sampleRun } from '../cards/support/runs.ts';
import { clickOf, type Trial, withBot } from './support/bot.ts';
import { homeTenant, oidOf } from './support/connector.ts';

const run = sampleRun();
const approve = { runId: run.id, version: run.version, decision: 'approve' };

/** The body of an answer to an invoke. */
interface Answer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** Clicks, sees that HTTP says 200 whatever became of it, and returns what is inside. */
async function click(
  { connector, post }: Trial,
  action: { verb: string; data?: unknown; trigger?: string },
  given: object = {},
) {
  const { status, body } = await post(clickOf(connector, action, given));
  assert.equal(status, 200);
  const answer = body as Answer;
  return { ...answer, text: JSON.stringify(answer.value) };
}

const cardType = 'application/vnd.microsoft.card.adaptive';
const accepts = (_decision: Decision, found: Run | undefined): DecisionResult => ({
  accepted: true,
  run: { ...(found ?? run), state: 'approved' },
});
const refuses = (_decision: Decision, found: Run | undefined): DecisionResult => ({
  accepted: false,
  code: 'own-request',
  why: 'It is your own request.',
  advice: 'Ask a colleague.',
  ...(found && { run: found }),
});

describe('a click on a decision', () => {
  it('decides as the verified person, whatever the data claims, and returns the new card', async () => {
    await withBot({ decide: accepts }, async (trial) => {
      trial.runs.set(run.id, run);
      const forged = {
        ...approve,
        actor: { oid: 'somebody' },
        oid: 'somebody',
        from: 'x',
        requester: 'y',
        comment: ' ok ',
      };
      const answer = await click(trial, { verb: 'decide', data: forged });
      assert.deepEqual(trial.decisions, [
        {
          run: { id: run.id },
          version: run.version,
          verb: 'approve',
          actor: { tenantId: homeTenant, oid: oidOf('29:ana'), name: 'Ana Souza' },
          conversationId: 'a:1ana',
          comment: 'ok',
        },
      ]);
      assert.deepEqual([answer.statusCode, answer.type], [200, cardType]);
      assert.match(answer.text, /Approved/);
    });
  });

  it('that is refused returns the card with the reason and the next step above its buttons', async () => {
    await withBot({ decide: refuses }, async (trial) => {
      trial.runs.set(run.id, run);
      const answer = await click(trial, { verb: 'decide', data: approve });
      assert.match(answer.text, /Waiting for approval.*It is your own request.*Ask a colleague.*Approve/);
    });
  });

  it('on a run that nobody knows is told so', async () => {
    await withBot({ decide: refuses }, async (trial) => {
      const answer = await click(trial, { verb: 'decide', data: approve });
      assert.match(answer.text, /It is your own request.*Ask a colleague/);
    });
  });

  it('carries the typed name', async () => {
    await withBot({ decide: accepts }, async (trial) => {
      await click(trial, { verb: 'decide', data: { ...approve, decision: 'confirm', typedName: 'erp-prod-01' } });
      assert.equal(trial.decisions[0]?.typedName, 'erp-prod-01');
    });
  });

  it('that arrives twice decides once, and shows what has become of it', async () => {
    await withBot({ decide: accepts }, async (trial) => {
      trial.runs.set(run.id, { ...run, state: 'running', version: 9, requester: { ...ana, tenantId: homeTenant } });
      const activity = { id: 'f:1' };
      await click(trial, { verb: 'decide', data: approve }, activity);
      const again = await click(trial, { verb: 'decide', data: approve }, activity);
      assert.equal(trial.decisions.length, 1);
      assert.match(again.text, /Running/);
      assert.match(again.text, /That click has arrived already.*not done a second time/);
      assert.match(trial.forgeries.join(), /replayed decide$/);
    });
  });

  const forged: Record<string, unknown> = {
    'no data': undefined,
    'no run': { version: 1, decision: 'approve' },
    'a run id that is no id': { ...approve, runId: '../../x' },
    'a version that is a text': { ...approve, version: '3' },
    'an unknown decision': { ...approve, decision: 'force' },
    'a comment without end': { ...approve, comment: 'x'.repeat(3000) },
    'an array': [approve],
    'template words': { ...approve, runId: '${' + 'x}' },
  };
  for (const [name, data] of Object.entries(forged)) {
    it(`with forged data is refused, logged, and does nothing: ${name}`, async () => {
      await withBot({ decide: accepts }, async (trial) => {
        const answer = await click(trial, { verb: 'decide', data });
        assert.deepEqual(trial.decisions, []);
        assert.match(answer.text, /This button is not valid/);
        const warning = trial.logged.find(({ level }) => level === 'warn')?.fields as { oid?: string };
        assert.equal(warning.oid, oidOf('29:ana'));
      });
    });
  }

  it('of a verb that is not ours is refused', async () => {
    await withBot({}, async (trial) => {
      assert.match((await click(trial, { verb: 'constructor', data: {} })).text, /This button is not valid/);
      assert.match(trial.forgeries.join(), /^\S+ constructor$/);
    });
  });
});

describe('a click that says how a run ended, or that it was reviewed', () => {
  const by = { actor: { tenantId: homeTenant, oid: oidOf('29:ana'), name: 'Ana Souza' }, conversationId: 'a:1ana' };

  it('is handed on with the words of the verified person, and returns the card', async () => {
    await withBot({}, async (trial) => {
      trial.runs.set(run.id, { ...run, state: 'failed' });
      const data = { runId: run.id, found: 'failed', comment: 'No job', actor: 'somebody' };
      assert.match((await click(trial, { verb: 'settle', data })).text, /Failed/);
      await click(trial, { verb: 'review', data: { runId: run.id, comment: 'Fine' } });
      const named = { run: { id: run.id }, ...by };
      assert.deepEqual(trial.ends, [
        { ...named, found: 'failed', comment: 'No job' },
        { ...named, comment: 'Fine' },
      ]);
    });
  });

  it('that is refused says so, and “why” knows of it', async () => {
    await withBot({}, async (trial) => {
      const answer = await click(trial, { verb: 'review', data: { runId: run.id, comment: 'refuse' } });
      assert.match(answer.text, /No right.*Ask a colleague/);
      assert.deepEqual(trial.refusals, [{ why: 'No right.', advice: 'Ask a colleague.' }]);
    });
  });

  for (const data of [
    undefined,
    { runId: run.id, found: 'exploded', comment: 'x' },
    { found: 'failed', comment: 'x' },
  ]) {
    it(`with forged data does nothing: ${JSON.stringify(data)}`, async () => {
      await withBot({}, async (trial) => {
        assert.match((await click(trial, { verb: 'settle', data })).text, /This button is not valid/);
        assert.deepEqual(trial.ends, []);
      });
    });
  }
});

describe('a refresh', () => {
  it('never has an effect, whatever it asks for', async () => {
    await withBot({ decide: accepts }, async (trial) => {
      trial.runs.set(run.id, run);
      for (const [verb, data] of [
        ['decide', approve],
        ['wish', { operation: 'backup.start', parameters: {} }],
        ['choose', {}],
      ] as const) {
        await click(trial, { verb, data, trigger: 'automatic' });
      }
      assert.deepEqual([trial.decisions, trial.wishes], [[], []]);
    });
  });

  it("shows the person's own view of the run as it is now", async () => {
    await withBot({}, async (trial) => {
      trial.runs.set(run.id, { ...run, requester: { ...run.requester, oid: oidOf('29:ana') } });
      const own = await click(trial, { verb: 'show', data: { runId: run.id }, trigger: 'automatic' });
      assert.match(own.text, /somebody else has to approve/);
      assert.match(own.text, /"decision":"withdraw"/);
    });
  });

  it('shows nothing of a run of another tenant', async () => {
    await withBot({}, async (trial) => {
      trial.runs.set(run.id, { ...run, requester: { ...run.requester, tenantId: 'foreign' } });
      const answer = await click(trial, { verb: 'show', data: { runId: run.id } });
      assert.match(answer.text, /not known here/);
      assert.doesNotMatch(answer.text, /erp-prod-01/);
    });
  });
});

describe('a wish or a choice on a card', () => {
  it('goes to the talk, and what that says is a toast', async () => {
    await withBot({}, async (trial) => {
      const wish = { operation: 'protection.show', parameters: { vm: '/x' } };
      const answer = await click(trial, { verb: 'wish', data: wish });
      await click(trial, { verb: 'choose', data: { question: 'q1', choice: 2 } });
      assert.deepEqual(trial.wishes, [
        { verb: 'wish', data: wish },
        { verb: 'choose', data: { question: 'q1', choice: 2 } },
      ]);
      assert.deepEqual([answer.type, answer.value], ['application/vnd.microsoft.activity.message', 'noted']);
    });
  });

  it('comes back as it was sent, with a person’s own template words in it', async () => {
    await withBot({}, async (trial) => {
      const wish = { operation: 'x', parameters: { words: '${' + 'name}' } };
      const packed = Buffer.from(JSON.stringify(wish)).toString('base64url');
      await click(trial, { verb: 'wish', data: { packed } });
      assert.deepEqual(trial.wishes[0]?.data, wish);
    });
  });

  it('that is forged never reaches the talk', async () => {
    await withBot({}, async (trial) => {
      for (const data of [{ operation: 5, parameters: {} }, { packed: '!!' }, 'text', null]) {
        assert.match((await click(trial, { verb: 'wish', data })).text, /This button is not valid/);
      }
      assert.deepEqual(trial.wishes, []);
    });
  });

  it('that the talk refuses is told in words; one that breaks it, with a reference only', async () => {
    const wish = { verb: 'wish', data: { operation: 'x', parameters: {} } };
    await withBot({ onAction: () => Promise.reject(new CatalogueError('no-right')) }, async (trial) => {
      assert.equal((await click(trial, wish)).type, cardType);
    });
    await withBot({ onAction: () => Promise.reject(new TypeError('hunter2')) }, async (trial) => {
      const answer = await click(trial, wish);
      assert.deepEqual([answer.statusCode, answer.type], [500, 'application/vnd.microsoft.error']);
      assert.doesNotMatch(answer.text, /hunter2/);
    });
  });

  it('whose turn takes long is answered with a toast in time', async () => {
    const gate = Promise.withResolvers<string>();
    await withBot({ onAction: () => gate.promise, turnSeconds: 0.05 }, async (trial) => {
      const answer = await click(trial, { verb: 'wish', data: { operation: 'x', parameters: {} } });
      assert.match(answer.text, /takes longer than usual/);
      gate.resolve('late');
    });
  });
});

describe('an invoke that is no click', () => {
  const values: readonly unknown[] = [
    undefined,
    null,
    {},
    { action: null },
    { action: { verb: 5 } },
    { action: { type: 'Action.Submit', verb: 'decide' } },
    { action: { verb: 'wish' }, trigger: 'sometimes' },
  ];
  for (const value of values) {
    it(`is answered HTTP 200 with the status inside: ${JSON.stringify(value)}`, async () => {
      await withBot({}, async ({ connector, post }) => {
        const answer = await post({ ...clickOf(connector, { verb: 'x' }), value });
        assert.deepEqual([answer.status, (answer.body as Answer).statusCode], [200, 400]);
      });
    });
  }

  it('may be one of the many that Teams has', async () => {
    await withBot({}, async ({ connector, post }) => {
      const answer = await post({ ...clickOf(connector, { verb: 'wish' }), name: 'task/fetch' });
      assert.deepEqual([answer.status, (answer.body as Answer).statusCode], [200, 400]);
    });
  });
});
