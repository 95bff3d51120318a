import assert from 'node:assert/strict';
import type { SignIn } from '../../src/bot/identity/sso.ts';
import { sampleRun } from '../cards/support/runs.ts';
import { clickOf, messageOf, type Trial, type TrialOptions, withBot } from './support/bot.ts';
import { homeTenant, oidOf } from './support/connector.ts';

const run = sampleRun();
const confirm = { verb: 'decide', data: { runId: run.id, version: run.version, decision: 'confirm' } };
const decided: TrialOptions['decide'] = () => ({ accepted: true, run: { ...run, state: 'approved' } });

/** Signs in whoever brings the token "good"; `asked` tells who brought what. */
function signIn(asked: unknown[] = []): SignIn {
  const people = new Set<string>();
  return {
    resource: 'api://vaultkeeper.example/app',
    isSignedIn: ({ oid }) => people.has(oid),
    signIn: ({ oid, tenantId }, token) => {
      asked.push([tenantId, oid, token]);
      if (token === 'good') people.add(oid);
      return Promise.resolve(token === 'good' ? 'signed-in' : 'not-theirs');
    },
  };
}

async function click({ connector, post, runs }: Trial, action: { verb: string; data?: unknown }, token?: string) {
  runs.set(run.id, run);
  const plain = clickOf(connector, action);
  const value = { ...plain.value, ...(token && { authentication: { id: 'x', connectionName: 'y', token } }) };
  const { status, body } = await post({ ...plain, value });
  assert.equal(status, 200);
  return body as { readonly statusCode: number; readonly type: string; readonly value: object };
}

const exchange = (trial: Trial, token: string) =>
  trial.post({
    ...clickOf(trial.connector, { verb: 'x' }),
    name: 'signin/tokenExchange',
    value: { id: 'request-1', connectionName: 'y', token },
  });

describe('signing in to Azure in Teams', () => {
  it('comes before a confirmation: Teams is asked for a token, and nothing is decided', async () => {
    await withBot({ signIn: signIn(), decide: decided }, async (trial) => {
      const answer = await click(trial, confirm);
      assert.equal(answer.statusCode, 401);
      assert.equal(answer.type, 'application/vnd.microsoft.activity.loginRequest');
      assert.match(JSON.stringify(answer.value), /"uri":"api:\/\/vaultkeeper\.example\/app"/);
      assert.deepEqual(trial.decisions, []);
    });
  });

  it('counts the click that comes with the token of the verified person, and asks no second time', async () => {
    const asked: unknown[] = [];
    await withBot({ signIn: signIn(asked), decide: decided }, async (trial) => {
      await click(trial, confirm, 'good');
      await click(trial, confirm);
      assert.equal(trial.decisions.length, 2);
      assert.deepEqual(asked, [[homeTenant, oidOf('29:ana'), 'good']]);
      assert.ok(!JSON.stringify([trial.logged, [...trial.conversations]]).includes('"good"'));
    });
  });

  it('tells on the card that it did not work, and decides nothing', async () => {
    await withBot({ signIn: signIn(), decide: decided }, async (trial) => {
      const answer = await click(trial, confirm, 'stolen');
      assert.match(JSON.stringify(answer.value), /You could not be signed in to Azure/);
      assert.deepEqual(trial.decisions, []);
    });
  });

  it('is asked of Start and not of an approval, which is not sent to Azure in the approver’s name', async () => {
    await withBot({ signIn: signIn(), decide: decided }, async (trial) => {
      assert.equal((await click(trial, { verb: 'start', data: { runId: run.id } })).statusCode, 401);
      assert.equal(
        (await click(trial, { ...confirm, data: { ...confirm.data, decision: 'approve' } })).statusCode,
        200,
      );
      assert.equal(trial.decisions.length, 1);
    });
  });

  it('is never asked for where the bot acts as itself, and a token sent there is not taken', async () => {
    await withBot({ decide: decided }, async (trial) => {
      assert.equal((await click(trial, confirm)).statusCode, 200);
      assert.equal((await exchange(trial, 'good')).status, 400);
    });
  });

  it('is offered once to whoever writes in their own chat, and Teams answers with signin/tokenExchange', async () => {
    const asked: unknown[] = [];
    await withBot({ signIn: signIn(asked) }, async (trial) => {
      await trial.post(messageOf(trial.connector));
      await trial.post(messageOf(trial.connector));
      const sent = JSON.stringify(trial.connector).match(/vnd\.microsoft\.card\.oauth/g) ?? [];
      assert.equal(sent.length, 1);
      assert.equal((await exchange(trial, 'stolen')).status, 412);
      assert.equal((await exchange(trial, 'good')).status, 200);
      assert.equal(trial.heard.length, 2);
    });
  });
});
